"""One report: whom to call now, what was said, and a yes that locks the bed."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter
from fastapi.responses import Response

from app.kernel.clock import now
from app.screens.api import Refused
from app.screens.crisis.words import EVERYTHING, GENDERS, OUTCOMES, names_for
from app.screens.errors import fields_of
from app.screens.form import Form, filled
from app.screens.going_on import FORMS
from app.screens.visit import SignedIn, Visit
from app.screens.words import N_

router = APIRouter()
GENDER = dict(GENDERS)
A_NIGHT = 25  # families that one sees at once; nobody calls more between two looks
_TOLD = {
    "ja": N_("Ja vastgelegd: het bed ligt vast. Niemand anders kan het nog krijgen."),
    "nee": N_("Nee vastgelegd. Hieronder staat hoe u verder gaat."),
    "geen gehoor": N_("Geen gehoor vastgelegd. Hieronder staat hoe u verder gaat."),
}


@router.get("/crisis/{report_id:uuid}")
async def show_report(visit: SignedIn, report_id: UUID) -> Response:
    """Show a report as it stands this minute."""
    is_whole = bool(visit.request.query_params.get("alles"))
    return await report_page(visit, report_id, is_whole=is_whole)


@router.post("/crisis/{report_id:uuid}/bel")
async def record_call(visit: SignedIn, report_id: UUID) -> Response:
    """Record what a call brought; a yes locks the bed."""
    form = await visit.form()
    path = f"/crisismeldingen/{report_id}/belpogingen"
    try:
        await visit.api.ask("POST", path, body=_call(form), once=form.once)
    except Refused as error:
        return await report_page(visit, report_id, form=form, error=error)
    outcome = form.get("uitkomst") or ""
    place = "" if outcome == "ja" else "#bellen"
    return visit.go(f"/crisis/{report_id}{place}", note=visit.say(_TOLD[outcome]))


def _call(form: Form) -> dict[str, Any]:
    names = ("aanbieder", "gezin", "uitkomst", "toelichting", "herenigenVoor")
    return filled({name: form.get(name) for name in names})


async def report_page(
    visit: Visit,
    report_id: UUID,
    *,
    form: Form | None = None,
    error: Refused | None = None,
    rename: str = "reden",
    is_whole: bool = False,
) -> Response:
    """Return the page of a report.

    rename: which of its forms a refusal of `reden` is about. is_whole: with every bed, and not
    the nearest few, of which the first takes the place of one that said no.
    """
    most = None if is_whole or error else A_NIGHT
    shown = await visit.api.get(f"/crisismeldingen/{report_id}", aantal=most)
    who = _who(visit, shown)
    return visit.page(
        "crisis/melding.html",
        status=error.status if error else 200,
        m=shown,
        laatste=_latest(shown),
        alles=is_whole,
        samen=1 + len(shown["broersZussen"]),
        getypt=form.text() if form else {},
        fouten=_errors(error, rename) if error else None,
        namen=names_for(visit),
        aanbieders=visit.names,
        woorden=EVERYTHING,
        uitkomsten=OUTCOMES,
        vervolgvormen=FORMS,
        kindnamen=who,
        namen_gekoppeld=[(child["kind"], who[child["wie"]]) for child in shown["kinderen"]],
        nu=now(),
    )


def _latest(shown: dict[str, Any]) -> dict[tuple[str, str], Any]:
    """Return the last call to each family, to say beside its name that it was tried."""
    return {(call["aanbieder"], call["gezin"]): call for call in shown["belpogingen"]}


def _who(visit: Visit, shown: dict[str, Any]) -> list[str]:
    """Return the children of a report in words, in their order."""
    return [
        f"{visit.say(GENDER[child['geslacht']])}, {child['leeftijd']} {visit.say(N_('jaar'))}"
        for child in (shown, *shown["broersZussen"])
    ]


def _errors(error: Refused, rename: str) -> dict[str, Any]:
    found = fields_of(error)
    beside = {rename if k == "reden" else k: v for k, v in found["velden"].items()}
    return {**found, "velden": beside}
