"""Confirming a family in a click, and taking that back while the API lets one."""

from typing import Any

from fastapi import APIRouter, Request, Response

from app.screens.api import Refused
from app.screens.families.detail import address, api_address
from app.screens.families.labels import WORDS
from app.screens.families.providers import names_of, own_provider
from app.screens.form import Form
from app.screens.visit import SignedIn, Visit
from app.screens.way_back import WayBack
from app.screens.words import N_

router = APIRouter()
CONFIRMED = N_("Bevestigd: van dit gezin is vandaag gehoord.")
_UNDONE = N_("Ongedaan gemaakt: de bevestiging geldt niet meer.")
_TOO_LATE = N_(
    "De bevestiging kan niet meer ongedaan worden gemaakt: daarvoor is het te lang geleden, of er "
    "is intussen iets bij het gezin gewijzigd. Leg met de beschikbaarheid vast wat klopt."
)


@router.post("/gezinnen/{provider}/{number}/bevestig")
async def confirm(visit: SignedIn, request: Request, provider: str, number: str) -> Response:
    """Note that a family is available; without script back to where one was."""
    form = await visit.form()
    confirmed = await visit.api.ask("POST", f"{api_address(provider, number)}/_bevestig")
    back = _back(form, address(provider, number))
    way = WayBack(f"{address(provider, number)}/bevestig/ongedaan", back=back)
    undo = way if visit.may("draaiBevestigingTerug") else None
    if request.headers.get("hx-request"):
        return await _row(visit, confirmed.data, CONFIRMED, back=back, undo=undo)
    return visit.go(back, note=visit.say(CONFIRMED), undo=undo)


@router.post("/gezinnen/{provider}/{number}/bevestig/ongedaan")
async def take_back(visit: SignedIn, request: Request, provider: str, number: str) -> Response:
    """Let what was known before the confirmation count again."""
    form = await visit.form()
    where, told = api_address(provider, number), _UNDONE
    try:
        await visit.api.ask("POST", f"{where}/bevestiging/_terugdraaien")
    except Refused as refused:
        if refused.status != 409:
            raise
        told = _TOO_LATE
    back = _back(form, address(provider, number))
    if request.headers.get("hx-request"):
        return await _row(visit, await visit.api.get(where), told, back=back)
    return visit.go(back, note=visit.say(told))


def _back(form: Form, otherwise: str) -> str:
    """Return the page one was at, with its filters."""
    back = form.get("naar") or ""
    return back if back.startswith("/gezinnen") else otherwise


async def _row(
    visit: Visit, family: dict[str, Any], told: str, *, back: str, undo: WayBack | None = None
) -> Response:
    """Return one row in a page of its own: htmx takes the row from it, and what is told."""
    return visit.page(
        "families/rij.html",
        w=WORDS,
        gezin=family,
        eigen=own_provider(visit),
        namen=names_of(visit),
        gedaan=told,
        terug=back,
        ongedaan=undo,
    )
