"""The runs there were, and asking for a new one."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Response

from app.screens.api import Refused
from app.screens.errors import fields_of
from app.screens.form import filled
from app.screens.runs.labels import WORDS
from app.screens.visit import SignedIn, Visit

router = APIRouter()
_SIZE = 25


@router.get("/runs")
async def list_page(
    visit: SignedIn, cursor: Annotated[str, Query(max_length=200)] = ""
) -> Response:
    """Show the runs, the newest first."""
    return await _page(visit, cursor=cursor)


@router.post("/runs")
async def start(visit: SignedIn) -> Response:
    """Ask for a run, and go to where it is followed."""
    form = await visit.form()
    body = filled({"beleid": form.get("beleid"), "peildatum": form.get("peildatum")})
    try:
        made = await visit.api.ask("POST", "/matchruns", body=body, once=form.once)
    except Refused as refused:
        if refused.status not in (400, 409):
            raise
        return await _page(visit, typed=form.text(), refused=refused)
    return visit.go(f"/runs/{made.data['id']}")


async def _page(
    visit: Visit,
    *,
    cursor: str = "",
    typed: dict[str, str] | None = None,
    refused: Refused | None = None,
) -> Response:
    found = await visit.api.page("/matchruns", aantal=_SIZE, cursor=cursor)
    runs: list[dict[str, Any]] = found.data["matchruns"]
    return visit.page(
        "runs/lijst.html",
        status=refused.status if refused else 200,
        w=WORDS,
        runs=runs,
        volgende=found.next_cursor,
        eerder=bool(cursor),
        velden=typed or {},
        fouten=fields_of(refused) if refused else None,
    )
