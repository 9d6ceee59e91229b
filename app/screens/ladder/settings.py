"""Gezinshuizen, leefhuizen and residential places: the list, and the form of their provider."""

from typing import Any

from fastapi import APIRouter
from fastapi.responses import Response

from app.kernel.actor import PROVIDER_ROLES
from app.screens.api import Refused
from app.screens.errors import fields_of
from app.screens.form import Form, filled
from app.screens.ladder.table import narrowed
from app.screens.ladder.words import GENDERS, KINDS, NAMES
from app.screens.visit import SignedIn, Visit
from app.screens.words import N_

router = APIRouter()
_TEXT = ("soort", "naam", "postcode", "woonplaats", "voorkeurGeslacht", "beschikbaarVanaf")
_TAKEN = "nummer: dit nummer is er al; kies een ander, of open het vanuit de lijst."
_NUMBERS = ("leeftijdVan", "leeftijdTotEnMet", "plaatsenTotaal", "plaatsenVrij")


@router.get("/zorgsettingen")
async def show_list(
    *, visit: SignedIn, soort: str = "", vrij: str = "", leeftijd: str = "", cursor: str = ""
) -> Response:
    """Show what there is, with what is free now."""
    page = await visit.api.page(
        "/zorgsettingen",
        **narrowed(soort, vrij, leeftijd),
        cursor=cursor,
        aantal=50,
    )
    return visit.page(
        "ladder/zorgsettingen.html",
        settingen=page.data["zorgsettingen"],
        verder=page.next_cursor,
        soorten=KINDS,
        gevraagd={"soort": soort, "vrij": vrij, "leeftijd": leeftijd},
    )


@router.get("/zorgsettingen/nieuw")
async def show_new(visit: SignedIn) -> Response:
    """Show an empty form; 403 for who may not fill it in."""
    if not visit.may("bewaarZorgsetting"):
        raise Refused(403, {})
    return await _page(visit, {}, is_new=True)


@router.post("/zorgsettingen/nieuw")
async def add(visit: SignedIn) -> Response:
    """Keep a setting that is new."""
    form = await visit.form()
    provider = _own(visit) or form.get("aanbieder") or "onbekend"
    return await _keep(visit, form, (provider, form.get("nummer") or "0"), is_new=True)


@router.get("/zorgsettingen/{provider}/{number}")
async def show(visit: SignedIn, provider: str, number: str) -> Response:
    """Show a setting in its form."""
    now = await visit.api.page(f"/zorgsettingen/{provider}/{number}")
    return await _page(visit, now.data, version=now.etag)


@router.post("/zorgsettingen/{provider}/{number}")
async def change(visit: SignedIn, provider: str, number: str) -> Response:
    """Keep a setting, on the version that was read."""
    return await _keep(visit, await visit.form(), (provider, number), is_new=False)


async def _keep(visit: Visit, form: Form, key: tuple[str, str], *, is_new: bool) -> Response:
    body = filled({name: form.get(name) for name in _TEXT})
    body |= {name: form.number(name) for name in _NUMBERS if form.get(name) is not None}
    path = f"/zorgsettingen/{key[0]}/{key[1]}"
    try:
        await visit.api.ask("PUT", path, body=body, etag=form.version)
    except Refused as error:
        typed: dict[str, Any] = form.text() | {"aanbieder": key[0]}
        if is_new and error.status == 412:
            error = Refused(409, {"detail": _TAKEN, "velden": ["nummer"]})
        if error.status != 412:
            return await _page(visit, typed, is_new=is_new, version=form.version, error=error)
        now = await visit.api.page(path)
        return await _page(visit, typed, version=now.etag, error=error, now=now.data)
    return visit.go("/zorgsettingen", note=visit.say(N_("De gegevens zijn bewaard.")))


async def _page(
    visit: Visit,
    values: dict[str, Any],
    *,
    is_new: bool = False,
    version: str | None = None,
    error: Refused | None = None,
    now: dict[str, Any] | None = None,
) -> Response:
    providers = visit.providers if is_new else ()
    return visit.page(
        "ladder/zorgsetting.html",
        status=error.status if error else 200,
        waarden=values,
        is_nieuw=is_new,
        versie=version,
        nu=now,
        mijn={name: values.get(name) for name in (*_TEXT, *_NUMBERS)},
        aanbieders=[(p["code"], p["naam"]) for p in providers],
        eigen=_own(visit),
        soorten=KINDS,
        geslachten=GENDERS,
        fouten=fields_of(error) if error and now is None else None,
        namen={name: visit.say(words) for name, words in NAMES.items()},
    )


def _own(visit: Visit) -> str | None:
    """Return the provider of somebody who works for one, else None."""
    person = visit.person
    if person is None or not person.identity.roles <= PROVIDER_ROLES:
        return None
    return person.identity.organisation
