"""A step taken further: what those said whom it was put to, and what the phase asks."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query
from fastapi.responses import Response

from app.screens.api import Refused
from app.screens.errors import fields_of
from app.screens.form import Form, filled
from app.screens.going_on import FORMS, going_on
from app.screens.steps.asked import Found, need, place, read_step
from app.screens.steps.words import AGREEMENTS, PHASES, choices, names_for
from app.screens.visit import SignedIn, Visit
from app.screens.words import N_

router = APIRouter()
_PLACE = "/kinderen/{child_id:uuid}/stappen/{step_id:uuid}/verder"
_ONE = (
    "fase", "akkoord", "voorwaarde", "steunplan", "redenGeenSteunplan", "redenSplitsing", "vanaf",
)  # fmt: skip
_MANY = ("voors", "tegens", "twijfels")


@router.get(_PLACE)
async def show_form(
    *,
    visit: SignedIn,
    child_id: UUID,
    step_id: UUID,
    to: Annotated[str | None, Query(alias="fase", max_length=60)] = None,
) -> Response:
    """Show what is to be recorded before the next phase."""
    need(visit, "zetStapVerder")
    return await _page(visit, (child_id, step_id), to)


@router.post(_PLACE)
async def move(visit: SignedIn, child_id: UUID, step_id: UUID) -> Response:
    """Take the step to its next phase; the last one places the child."""
    form = await visit.form()
    path = f"{place(child_id, step_id)}/_volgende"
    try:
        await visit.api.ask("POST", path, body=_body(form), once=form.once)
    except Refused as error:
        return await _page(visit, (child_id, step_id), form.get("fase"), form=form, error=error)
    note = N_("Vastgelegd. De stap staat nu in de volgende fase.")
    placed = N_("Het kind is geplaatst. Het bed is bezet en de aanmelding is afgerond.")
    is_placed = form.get("fase") == "plaatsing"
    return visit.go(place(child_id, step_id), note=visit.say(placed if is_placed else note))


def _body(form: Form) -> dict[str, Any]:
    told: dict[str, Any] = {name: form.get(name) for name in _ONE}
    if told["akkoord"] != "onder voorwaarde":
        told["voorwaarde"] = None
    points = {name: _lines(form.get(name)) for name in _MANY}
    return filled({**told, **points}) | going_on(form)


def _lines(text: str | None) -> list[str]:
    """Return the points of a text: one a line."""
    return [line.strip() for line in (text or "").splitlines() if line.strip()]


async def _page(
    visit: Visit,
    which: tuple[UUID, UUID],
    to: str | None,
    *,
    form: Form | None = None,
    error: Refused | None = None,
) -> Response:
    found = await read_step(visit, *which)
    shown = found["stap"]
    open_phases = shown["openFasen"]
    if not open_phases:
        return visit.go(place(*which))
    return visit.page(
        "steps/verder.html",
        status=error.status if error else 200,
        kind_id=which[0],
        stap=shown,
        kind=found["kind"],
        kader=found["kader"],
        naar=to if to in open_phases else open_phases[0],
        gevraagd=to,
        akkoorden=choices(AGREEMENTS, *_agreements(found["verhaal"])),
        getypt=form.text() if form else {},
        fouten=fields_of(error) if error else None,
        namen=names_for(visit),
        fasen=PHASES,
        vormen_na=FORMS,
    )


def _agreements(told: Found | None) -> tuple[str, ...]:
    """Return what can be chosen: a no goes on only where an objection was weighed."""
    weighed = told and any(o["uitkomst"] == "doorgaan" for o in told["bezwaren"])
    return ("ja", "onder voorwaarde", "nee") if weighed else ("ja", "onder voorwaarde")
