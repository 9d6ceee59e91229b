"""Drafts: the list, a new one, one as a whole, handing in."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter
from fastapi.responses import RedirectResponse, Response

from app.kernel.clock import today_in_amsterdam
from app.screens.api import Refused
from app.screens.registrations import choices
from app.screens.registrations.ages import age_of
from app.screens.registrations.faults import beside
from app.screens.registrations.form_steps import BSN, STEPS, step_of
from app.screens.registrations.step_page import StepPage, named, open_in, show_step
from app.screens.registrations.typed import read
from app.screens.visit import SignedIn
from app.screens.words import N_

router = APIRouter()
_FIRST, _NEXT = STEPS[0], STEPS[1]
_NEW = N_("Kind aanmelden")


@router.get("/concepten", name="drafts")
async def list_drafts(visit: SignedIn) -> Response:
    """Show the drafts, the oldest first."""
    found = await visit.api.page("/concepten", cursor=visit.request.query_params.get("cursor"))
    return visit.page(
        "registrations/concepten.html",
        concepten=found.data["concepten"],
        volgende=found.next_cursor,
        vormen=choices.CARE_FORMS,
        urgenties=choices.URGENCIES,
    )


@router.get("/concepten/nieuw", name="new_draft")
async def new_draft(visit: SignedIn) -> Response:
    """Show the first step of a draft that is not there yet; 403 for who may not begin one."""
    if not visit.may("beginConcept"):
        raise Refused(403, {})
    return show_step(visit, _new({"aangemeldOp": today_in_amsterdam().isoformat()}))


@router.post("/concepten/nieuw")
async def begin(visit: SignedIn) -> Response:
    """Begin a draft with what is known."""
    form = await visit.form()
    typed = read(form, list(_FIRST.parts()))
    bsn = form.get(BSN.name)
    body = {name: value for name, value in {**typed, "bsn": bsn}.items() if value is not None}
    try:
        made = await visit.api.ask("POST", "/concepten", body=body, once=form.once)
    except Refused as error:
        if error.status not in (400, 409):
            raise
        return show_step(visit, _new(body, beside(error)), status=400)
    step = _FIRST if form.get("_blijf") else _NEXT
    return visit.go(
        f"/concepten/{made.data['id']}/{step.key}",
        note=visit.say(N_("Het concept is begonnen en bewaard.")),
    )


def _new(told: dict[str, Any], faults: dict[str, Any] | None = None) -> StepPage:
    return StepPage(_FIRST, "/concepten/nieuw", told, None, _NEW, faults=faults, is_new=True)


@router.get("/concepten/{draft:uuid}", name="draft")
async def read_draft(visit: SignedIn, draft: UUID) -> Response:
    """Show a draft as a whole: what each step misses, and what can be done with it."""
    return await show_draft(visit, draft)


async def show_draft(
    visit: SignedIn, draft: UUID, *, wrong: dict[str, Any] | None = None, status: int = 200
) -> Response:
    """Return the page of a draft; one that was handed in meanwhile is a file."""
    try:
        found = await visit.api.ask("GET", f"/concepten/{draft}")
    except Refused as error:
        if error.status != 404:
            raise
        return RedirectResponse(f"/kinderen/{draft}", 303)
    missing = found.data["ontbreekt"]
    return visit.page(
        "registrations/concept.html",
        status=status,
        concept=found.data,
        etag=found.etag,
        stappen=[
            (step, open_in(step, missing), [m for m in missing if step_of(m["veld"]) is step])
            for step in STEPS
        ],
        namen=named(visit),
        nodig=choices.NEEDS,
        gronden=choices.GROUNDS,
        leeftijd=age_of(found.data["gegevens"].get("geboortedatum")),
        fouten=wrong,
    )


@router.post("/concepten/{draft:uuid}/indienen")
async def hand_in(visit: SignedIn, draft: UUID) -> Response:
    """Make a registration of it; what stops that is told on its page."""
    form = await visit.form()
    try:
        await visit.api.ask(
            "POST", f"/concepten/{draft}/_indienen", etag=form.version, once=form.once
        )
    except Refused as error:
        if error.status not in (400, 409, 412):
            raise
        return await show_draft(visit, draft, wrong=beside(error), status=error.status)
    return visit.go(
        f"/kinderen/{draft}",
        note=visit.say(N_("De aanmelding is ingediend: er wordt vanaf nu gezocht.")),
    )
