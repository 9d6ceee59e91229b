"""Stopping with a draft: asked first, and taken back while what it told is still kept."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter
from fastapi.responses import Response

from app.screens.api import Refused
from app.screens.registrations.faults import beside
from app.screens.visit import SignedIn
from app.screens.way_back import WayBack
from app.screens.words import N_

router = APIRouter()
_STOPPED = N_("Het concept is ingetrokken; wat erin stond wordt gewist.")
_UNDONE = N_("Ongedaan gemaakt: het concept staat er weer zoals het was.")
_TOO_LATE = N_(
    "Het intrekken kan niet meer ongedaan worden gemaakt: wat in het concept stond is gewist. "
    "Begin een nieuw concept."
)


@router.get("/concepten/{draft:uuid}/stoppen", name="stop_draft")
async def ask_to_stop(visit: SignedIn, draft: UUID) -> Response:
    """Ask for the reason and say what is lost."""
    return await _stop_page(visit, draft)


@router.post("/concepten/{draft:uuid}/stoppen")
async def stop(visit: SignedIn, draft: UUID) -> Response:
    """Withdraw a draft: what it told is gone, unless that is undone at once."""
    form = await visit.form()
    reason = form.get("reden")
    try:
        gone = await visit.api.ask(
            "POST",
            f"/concepten/{draft}/_intrekken",
            body={"reden": reason} if reason else {},
            etag=form.version,
        )
    except Refused as error:
        if error.status not in (400, 409, 412):
            raise
        return await _stop_page(visit, draft, reason, beside(error))
    way = WayBack(f"/concepten/{draft}/stoppen/ongedaan", gone.etag)
    undo = way if visit.may("draaiIntrekkenTerug") else None
    return visit.go("/concepten", note=visit.say(_STOPPED), undo=undo)


@router.post("/concepten/{draft:uuid}/stoppen/ongedaan")
async def take_back(visit: SignedIn, draft: UUID) -> Response:
    """Let a draft that was withdrawn a moment ago be what it was."""
    form = await visit.form()
    where = f"/concepten/{draft}/intrekking/_terugdraaien"
    try:
        await visit.api.ask("POST", where, etag=form.version)
    except Refused as error:
        if error.status not in (409, 412):
            raise
        return visit.go("/concepten", note=visit.say(_TOO_LATE))
    return visit.go(f"/concepten/{draft}", note=visit.say(_UNDONE))


async def _stop_page(
    visit: SignedIn, draft: UUID, reason: str | None = None, wrong: dict[str, Any] | None = None
) -> Response:
    found = await visit.api.ask("GET", f"/concepten/{draft}")
    return visit.page(
        "registrations/stoppen.html",
        status=400 if wrong else 200,
        concept=found.data,
        etag=found.etag,
        reden=reason,
        fouten=wrong,
    )
