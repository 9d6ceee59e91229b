"""The own network of a child and JIM: who was asked, and what came of it."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter
from fastapi.responses import Response

from app.screens.api import Refused
from app.screens.errors import fields_of
from app.screens.form import Form, filled
from app.screens.ladder.words import ANSWERS, NAMES, PURPOSES, RELATIONS, RESULTS
from app.screens.visit import SignedIn, Visit
from app.screens.words import N_

router = APIRouter()
_JIM = {"relatie-jim": "relatie", "vanaf": "vanaf", "toelichting-jim": "toelichting"}


@router.get("/kinderen/{child:uuid}/netwerk")
async def show(visit: SignedIn, child: UUID) -> Response:
    """Show who was asked, and JIM."""
    return await _page(visit, child)


@router.post("/kinderen/{child:uuid}/netwerk/vraag")
async def ask(visit: SignedIn, child: UUID) -> Response:
    """Record that somebody was asked."""
    form = await visit.form()
    body = {n: form.get(n) for n in ("doel", "relatie", "gevraagdOp", "uitkomst", "toelichting")}
    return await _do(visit, child, form, ("netwerkvragen", body, N_("Het is vastgelegd.")))


@router.post("/kinderen/{child:uuid}/netwerk/jim")
async def begin(visit: SignedIn, child: UUID) -> Response:
    """Record that a JIM began."""
    form = await visit.form()
    body = {name: form.get(field) for field, name in _JIM.items()}
    return await _do(visit, child, form, ("jimtrajecten", body, N_("De JIM is vastgelegd.")))


@router.post("/kinderen/{child:uuid}/netwerk/jim/{case:uuid}")
async def end(visit: SignedIn, child: UUID, case: UUID) -> Response:
    """Record what came of a JIM."""
    form = await visit.form()
    body = {"resultaat": form.get("resultaat"), "totEnMet": form.get("totEnMet")}
    path = f"jimtrajecten/{case}/_afronden"
    return await _do(visit, child, form, (path, body, N_("De JIM is afgerond.")))


async def _do(
    visit: Visit, child: UUID, form: Form, asked: tuple[str, dict[str, Any], str]
) -> Response:
    path, body, note = asked
    try:
        await visit.api.ask("POST", f"/kinderen/{child}/{path}", body=filled(body), once=form.once)
    except Refused as error:
        return await _page(visit, child, form, error)
    return visit.go(f"/kinderen/{child}/netwerk", note=visit.say(note))


async def _page(
    visit: Visit, child: UUID, form: Form | None = None, error: Refused | None = None
) -> Response:
    found = await visit.api.get(f"/kinderen/{child}/netwerk")
    cases = found["jimTrajecten"]
    return visit.page(
        "ladder/netwerk.html",
        status=error.status if error else 200,
        kind=child,
        vragen=found["netwerkvragen"],
        trajecten=cases,
        loopt=next((case for case in cases if case["resultaat"] == "loopt"), None),
        getypt=form.text() if form else {},
        fouten=fields_of(error) if error else None,
        namen={name: visit.say(words) for name, words in NAMES.items()},
        doelen=PURPOSES,
        relaties=RELATIONS,
        antwoorden=ANSWERS,
        resultaten=RESULTS,
    )
