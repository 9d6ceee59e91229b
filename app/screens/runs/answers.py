"""What a finished run answers: whom to call, whom to recruit, what changed, is it the same."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Header, Query, Response

from app.screens.api import Refused, all_of
from app.screens.families.providers import names_of
from app.screens.runs.labels import WORDS
from app.screens.runs.overview import digits_of
from app.screens.visit import SignedIn, Visit

router = APIRouter()
CALLS = 15
_CLOSE = 1e-6


@router.get("/runs/{run_id}/bellijst")
async def call_list(
    visit: SignedIn, run_id: UUID, asked_again: Annotated[str, Header(alias="HX-Request")] = ""
) -> Response:
    """Show which families are worth a call, and what a yes would bring as far as that is known."""
    return await _answer(
        visit, run_id, "runs/bellijst.html", path="bijna-passend", aantal=CALLS, winst=_gains,
        ververst=bool(asked_again),
    )  # fmt: skip


@router.get("/runs/{run_id}/werving")
async def recruitment(visit: SignedIn, run_id: UUID) -> Response:
    """Show which families are missing."""
    return await _answer(visit, run_id, "runs/werving.html", path="wervingsopdracht")


@router.get("/runs/{run_id}/naspeling")
async def replayed(
    visit: SignedIn, run_id: UUID, at_once: Annotated[str, Query(alias="nu", max_length=2)] = ""
) -> Response:
    """Play a run again and show whether it comes out the same; asked first, for it is work."""
    if at_once != "ja" and visit.may("speelMatchrunNa"):  # who may not is told so by the API
        run = await visit.api.get(f"/matchruns/{run_id}")
        return visit.page("runs/naspeling.html", w=WORDS, run=run, antwoord=None, reden="")
    return await _answer(visit, run_id, "runs/naspeling.html", path="naspeling")


@router.get("/runs/{run_id}/verschil")
async def difference(
    visit: SignedIn, run_id: UUID, other: Annotated[str, Query(alias="met", max_length=36)] = ""
) -> Response:
    """Show how a run differs from the one before it, or from one that somebody chose."""
    runs = (await visit.api.get("/matchruns", aantal=50))["matchruns"]
    others = [run for run in runs if run["stand"] == "klaar" and run["id"] != str(run_id)]
    return await _answer(
        visit, run_id, "runs/verschil.html", path="_vergelijk", met=other, andere=others,
        cijfers=digits_of,
    )  # fmt: skip


_QUERY = ("aantal", "met")


async def _answer(visit: Visit, run_id: UUID, template: str, *, path: str, **more: Any) -> Response:
    """Show what the API answers, or its sentence where it cannot: not done, too large, too old."""
    query = {name: more[name] for name in _QUERY if name in more}
    run, found = await all_of(
        visit.api.get(f"/matchruns/{run_id}"),
        _or_refused(visit, f"/matchruns/{run_id}/{path}", query),
    )
    return visit.page(
        template,
        w=WORDS,
        run=run,
        namen=names_of(visit),
        antwoord=None if isinstance(found, Refused) else found,
        reden=found.detail if isinstance(found, Refused) else "",
        **more,
    )


async def _or_refused(visit: Visit, path: str, query: dict[str, Any]) -> Any:
    try:
        return await visit.api.get(path, **query)
    except Refused as refused:
        # 404: there is no run to compare with; the run itself is asked for besides.
        if refused.status not in (404, 409):
            raise
        return refused


def _gains(call: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the goals that a yes changes, the most important first."""
    gain = call["opbrengst"] or {"doelen": (), "kinderen": ()}
    is_secret = any(moved["geheimePlaatsing"] for moved in gain["kinderen"])
    return [
        {**goal, "cijfers": digits_of(goal["eenheid"])}
        for goal in gain["doelen"]
        if abs(goal["verlies"]) > _CLOSE and not (is_secret and goal["eenheid"] == "km")
    ]
