"""The two boards: whether chances hold, and whether groups are treated alike."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Query
from fastapi.responses import Response

from app.screens.api import Refused
from app.screens.errors import fields_of
from app.screens.form import Form
from app.screens.uitkomsten.charts import Rows, plot_of, rows_of
from app.screens.uitkomsten.shown import MEASURES, NOT_SHOWN, TOO_SHORT, interval, words
from app.screens.visit import SignedIn, Visit
from app.screens.words import N_

router = APIRouter()
Day = Annotated[str | None, Query(max_length=10)]
_DONE = {
    "_uitzetten": N_("De kansen zijn uitgezet. Nieuwe runs rangschikken zonder."),
    "_aanzetten": N_("De kansen zijn weer aan. Zij tellen mee vanaf de volgende run."),
}


@router.get("/uitkomsten")
async def show_calibration(visit: SignedIn) -> Response:
    """Show whether the chances hold."""
    return await _calibration(visit)


@router.post("/uitkomsten")
async def switch(visit: SignedIn) -> Response:
    """Switch the chances off or on again, with a reason."""
    form = await visit.form()
    act = "_aanzetten" if form.get("naar") == "aan" else "_uitzetten"
    try:
        await visit.api.ask("POST", f"/kalibratie/{act}", body={"reden": form.get("reden")})
    except Refused as error:
        return await _calibration(visit, form=form, error=error)
    return visit.go("/uitkomsten", note=visit.say(_DONE[act]))


async def _calibration(
    visit: Visit, *, form: Form | None = None, error: Refused | None = None
) -> Response:
    board = await visit.api.get("/kalibratie")
    return visit.page(
        "uitkomsten/kalibratie.html",
        status=error.status if error else 200,
        bord=board,
        plot=plot_of(board["naarKans"]),
        tekening={
            name: _held_against(board[name], visit)
            for name in ("naarHalfjaar", "naarAanbieder", "naarVorm")
        },
        toon=lambda found, kind="number": interval(found, kind, visit.language),
        fouten=fields_of(error) if error else None,
        reden=form.get("reden") if form else "",
        woorden=words(),
    )


def _held_against(groups: Sequence[Mapping[str, Any]], visit: Visit) -> Rows:
    """Return what was seen in each group, with a tick where it was expected."""
    return rows_of(
        (
            group["groep"],
            group["gezien"],
            group["voorspeld"],
            visit.say(NOT_SHOWN)
            if group["plaatsingen"] is None
            else visit.say(TOO_SHORT)
            if group["gezien"] is None
            else interval(group["gezien"], "share", visit.language),
        )
        for group in groups
    )


@router.get("/uitkomsten/eerlijkheid")
async def show_fairness(
    visit: SignedIn,
    van: Day = None,
    tot: Day = None,
    maat: str = "wachtdagen",
    *,
    opnieuw: Annotated[bool | None, Query()] = None,
) -> Response:
    """Show what groups of children met, over those who were registered in a period."""
    wrong, asked = None, maat if maat in MEASURES else "wachtdagen"
    try:
        board = await visit.api.get("/eerlijkheid", van=van, totEnMet=tot, opnieuw=opnieuw)
    except Refused as error:
        if error.status != 400:
            raise
        wrong = fields_of(error)
        board = await visit.api.get("/eerlijkheid")
    return visit.page(
        "uitkomsten/eerlijkheid.html",
        status=400 if wrong else 200,
        bord=board,
        maat=asked,
        genoemd=board["optiesZijn"].startswith("genoemde"),
        tekening={
            grouping["naam"]: _beside_all(grouping["groepen"], board["allen"], asked, visit)
            for grouping in board["indelingen"]
        },
        toon=lambda found, kind: interval(found, kind, visit.language),
        fouten=wrong,
        woorden=words(),
    )


def _beside_all(
    groups: Sequence[Mapping[str, Any]], everyone: Mapping[str, Any], measure: str, visit: Visit
) -> Rows:
    kind, all_of_them = MEASURES[measure][1], everyone[measure]
    return rows_of(
        (
            (
                group["groep"],
                group[measure],
                None,
                interval(group[measure], kind, visit.language)
                if group["kinderen"] is not None or group[measure]
                else visit.say(NOT_SHOWN),
            )
            for group in groups
        ),
        line=all_of_them["waarde"] if all_of_them else None,
    )
