"""The boards of the region, each a page: waiting, placements, places, prevention."""

from typing import Annotated, Any

from fastapi import APIRouter, Query
from fastapi.responses import Response

from app.screens.api import Refused, all_of
from app.screens.errors import fields_of
from app.screens.region.drawings import curves_drawn, months_drawn, parts_drawn, progress_drawn
from app.screens.region.terms import DOMAINS, STATES, STEPS
from app.screens.visit import SignedIn

router = APIRouter()
Day = Annotated[str | None, Query(max_length=10)]
Anew = Annotated[bool | None, Query()]


async def boards(
    visit: SignedIn, first: str | None, last: str | None, *names: str, anew: bool | None = None
) -> Any:
    """Return boards of a period, and what was wrong with the period: then those of last year."""

    async def those(**period: object) -> list[Any]:
        asked = (visit.api.get(f"/regiocijfers/{n}", opnieuw=anew, **period) for n in names)
        return await all_of(*asked)

    try:
        return await those(van=first, totEnMet=last), None
    except Refused as error:
        if error.status != 400:
            raise
        return await those(), fields_of(error)


@router.get("/regio/wachten")
async def show_waiting(
    visit: SignedIn, van: Day = None, tot: Day = None, opnieuw: Anew = None
) -> Response:
    """Show who waited and how long, month by month."""
    (board,), wrong = await boards(visit, van, tot, "wachttijden", anew=opnieuw)
    return visit.page(
        "region/wachten.html",
        status=400 if wrong else 200,
        bord=board,
        tekening=months_drawn(board, visit.language),
        fouten=wrong,
    )


@router.get("/regio/plaatsingen")
async def show_placements(
    visit: SignedIn, van: Day = None, tot: Day = None, opnieuw: Anew = None
) -> Response:
    """Show where children were placed, and whether it holds."""
    (board, country), wrong = await boards(
        visit, van, tot, "plaatsingen", "vergelijkingen", anew=opnieuw
    )
    return visit.page(
        "region/plaatsingen.html",
        status=400 if wrong else 200,
        bord=board,
        land=country,
        curve=curves_drawn(board["afbreuk"], visit.language),
        balken={
            "treden": parts_drawn(board["treden"], visit.language, "begonnen"),
            "samen": parts_drawn(board["broersZussen"], visit.language),
            "afstand": parts_drawn(board["afstand"]["groepen"], visit.language),
            "school": parts_drawn(board["school"], visit.language),
        },
        fouten=wrong,
    )


@router.get("/regio/plekken")
async def show_places(
    visit: SignedIn, van: Day = None, tot: Day = None, opnieuw: Anew = None
) -> Response:
    """Show places, what is missing, and which families came and went."""
    ((board,), wrong), recruitment = await all_of(
        boards(visit, van, tot, "plekken", anew=opnieuw), recruitment_of(visit)
    )
    return visit.page(
        "region/plekken.html",
        status=400 if wrong else 200,
        bord=board,
        standen=STATES,
        stappen=STEPS,
        werving=recruitment,
        mag_werving=visit.may("leesWervingsopdracht"),
        fouten=wrong,
    )


async def recruitment_of(visit: SignedIn) -> Any:
    """Return the recruitment brief of the last finished run; None where there is none to see."""
    if not (visit.may("lijstMatchruns") and visit.may("leesWervingsopdracht")):
        return None
    runs = (await visit.api.get("/matchruns"))["matchruns"]
    done = next((run for run in runs if run["stand"] == "klaar"), None)
    if done is None:
        return None
    try:
        brief = await visit.api.get(f"/matchruns/{done['id']}/wervingsopdracht")
    except Refused as error:
        # The run was let go or is no longer whole: the page has its other figures.
        if error.status not in (404, 409, 410, 503):
            raise
        return None
    return {"run": done, "opdracht": brief}


async def watched_of(visit: SignedIn) -> Any:
    """Return the watch list in numbers, of today; None for who may not see them."""
    if not visit.may("leesVolglijstcijfers"):
        return None
    return await visit.api.get("/volglijstcijfers")


@router.get("/regio/preventie")
async def show_prevention(
    visit: SignedIn, van: Day = None, tot: Day = None, opnieuw: Anew = None
) -> Response:
    """Show what was done before a placement, what helps, and how municipalities get on."""
    ((board,), wrong), watched = await all_of(
        boards(visit, van, tot, "preventie", anew=opnieuw), watched_of(visit)
    )
    survey = await visit.api.get("/zelfevaluaties") if visit.may("lijstZelfevaluaties") else None
    return visit.page(
        "region/preventie.html",
        status=400 if wrong else 200,
        bord=board,
        leefgebieden=DOMAINS,
        balken={
            name: parts_drawn(board[name], visit.language)
            for name in ("netwerkonderzoek", "jim", "zonderPlaatsingGeeindigd")
        },
        volglijst=watched,
        zelf=survey,
        lijnen=progress_drawn(survey["regio"]) if survey else None,
        fouten=wrong,
    )
