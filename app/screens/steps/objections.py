"""Objections of parents and child: recorded, weighed by people, and what came of them."""

from uuid import UUID

from fastapi import APIRouter
from fastapi.responses import Response

from app.screens.api import Refused
from app.screens.errors import fields_of
from app.screens.form import Form, filled
from app.screens.steps.asked import need, place, read_step
from app.screens.steps.step import record
from app.screens.steps.words import EVERYTHING, OUTCOMES, choices, names_for
from app.screens.visit import SignedIn, Visit
from app.screens.words import N_

router = APIRouter()
_STEP = "/kinderen/{child_id:uuid}/stappen/{step_id:uuid}"
_ONE = _STEP + "/bezwaren/{objection_id:uuid}"


@router.post(_STEP + "/bezwaren")
async def object_to(visit: SignedIn, child_id: UUID, step_id: UUID) -> Response:
    """Record an objection; the legal frame of today gives it its weight."""
    form = await visit.form()
    body = filled({"door": form.get("door"), "tekst": form.get("bezwaar")})
    note = N_("Het bezwaar is vastgelegd. Zolang het openstaat gaat de stap niet verder.")
    return await record(visit, (child_id, step_id), "bezwaren", body, form=form, note=note)


@router.get(_ONE)
async def show_objection(
    *, visit: SignedIn, child_id: UUID, step_id: UUID, objection_id: UUID
) -> Response:
    """Show an objection and, while it is open, what can come of it."""
    need(visit, "leesBezwaar")
    return await _page(visit, (child_id, step_id), objection_id)


@router.post(_ONE)
async def decide(*, visit: SignedIn, child_id: UUID, step_id: UUID, objection_id: UUID) -> Response:
    """Record what came of it; to stop is their no."""
    form, which = await visit.form(), (child_id, step_id)
    body = filled({"uitkomst": form.get("uitkomst"), "reden": form.get("reden")})
    path = f"{place(*which)}/bezwaren/{objection_id}/_afronden"
    try:
        await visit.api.ask("POST", path, body=body)
    except Refused as error:
        return await _page(visit, which, objection_id, form=form, error=error)
    note = N_("De uitkomst van het bezwaar is vastgelegd.")
    return visit.go(place(*which), note=visit.say(note))


async def _page(
    visit: Visit,
    which: tuple[UUID, UUID],
    objection_id: UUID,
    *,
    form: Form | None = None,
    error: Refused | None = None,
) -> Response:
    found = await read_step(visit, *which)
    objection = await visit.api.get(f"{place(*which)}/bezwaren/{objection_id}")
    is_veto = objection["gewicht"] == "veto"
    allowed = ("ingetrokken", "stoppen") if is_veto else tuple(OUTCOMES)
    return visit.page(
        "steps/bezwaar.html",
        status=error.status if error else 200,
        kind_id=which[0],
        stap=found["stap"],
        kind=found["kind"],
        bezwaar=objection,
        uitkomsten=choices(OUTCOMES, *allowed),
        getypt=form.text() if form else {},
        fouten=fields_of(error) if error else None,
        namen=names_for(visit),
        woorden=EVERYTHING,
    )
