"""The ladder of a child: rung by rung, and the form of a step that people took."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter
from fastapi.responses import Response

from app.screens.api import Refused
from app.screens.errors import fields_of
from app.screens.form import Form, filled
from app.screens.ladder.words import NAMES, REASONS, RUNGS
from app.screens.visit import SignedIn, Visit
from app.screens.words import N_

router = APIRouter()
_ORDER = [rung for rung, _ in RUNGS]


@router.get("/kinderen/{child:uuid}/ladder")
async def show(visit: SignedIn, child: UUID, trede: str = "") -> Response:
    """Show the ladder; trede: for which rung the form asks why not higher."""
    return await _page(visit, child, rung=trede)


@router.post("/kinderen/{child:uuid}/ladder")
async def take(visit: SignedIn, child: UUID) -> Response:
    """Record a step."""
    form = await visit.form()
    rung = form.get("trede") or ""
    try:
        await visit.api.ask(
            "POST", f"/kinderen/{child}/laddertreden", body=_step(form, rung), once=form.once
        )
    except Refused as error:
        return await _page(visit, child, rung=rung, form=form, error=error)
    note = N_("De trede is vastgelegd. Wordt er naar een gezin gezocht, dan loopt dat door.")
    return visit.go(f"/kinderen/{child}/ladder", note=visit.say(note))


@router.post("/kinderen/{child:uuid}/ladder/verblijf/{stay:uuid}")
async def end(visit: SignedIn, child: UUID, stay: UUID) -> Response:
    """End a stay in a setting."""
    form = await visit.form()
    body = filled({"reden": form.get("reden-einde"), "totEnMet": form.get("totEnMet")})
    try:
        await visit.api.ask("POST", f"/kinderen/{child}/verblijven/{stay}/_beeindig", body=body)
    except Refused as error:
        return await _page(visit, child, form=form, error=error)
    note = N_("Het verblijf is beëindigd; de plaats is weer vrij.")
    return visit.go(f"/kinderen/{child}/ladder", note=visit.say(note))


def _step(form: Form, rung: str) -> dict[str, Any]:
    provider, _, number = (form.get("instelling") or "").partition("/")
    above = _ORDER[: _ORDER.index(rung)] if rung in _ORDER else []
    told = [
        {"trede": higher, "reden": why}
        for higher in above
        if (why := form.get(f"waarom-{_ORDER.index(higher)}"))
    ]
    return filled(
        {
            "trede": rung,
            "reden": form.get("reden"),
            "toelichting": form.get("toelichting"),
            "dag": form.get("dag"),
            "waaromNietHoger": told,
            "instelling": {"aanbieder": provider, "nummer": number} if number else None,
        }
    )


async def _page(
    visit: Visit,
    child: UUID,
    *,
    rung: str = "",
    form: Form | None = None,
    error: Refused | None = None,
) -> Response:
    ladder = await visit.api.get(f"/kinderen/{child}/ladder")
    chosen = rung if rung in _ORDER else ""
    return visit.page(
        "ladder/ladder.html",
        status=error.status if error else 200,
        ladder=ladder,
        treden=dict(RUNGS),
        redenen=REASONS,
        gekozen=chosen,
        hoger=list(enumerate(_ORDER[: _ORDER.index(chosen)])) if chosen else [],
        instellingen=_settings(ladder, chosen),
        getypt=form.text() if form else {},
        fouten=fields_of(error) if error else None,
        namen={name: visit.say(words) for name, words in NAMES.items()},
    )


def _settings(ladder: dict[str, Any], rung: str) -> list[tuple[str, str]]:
    """Return the settings of a rung that have a place, to choose from."""
    return [
        (f"{found['aanbieder']}/{found['nummer']}", f"{found['naam']}, {found['woonplaats']}")
        for row in ladder["treden"]
        if row["trede"] == rung
        for found in row["instellingen"]
    ]
