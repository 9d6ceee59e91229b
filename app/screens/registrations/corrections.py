"""Correcting a disputed fact: which one, what it should be, who disputes it and why."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter
from fastapi.responses import Response

from app.screens.api import Refused
from app.screens.form import Form
from app.screens.registrations import choices
from app.screens.registrations.faults import beside, for_field
from app.screens.registrations.fields import Field
from app.screens.registrations.form_steps import STEPS, disputable, field_by, step_of
from app.screens.registrations.step_page import named, readable
from app.screens.registrations.typed import as_text, shown, value_of
from app.screens.visit import SignedIn
from app.screens.words import N_

router = APIRouter()
_CONFLICT = 412


@router.get("/kinderen/{child:uuid}/correctie", name="correction")
async def correction(visit: SignedIn, child: UUID) -> Response:
    """Ask which fact is disputed, and then what it should be."""
    found = await visit.api.ask("GET", f"/kinderen/{child}")
    field = field_by(visit.request.query_params.get("veld", ""))
    return _page(visit, found.data, found.etag, field=field)


@router.post("/kinderen/{child:uuid}/correctie")
async def correct(visit: SignedIn, child: UUID) -> Response:
    """Correct one fact; what it was stays in the file."""
    form = await visit.form()
    field = field_by(form.get("veld") or "")
    if field is None:
        found = await visit.api.ask("GET", f"/kinderen/{child}")
        return _page(visit, found.data, found.etag, field=None, status=400)
    value = value_of(form, field)
    body = {
        "veld": field.name,
        "waarde": value,
        "betwistDoor": form.get("betwistDoor"),
        "reden": form.get("reden"),
    }
    sent = {name: given for name, given in body.items() if given is not None or name == "waarde"}
    try:
        await visit.api.ask(
            "POST", f"/kinderen/{child}/correcties", body=sent, etag=form.version, once=form.once
        )
    except Refused as error:
        if error.status not in (400, 409, _CONFLICT):
            raise
        return await _again(visit, child, form, field=field, value=value, error=error)
    return visit.go(
        f"/kinderen/{child}",
        note=visit.say(N_("Gecorrigeerd. Wat er stond, blijft in het dossier.")),
    )


async def _again(
    visit: SignedIn, child: UUID, form: Form, *, field: Field, value: Any, error: Refused
) -> Response:
    found = await visit.api.ask("GET", f"/kinderen/{child}")
    changed = error.status == _CONFLICT
    return _page(
        visit,
        found.data,
        found.etag if changed else form.version,
        field=field,
        typed={**form.text(), "waarde": value},
        faults=None if changed else beside(error),
        status=error.status,
    )


def _page(
    visit: SignedIn,
    found: dict[str, Any],
    etag: str | None,
    *,
    field: Field | None,
    typed: dict[str, Any] | None = None,
    faults: dict[str, Any] | None = None,
    status: int = 200,
) -> Response:
    known = [one for one in disputable() if one.name.split(".")[0] in found]
    now = shown(found, field.name) if field else None
    told = typed["waarde"] if typed else now
    names = named(visit)
    return visit.page(
        "registrations/correctie.html",
        status=status,
        kind=found,
        etag=etag,
        stap_=visit.request.query_params.get("stap"),
        stappen=[(step, [one for one in known if step_of(one.name) is step]) for step in STEPS],
        veld_=field,
        nu=readable(visit, field, now) if field else None,
        waarde=lambda part: as_text(part, told),
        tekst=as_text,
        getypt=typed or {},
        betwisters=choices.DISPUTED_BY,
        fouten=faults,
        fout=lambda name: for_field(faults, name) or _whole(faults, name, field),
        namen=names,
        verschil=(
            ({field.name: readable(visit, field, told)}, {field.name: readable(visit, field, now)})
            if field and status == _CONFLICT
            else None
        ),
    )


def _whole(faults: dict[str, Any] | None, name: str, field: Field | None) -> str | None:
    """Return what is wrong with the value as such, beside the field that holds it."""
    is_value = field is not None and name == field.name
    return for_field(faults, "waarde") if is_value else None
