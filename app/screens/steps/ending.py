"""Ending a step: by a no with its reason, after which the next family comes along, or without."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter
from fastapi.responses import Response

from app.screens.api import Refused
from app.screens.errors import fields_of
from app.screens.form import Form, filled
from app.screens.steps.asked import need, place, read_step
from app.screens.steps.words import DECLINES, EVERYTHING, SAYS_NO, choices, names_for
from app.screens.visit import SignedIn, Visit
from app.screens.words import N_

router = APIRouter()
_STEP = "/kinderen/{child_id:uuid}/stappen/{step_id:uuid}"


@router.get(_STEP + "/nee")
async def show_no(visit: SignedIn, child_id: UUID, step_id: UUID) -> Response:
    """Show the form for a no."""
    need(visit, "legNeeVast")
    return await _page(visit, "steps/nee.html", (child_id, step_id))


@router.post(_STEP + "/nee")
async def record_no(visit: SignedIn, child_id: UUID, step_id: UUID) -> Response:
    """Record a no: the place is free, the pair is never proposed again, and this is next."""
    form, which = await visit.form(), (child_id, step_id)
    body = filled({name: form.get(name) for name in ("door", "afwijsreden", "reden")})
    try:
        answer = await visit.api.ask("POST", f"{place(*which)}/_nee", body=body)
    except Refused as error:
        return await _page(visit, "steps/nee.html", which, form=form, error=error)
    return visit.page(
        "steps/na_nee.html",
        kind_id=child_id,
        na=answer.data,
        namen=visit.names,
        woorden=EVERYTHING,
    )


@router.get(_STEP + "/einde")
async def show_end(visit: SignedIn, child_id: UUID, step_id: UUID) -> Response:
    """Show the form for an end without a no."""
    need(visit, "beeindigStap")
    return await _page(visit, "steps/einde.html", (child_id, step_id))


@router.post(_STEP + "/einde")
async def end(visit: SignedIn, child_id: UUID, step_id: UUID) -> Response:
    """End a step without a no: the family may be proposed again."""
    form, which = await visit.form(), (child_id, step_id)
    body = filled({"reden": form.get("reden")})
    try:
        await visit.api.ask("POST", f"{place(*which)}/_beeindigen", body=body)
    except Refused as error:
        return await _page(visit, "steps/einde.html", which, form=form, error=error)
    note = N_("De stap is beëindigd. Het gezin kan later weer worden voorgesteld.")
    return visit.go(place(child_id), note=visit.say(note))


async def _page(
    visit: Visit,
    template: str,
    which: tuple[UUID, UUID],
    *,
    form: Form | None = None,
    error: Refused | None = None,
) -> Response:
    found: dict[str, Any] = await read_step(visit, *which)
    return visit.page(
        template,
        status=error.status if error else 200,
        kind_id=which[0],
        stap=found["stap"],
        kind=found["kind"],
        afwijsredenen=DECLINES,
        nee_van=choices(EVERYTHING["door"], *SAYS_NO),
        getypt=form.text() if form else {},
        fouten=fields_of(error) if error else None,
        namen=names_for(visit),
    )
