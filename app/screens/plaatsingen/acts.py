"""The forms of the acts on a placement: tell of one, correct, another form, move, end, judge."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter
from fastapi.responses import Response

from app.screens.api import Refused
from app.screens.form import Form, filled, version_shown
from app.screens.going_on import FORMS, going_on
from app.screens.plaatsingen.asked import need, place, registered, shown_again
from app.screens.plaatsingen.words import CODES, GROUNDS, LABELS, MOVE_CODES, choices
from app.screens.visit import SignedIn, Visit
from app.screens.words import N_

router = APIRouter()
_AT = "/plaatsingen/{placement_id:uuid}"
_YESES = ("akkoordAanbiederOp", "akkoordVerwijzerOp", "akkoordVerwijzer")
_WHERE = (
    "aanbieder", "gezin", "vorm", "ritme", "steunplan", "redenSplitsing", "reden", "grond",
    "redenKeuze", *_YESES,
)  # fmt: skip
_TOLD = ("van", "toewijzingsnummer", *_WHERE)
_PATCHED = ("toewijzingsnummer", "steunplan", "redenSplitsing", *_YESES)
# By the last word of the address: operation, verb of the API, fields, and what to say afterwards.
_ACTS = {
    "vorm": (
        "wijzigVorm", "vorm/_wijzig", ("dag", "vorm", "ritme", "toewijzingsnummer", "reden"),
        N_("De vorm is gewijzigd."),
    ),
    "verplaatsen": (
        "verplaatsKind", "_verplaats", ("dag", "code", *_WHERE),
        N_("Verplaatst: de plaats in het vorige gezin is vrij."),
    ),
    "einde": (
        "beeindigPlaatsing", "_beeindig", ("dag", "code", "vervolgplek", "toelichting"), "",
    ),
    "einde-verbeteren": (
        "verbeterEinde", "einde/_verbeter", ("code", "vervolgplek", "reden"),
        N_("Het einde is verbeterd; de cijfers volgen."),
    ),
    "beoordelen": (
        "beoordeelUitkomst", "_beoordeel", ("uitkomst", "reden"), N_("Het oordeel is vastgelegd."),
    ),
}  # fmt: skip
ACT_NAMES = tuple(_ACTS)


@router.get("/plaatsingen/nieuw")
async def show_new(visit: SignedIn, kind: UUID | None = None) -> Response:
    """Show the form for a placement that began outside the service; kind: of that child."""
    need(visit, "meldPlaatsing")
    child = await visit.api.get(f"/kinderen/{kind}") if kind else {"aanmeldnummer": ""}
    return await _new_page(visit, child["aanmeldnummer"])


@router.post("/plaatsingen/nieuw")
async def tell(visit: SignedIn) -> Response:
    """Tell of a placement; the sentences about what is still to be settled are shown with it."""
    form = await visit.form()
    body = filled({name: form.get(name) for name in _TOLD}) | going_on(form)
    try:
        body["kind"] = await registered(visit, form.get("aanmeldnummer") or "")
        made = await visit.api.ask("POST", "/plaatsingen", body=body, once=form.once)
    except Refused as error:
        return await _new_page(visit, form=form, error=error)
    return _done(visit, made.data, visit.say(N_("De plaatsing is gemeld.")))


@router.get(_AT + "/verbeteren")
async def show_correct(visit: SignedIn, placement_id: UUID) -> Response:
    """Show what may be corrected."""
    need(visit, "verbeterPlaatsing")
    return await _page(visit, "verbeteren", placement_id)


@router.post(_AT + "/verbeteren")
async def correct(visit: SignedIn, placement_id: UUID) -> Response:
    """Correct a placement; where somebody else did so meanwhile, both are shown."""
    form = await visit.form()
    body: dict[str, Any] = {name: form.get(name) for name in _PATCHED}
    body |= {"samen": form.yes("samen"), "reden": form.get("reden")}
    try:
        await visit.api.ask("PATCH", place(placement_id), body=body, etag=form.version)
    except Refused as error:
        return await _page(visit, "verbeteren", placement_id, form=form, error=error)
    return visit.go(place(placement_id), note=visit.say(N_("Verbeterd.")))


@router.get(_AT + "/{act}")
async def show_act(visit: SignedIn, placement_id: UUID, act: str) -> Response:
    """Show the form of an act."""
    need(visit, _known(act)[0])
    return await _page(visit, act, placement_id)


@router.post(_AT + "/{act}")
async def perform(visit: SignedIn, placement_id: UUID, act: str) -> Response:
    """Perform an act on a placement."""
    form = await visit.form()
    _, verb, fields, note = _known(act)
    body = filled({name: form.get(name) for name in fields})
    if act == "verplaatsen":
        body |= going_on(form)
    try:
        done = await visit.api.ask(
            "POST", f"{place(placement_id)}/{verb}", body=body, once=form.once
        )
    except Refused as error:
        return await _page(visit, act, placement_id, form=form, error=error)
    if act == "beoordelen":
        return visit.go("/plaatsingen/te-beoordelen", note=visit.say(note))
    return _done(visit, done.data, visit.say(note) if note else "")


def _known(act: str) -> tuple[str, str, tuple[str, ...], str]:
    if act not in _ACTS:
        raise Refused(404, {})
    return _ACTS[act]


def _done(visit: Visit, data: dict[str, Any], note: str) -> Response:
    """Show what came of an act where something is still to be settled; else go to the placement."""
    if not data["meldingen"] and data["aanmelding"] is None:
        return visit.go(place(data["plaatsing"]["id"]), note=note)
    return visit.page(
        "plaatsingen/gedaan.html",
        plaatsing=data["plaatsing"],
        meldingen=data["meldingen"],
        aanmelding=data["aanmelding"],
        gedaan=note,
        **shown_again(visit, None, None),
    )


async def _page(
    visit: Visit,
    act: str,
    placement_id: UUID,
    *,
    form: Form | None = None,
    error: Refused | None = None,
) -> Response:
    found = await visit.api.page(place(placement_id))
    both = error is not None and error.status == 412
    return visit.page(
        f"plaatsingen/{act}.html",
        plaatsing=found.data,
        versie=version_shown(form, found.etag, both=both),
        verhuiscodes=choices(CODES, *MOVE_CODES),
        oordelen=[pair for pair in choices(LABELS) if pair[0] != "te beoordelen"],
        van_mij={name: form.get(name) for name in _PATCHED} if form else {},
        van_nu=found.data,
        aanbieders=_providers(visit) if act == "verplaatsen" else [],
        gronden=choices(GROUNDS, "afgesproken", "acuut"),
        vormen_na=FORMS,
        is_gewijzigd=both,
        **shown_again(visit, form, error),
    )


async def _new_page(
    visit: Visit, number: str = "", *, form: Form | None = None, error: Refused | None = None
) -> Response:
    # A number to type: a region searches for a thousand children, and no list of them has names.
    searched = await visit.api.get("/kinderen", stand="zoekt", aantal=1)
    return visit.page(
        "plaatsingen/nieuw.html",
        nummer=number,
        gronden=choices(GROUNDS),
        vormen_na=FORMS,
        wordt_gezocht=bool(searched["kinderen"]),
        aanbieders=_providers(visit),
        **shown_again(visit, form, error),
    )


def _providers(visit: Visit) -> list[tuple[str, str]]:
    return [(p["code"], p["naam"]) for p in visit.providers if not p.get("opgegaanIn")]
