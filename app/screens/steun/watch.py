"""The watch list: which placements are under strain, and why."""

from fastapi import APIRouter
from fastapi.responses import Response

from app.screens.steun.words import GRAVITY, NEEDS
from app.screens.visit import SignedIn

router = APIRouter()


@router.get("/volglijst")
async def watch_list(visit: SignedIn, respijt: str = "", cursor: str = "") -> Response:
    """Show the gravest first; respijt: only who asks for respite and has none."""
    wanted = "true" if respijt == "ja" else ""
    page = await visit.api.page("/volglijst", vraagtRespijt=wanted, cursor=cursor, aantal=25)
    return visit.page(
        "steun/volglijst.html",
        lijst=page.data,
        verder=page.next_cursor,
        respijt=respijt,
        ernst=GRAVITY,
        ritmes=dict(NEEDS),
    )
