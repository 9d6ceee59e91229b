"""One step: how it stands, what is awaited, and what those who may can record at once."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter
from fastapi.responses import Response

from app.screens.api import Refused
from app.screens.errors import fields_of
from app.screens.form import Form, filled
from app.screens.steps.asked import days_left, may_undo, place, read_step
from app.screens.steps.story import story_of
from app.screens.steps.words import EVERYTHING, OBJECTS, PHASES, choices, names_for
from app.screens.visit import SignedIn, Visit
from app.screens.words import N_

router = APIRouter()
_STEP = "/kinderen/{child_id:uuid}/stappen/{step_id:uuid}"


@router.get(_STEP)
async def show_step(visit: SignedIn, child_id: UUID, step_id: UUID) -> Response:
    """Show a step as it stands."""
    return await step_page(visit, (child_id, step_id))


@router.get(_STEP + "/geschiedenis")
async def show_story(visit: SignedIn, child_id: UUID, step_id: UUID) -> Response:
    """Show all that was recorded, from the oldest on."""
    found = await read_step(visit, child_id, step_id)
    if found["verhaal"] is None:
        raise Refused(403, {})
    return visit.page(
        "steps/geschiedenis.html",
        kind_id=child_id,
        verhaal=story_of(found["verhaal"], found["stap"]),
        stap=found["stap"],
        kind=found["kind"],
        fasen=PHASES,
        woorden=EVERYTHING,
    )


@router.post(_STEP + "/verlengen")
async def extend(visit: SignedIn, child_id: UUID, step_id: UUID) -> Response:
    """Hold on longer."""
    form = await visit.form()
    body = filled({"totEnMet": form.get("totEnMet")})
    note = N_("Verlengd: gezin en plaats blijven langer vastliggen.")
    return await record(visit, (child_id, step_id), "_verlengen", body, form=form, note=note)


@router.post(_STEP + "/uitleg")
async def explain(visit: SignedIn, child_id: UUID, step_id: UUID) -> Response:
    """Tell the provider something, mostly in answer to its question."""
    form = await visit.form()
    body = filled({"tekst": form.get("tekst")})
    note = N_("Verstuurd: de aanbieder leest dit bij de gezinsvraag.")
    return await record(visit, (child_id, step_id), "_uitleg", body, form=form, note=note)


@router.post(_STEP + "/akkoord")
async def consent(visit: SignedIn, child_id: UUID, step_id: UUID) -> Response:
    """Record the referrer's yes."""
    form = await visit.form()
    body = filled({name: form.get(name) for name in ("organisatie", "gegevenOp")})
    note = N_("Het akkoord van de verwijzer is vastgelegd.")
    return await record(visit, (child_id, step_id), "_akkoord", body, form=form, note=note)


async def record(
    visit: Visit,
    which: tuple[UUID, UUID],
    verb: str,
    body: dict[str, Any],
    *,
    form: Form,
    note: str,
) -> Response:
    """Ask the API for a change of a step; show the step again, with what was wrong if anything."""
    try:
        await visit.api.ask("POST", f"{place(*which)}/{verb}", body=body, once=form.once)
    except Refused as error:
        return await step_page(visit, which, form=form, error=error)
    return visit.go(place(*which), note=visit.say(note))


async def step_page(
    visit: Visit,
    which: tuple[UUID, UUID],
    *,
    form: Form | None = None,
    error: Refused | None = None,
) -> Response:
    """Return the page of a step."""
    found = await read_step(visit, *which)
    return visit.page(
        "steps/stap.html",
        status=error.status if error else 200,
        kind_id=which[0],
        stap=found["stap"],
        kind=found["kind"],
        verhaal=found["verhaal"],
        kader=found["kader"],
        dagen=days_left(found["stap"]),
        ongedaan=may_undo(found["stap"]) and visit.may("beeindigStap"),
        getypt=form.text() if form else {},
        fouten=fields_of(error) if error else None,
        namen=names_for(visit),
        fasen=PHASES,
        kan_aanvullen=_lacks_only_words(found),
        bezwaarmakers=choices(EVERYTHING["door"], *OBJECTS),
        woorden=EVERYTHING,
    )


def _lacks_only_words(found: dict[str, Any]) -> bool:
    """Return whether all that a match still waits for is asked by the form of the match itself."""
    objections = found["verhaal"]["bezwaren"] if found["verhaal"] else []
    is_open = any(objection["uitkomst"] is None for objection in objections)
    shown = found["stap"]
    return shown["fase"] == "kennismaking" and len(shown["akkoorden"]) == 2 and not is_open
