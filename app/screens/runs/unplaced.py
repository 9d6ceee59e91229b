"""Whom a run has no proposal for, and why."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Response

from app.screens.api import all_of
from app.screens.families.providers import names_of
from app.screens.runs.labels import WORDS
from app.screens.visit import SignedIn

router = APIRouter()
_SIZE = 25


@router.get("/runs/{run_id}/zonder-voorstel")
async def unplaced_page(
    visit: SignedIn, run_id: UUID, cursor: Annotated[str, Query(max_length=200)] = ""
) -> Response:
    """Show the children without a proposal."""
    run, found = await all_of(
        visit.api.get(f"/matchruns/{run_id}"),
        visit.api.page(
            f"/matchruns/{run_id}/voorstellen",
            zonderVoorstel="true",
            aantal=_SIZE,
            cursor=cursor,
        ),
    )
    return visit.page(
        "runs/zonder.html",
        w=WORDS,
        run=run,
        kinderen=sorted(found.data["voorstellen"], key=_most_urgent),
        volgende=found.next_cursor,
        eerder=bool(cursor),
        namen=names_of(visit),
    )


def _most_urgent(child: dict[str, Any]) -> tuple[int, str]:
    return list(WORDS["urgenties"]).index(child["urgentie"]), child["aanmeldnummer"]
