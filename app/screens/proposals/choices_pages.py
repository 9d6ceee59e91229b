"""All real choices for a child by what each costs, and the families that nearly fit."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Response

from app.screens.api import Refused
from app.screens.proposals.chance import picture_of
from app.screens.proposals.reading import read_about
from app.screens.visit import SignedIn, Visit

router = APIRouter()
# What is worked out for as long as that takes; without it the page comes at once and asks for it.
Asked = Annotated[str, Query(alias="prijs", max_length=2)]


@router.get("/kinderen/{child_id}/keuzes")
async def choices_page(visit: SignedIn, child_id: UUID, asked: Asked = "") -> Response:
    """Show every family that some plan brings this child to, the least regret first.

    That is worked out exactly, which may take seconds: the page comes first, and asks for it.
    """
    if not visit.may("lijstAlternatieven"):
        raise Refused(403, {})
    about = await read_about(visit, str(child_id))
    if not asked:
        return visit.page("proposals/keuzes.html", over=about, keuzes=None, melding_="")
    found, notice = await _answered(visit, f"/kinderen/{child_id}/alternatieven")
    choices = [
        {
            "optie": one,
            "beeld": picture_of(one),
            "prijs": about.priced(one["prijs"]),
        }
        for one in (found or {}).get("alternatieven", [])
    ]
    notice = notice or (found or {}).get("melding") or ""
    return visit.page("proposals/keuzes.html", over=about, keuzes=choices, melding_=notice)


@router.get("/kinderen/{child_id}/bijna-passend")
async def nearly_page(visit: SignedIn, child_id: UUID, asked: Asked = "") -> Response:
    """Show whom to call: families that one question keeps from this child."""
    if not visit.may("lijstBijnaPassend"):
        raise Refused(403, {})
    about = await read_about(visit, str(child_id))
    if not asked:
        return visit.page("proposals/bijna.html", over=about, regels=None, melding_="")
    found, notice = await _answered(visit, f"/kinderen/{child_id}/bijna-passend")
    calls = (found or {}).get("belregels", [])
    return visit.page("proposals/bijna.html", over=about, regels=calls, melding_=notice)


async def _answered(visit: Visit, path: str) -> tuple[Any, str]:
    """Return an answer, or why there is none: no run yet, or a child that was not in it."""
    try:
        return await visit.api.get(path), ""
    except Refused as refused:
        if refused.status not in (404, 409):
            raise
        return None, refused.detail
