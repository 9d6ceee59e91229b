"""The end of a registration: withdrawn with a reason from a list, or closed in words."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter
from fastapi.responses import Response

from app.screens.api import Refused
from app.screens.registrations import choices
from app.screens.registrations.faults import beside
from app.screens.visit import SignedIn
from app.screens.words import N_

router = APIRouter()
_SHOWN_AGAIN = (400, 409, 412)


@router.get("/kinderen/{child:uuid}/intrekken", name="withdraw_child")
async def ask_withdrawal(visit: SignedIn, child: UUID) -> Response:
    """Ask why, and say what follows."""
    return await _page(visit, child, "_intrekken")


@router.post("/kinderen/{child:uuid}/intrekken")
async def withdraw(visit: SignedIn, child: UUID) -> Response:
    """Withdraw a registration: the child is no longer searched for."""
    return await _end(visit, child, "_intrekken", N_("De aanmelding is ingetrokken."))


@router.get("/kinderen/{child:uuid}/sluiten", name="close_child")
async def ask_closing(visit: SignedIn, child: UUID) -> Response:
    """Ask why, and say that there is no way back."""
    return await _page(visit, child, "_sluiten")


@router.post("/kinderen/{child:uuid}/sluiten")
async def close(visit: SignedIn, child: UUID) -> Response:
    """Close a registration."""
    return await _end(visit, child, "_sluiten", N_("De aanmelding is gesloten."))


async def _end(visit: SignedIn, child: UUID, action: str, note: str) -> Response:
    form = await visit.form()
    reason = form.get("reden")
    body = {"reden": reason} if reason else {}
    try:
        await visit.api.ask("POST", f"/kinderen/{child}/{action}", body=body, etag=form.version)
    except Refused as error:
        if error.status not in _SHOWN_AGAIN:
            raise
        return await _page(visit, child, action, reason=reason, error=error)
    return visit.go(f"/kinderen/{child}", note=visit.say(note))


async def _page(
    visit: SignedIn,
    child: UUID,
    action: str,
    *,
    reason: str | None = None,
    error: Refused | None = None,
) -> Response:
    found = await visit.api.ask("GET", f"/kinderen/{child}")
    wrong: dict[str, Any] | None = beside(error) if error else None
    return visit.page(
        "registrations/beeindigen.html",
        status=error.status if error else 200,
        kind=found.data,
        etag=found.etag,
        is_intrekken=action == "_intrekken",
        redenen=choices.WITHDRAWALS,
        reden=reason,
        fouten=wrong,
    )
