"""The steps of the form: of a draft, and of a registration that is filled in further."""

from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from fastapi import APIRouter
from fastapi.responses import Response

from app.kernel.errors import NotFound
from app.screens.api import Refused
from app.screens.form import Form
from app.screens.registrations.faults import beside
from app.screens.registrations.fields import Step
from app.screens.registrations.form_steps import BSN, STEPS, after, step_by
from app.screens.registrations.step_page import StepPage, merged, show_step
from app.screens.registrations.typed import Told, read
from app.screens.visit import SignedIn
from app.screens.words import N_

router = APIRouter()
_CONFLICT = 412
# What a registration is sent with: the fields of the form, and no more of what reading shows.
_FIELDS = frozenset().union(*(step.names() for step in STEPS))


@dataclass(frozen=True, slots=True)
class Place:
    """Where a form is kept: its address in the API and of the screens."""

    api: str
    base: str
    title: str
    is_draft: bool

    def told(self, found: Any) -> Told:
        """Return of an answer what the form is about."""
        if self.is_draft:
            return dict(found["gegevens"])
        return {name: value for name, value in found.items() if name in _FIELDS}


def _of_draft(draft: UUID) -> Place:
    return Place(f"/concepten/{draft}", f"/concepten/{draft}", N_("Concept"), is_draft=True)


def _of_child(child: UUID) -> Place:
    base = f"/kinderen/{child}/aanvullen"
    return Place(f"/kinderen/{child}", base, N_("Aanmelding aanvullen"), is_draft=False)


@router.get("/concepten/{draft:uuid}/{key}", name="draft_step")
async def draft_step(visit: SignedIn, draft: UUID, key: str) -> Response:
    """Show a step of a draft."""
    return await _show(visit, _of_draft(draft), _step(key))


@router.post("/concepten/{draft:uuid}/{key}")
async def save_draft_step(visit: SignedIn, draft: UUID, key: str) -> Response:
    """Save a step of a draft, and go on with the next one."""
    return await _save(visit, _of_draft(draft), _step(key))


@router.get("/kinderen/{child:uuid}/aanvullen/{key}", name="child_step")
async def child_step(visit: SignedIn, child: UUID, key: str) -> Response:
    """Show a step of a registration."""
    return await _show(visit, _of_child(child), _step(key))


@router.post("/kinderen/{child:uuid}/aanvullen/{key}")
async def save_child_step(visit: SignedIn, child: UUID, key: str) -> Response:
    """Save a step of a registration."""
    return await _save(visit, _of_child(child), _step(key))


def _step(key: str) -> Step:
    step = step_by(key)
    if step is None:
        raise NotFound("Deze stap is er niet.")
    return step


async def _show(visit: SignedIn, place: Place, step: Step) -> Response:
    return show_step(visit, await _page(visit, place, step))


async def _page(visit: SignedIn, place: Place, step: Step) -> StepPage:
    """Return a step as it stands; raises Refused."""
    found = await visit.api.ask("GET", place.api)
    gaps = found.data if place.is_draft else await visit.api.get(f"{place.api}/volledigheid")
    told = place.told(found.data)
    return StepPage(
        step,
        place.base,
        told,
        found.etag,
        place.title,
        bsn_known=found.data["bsnBekend"],
        missing=gaps["ontbreekt"],
        doubles=found.data.get("mogelijkDubbel", ()),
        # A field that a role may not see is not in the answer at all.
        hidden=frozenset() if place.is_draft else frozenset(step.names() - told.keys()),
    )


async def _save(visit: SignedIn, place: Place, step: Step) -> Response:
    form = await visit.form()
    page = await _page(visit, place, step)
    parts = [p for p in step.parts() if p.name.split(".")[0] not in page.hidden]
    typed = read(form, parts)
    if form.version != page.etag:
        return _changed(visit, page, typed)
    bsn = _bsn(form) if step is STEPS[0] else {}
    body = {**merged(dict(page.told), typed), **bsn}
    try:
        await visit.api.ask("PUT", place.api, body=body, etag=form.version)
    except Refused as error:
        if error.status == _CONFLICT:
            return _changed(visit, await _page(visit, place, step), typed)
        if error.status not in (400, 409):
            raise
        told = {**page.told, **typed, **bsn}
        return show_step(visit, replace(page, told=told, faults=beside(error)), status=400)
    return visit.go(_next(place, step, form), note=visit.say(N_("Bewaard.")))


def _changed(visit: SignedIn, page: StepPage, typed: Told) -> Response:
    """Show what was typed beside what somebody else saved; saving again is from there on."""
    mine = replace(page, told={**page.told, **typed}, theirs=page.told)
    return show_step(visit, mine, status=_CONFLICT)


def _bsn(form: Form) -> Told:
    """Return the BSN where something is to be done with it: left empty it stays as it is."""
    if form.get("bsn-wissen"):
        return {BSN.name: None}
    given = form.get(BSN.name)
    return {BSN.name: given} if given else {}


def _next(place: Place, step: Step, form: Form) -> str:
    if form.get("_blijf"):
        return f"{place.base}/{step.key}"
    if not place.is_draft:
        return place.api
    following = after(step)
    return f"{place.base}/{following.key}" if following else place.base
