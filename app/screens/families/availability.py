"""Changing what a family offers now: a pause with its reason, its places, from when until when."""

from typing import Any

from fastapi import APIRouter, Response

from app.screens.api import Refused
from app.screens.errors import fields_of
from app.screens.families.availability_form import as_fields, as_told, body_of, names_of
from app.screens.families.bed_fields import STATES, beside_beds
from app.screens.families.detail import address, api_address, read_family
from app.screens.families.labels import WORDS
from app.screens.families.undo import COOKIE, SECONDS, offer, offered
from app.screens.form import Form
from app.screens.visit import SignedIn, Visit
from app.screens.words import N_

router = APIRouter()
KEPT = N_("Bewaard en bevestigd.")
UNDONE = N_("Ongedaan gemaakt: het staat weer zoals het was.")
TOO_LATE = N_("Ongedaan maken kan tot tien seconden erna: wijzig het nu met de hand.")


@router.get("/gezinnen/{provider}/{number}/beschikbaarheid")
async def form_page(visit: SignedIn, provider: str, number: str) -> Response:
    """Show the form with what is known now."""
    found = await read_family(visit, provider, number)
    return _form(visit, found.data, as_fields(found.data), etag=found.etag)


@router.post("/gezinnen/{provider}/{number}/beschikbaarheid")
async def keep(visit: SignedIn, provider: str, number: str) -> Response:
    """Keep what was filled in, on the version that was read."""
    form = await visit.form()
    before = await read_family(visit, provider, number)
    try:
        kept = await _put(
            visit,
            provider,
            number,
            body=body_of(form, before.data["plaatsen"]),
            version=form.version,
        )
    except Refused as refused:
        if refused.status not in (400, 409, 412):
            raise
        return _again(visit, before.data, form, refused=refused, etag=before.etag)
    answer = visit.go(address(provider, number), note=visit.say(KEPT))
    was = as_told(before.data)
    if was is not None:
        offer(visit, answer, address(provider, number), was, etag=kept.etag)
    return answer


@router.post("/gezinnen/{provider}/{number}/ongedaan")
async def undo(visit: SignedIn, provider: str, number: str) -> Response:
    """Put back what a change replaced."""
    await visit.form()
    found = offered(visit, address(provider, number), None)
    if found is None:
        return visit.go(address(provider, number), note=visit.say(TOO_LATE))
    await _put(visit, provider, number, body=found["was"], version=found["versie"])
    answer = visit.go(address(provider, number), note=visit.say(UNDONE))
    answer.delete_cookie(COOKIE, path="/")
    return answer


async def _put(
    visit: Visit, provider: str, number: str, *, body: dict[str, Any], version: str | None
) -> Any:
    where = f"{api_address(provider, number)}/beschikbaarheid"
    return await visit.api.ask("PUT", where, body=body, etag=version)


def _again(
    visit: Visit, family: dict[str, Any], form: Form, *, refused: Refused, etag: str | None
) -> Response:
    """Show the form with all that was typed, and beside it what somebody else made of it."""
    is_stale = refused.status == 412
    typed = {name: form.text().get(name, "") for name in (*as_fields(family), *form.text())}
    return _form(
        visit,
        family,
        typed,
        etag=etag if is_stale else form.version,
        errors=None if is_stale else beside_beds(fields_of(refused), form),
        others=as_fields(family) if is_stale else None,
        status=refused.status,
    )


def _form(
    visit: Visit,
    family: dict[str, Any],
    typed: dict[str, str],
    *,
    etag: str | None,
    errors: dict[str, Any] | None = None,
    others: dict[str, str] | None = None,
    status: int = 200,
) -> Response:
    return visit.page(
        "families/beschikbaarheid.html",
        status=status,
        w=WORDS,
        gezin=family,
        velden=typed,
        versie=etag,
        fouten=errors,
        van_nu=others,
        namen=names_of(typed, visit.say),
        seconden=SECONDS,
        bedstanden=list(STATES.items()),
    )
