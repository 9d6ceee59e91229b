"""Beginning with a family for a child, and taking that back at once."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query
from fastapi.responses import Response

from app.kernel.addresses import number_in_path
from app.screens.api import Refused, all_of
from app.screens.errors import fields_of
from app.screens.form import filled
from app.screens.steps.asked import (
    Found,
    may_undo,
    need,
    nothing,
    place,
    read_child,
    read_proposals,
)
from app.screens.steps.words import EVERYTHING, names_for
from app.screens.visit import SignedIn, Visit
from app.screens.words import N_

router = APIRouter()
Name = Annotated[str | None, Query(max_length=60)]
_FIELDS = ("aanbieder", "gezin", "sinds", "totEnMet", "redenKeuze")
_ROAD = 5.0  # seconds for a page to come and a click to go back
_TOO_LATE = N_("Ongedaan maken kan niet meer. Beëindig de stap met een reden als hij niet klopt.")


@router.get("/kinderen/{child_id:uuid}/stappen/nieuw")
async def show_form(
    *,
    visit: SignedIn,
    child_id: UUID,
    provider: Annotated[Name, Query(alias="aanbieder")] = None,
    family: Annotated[Name, Query(alias="gezin")] = None,
) -> Response:
    """Show the form for one family; without one the page of choices has it."""
    need(visit, "beginStap")
    if not provider or not family:
        return visit.go(place(child_id))
    return await _page(visit, child_id, {"aanbieder": provider, "gezin": family})


@router.post("/kinderen/{child_id:uuid}/stappen/nieuw")
async def begin(visit: SignedIn, child_id: UUID) -> Response:
    """Record that a family is asked: child, family and place are fixed from now on."""
    form = await visit.form()
    body = filled({name: form.get(name) for name in _FIELDS})
    try:
        made = await visit.api.ask("POST", place(child_id), body=body, once=form.once)
    except Refused as error:
        return await _page(visit, child_id, form.text(), error)
    return visit.go(place(child_id, made.data["id"]))


@router.post("/kinderen/{child_id:uuid}/stappen/{step_id:uuid}/ongedaan")
async def undo(visit: SignedIn, child_id: UUID, step_id: UUID) -> Response:
    """Take back what was begun a moment ago; after that it ends with a reason."""
    await visit.form()
    where = place(child_id, step_id)
    if not may_undo(await visit.api.get(where), within=2 * _ROAD + _ROAD):
        return visit.go(where, note=visit.say(_TOO_LATE))
    body = {"reden": "Meteen ongedaan gemaakt: begonnen bij vergissing."}
    await visit.api.ask("POST", f"{where}/_beeindigen", body=body)
    note = N_("Ongedaan gemaakt. Het gezin en de plaats zijn weer vrij.")
    return visit.go(place(child_id), note=visit.say(note))


async def _page(
    visit: Visit, child_id: UUID, typed: dict[str, str], error: Refused | None = None
) -> Response:
    kid, proposals, family = await all_of(
        read_child(visit, child_id),
        read_proposals(visit, child_id),
        _family(visit, typed),
    )
    option = _option(proposals, typed)
    return visit.page(
        "steps/nieuw.html",
        status=error.status if error else 200,
        kind_id=child_id,
        kind=kid,
        gezin=family,
        optie=option,
        eerste=bool(option and option.get("eerste")),
        aanbieder=visit.names.get(typed.get("aanbieder", ""), typed.get("aanbieder")),
        getypt=typed,
        fouten=fields_of(error) if error else None,
        namen=names_for(visit),
        woorden=EVERYTHING,
    )


def _option(proposals: Found | None, typed: dict[str, str]) -> Found | None:
    """Return what the last run says of this family for this child."""
    if proposals is None:
        return None
    options = [*proposals["alternatieven"], *proposals["teBespreken"]]
    if proposals["voorstel"]:
        options.insert(0, {**proposals["voorstel"], "eerste": True})
    wanted = (typed.get("aanbieder"), typed.get("gezin"))
    return next((o for o in options if (o["aanbieder"], o["gezin"]) == wanted), None)


async def _family(visit: Visit, typed: dict[str, str]) -> Any:
    """Return the family itself, or None where there is none with this number."""
    try:
        number = number_in_path(typed["gezin"])
        return await visit.api.get(f"/pleeggezinnen/{typed['aanbieder']}/{number}")
    except (Refused, KeyError):
        return await nothing()
