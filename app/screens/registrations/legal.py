"""The legal frame: who has authority and agrees, and until when orders hold."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter
from fastapi.responses import Response

from app.screens.api import Refused
from app.screens.form import Form
from app.screens.registrations import choices
from app.screens.registrations.faults import beside, for_field
from app.screens.registrations.fields import Field, Kind, Rows
from app.screens.registrations.step_page import readable
from app.screens.registrations.typed import Told, as_text, read
from app.screens.visit import SignedIn
from app.screens.words import N_

router = APIRouter()
_CONFLICT = 412
HOLDERS = Rows(
    "gezag",
    N_("Gezag"),
    (
        Field("soort", N_("Wie"), Kind.CHOICE, choices.AUTHORITIES, in_row=True),
        Field("toestemming", N_("Toestemming"), Kind.CHOICE, choices.CONSENTS, in_row=True),
        Field("gevraagdOp", N_("Gezegd op"), Kind.DAY, in_row=True),
    ),
    N_("Welke soort persoon, geen naam. Een regel voor ieder die gezag heeft."),
)
DATES = (
    Field(
        "machtigingUitgevoerdOp",
        N_("Machtiging uitgevoerd op"),
        Kind.DAY,
        hint=N_("Als het kind met deze machtiging al uit huis is."),
        may_lack=True,
    ),
    Field("machtigingTotEnMet", N_("Machtiging geldt t/m"), Kind.DAY, may_lack=True),
    Field("toezichtTotEnMet", N_("OTS of VOTS loopt t/m"), Kind.DAY, may_lack=True),
    Field(
        "verantwoordelijkeGemeente",
        N_("Verantwoordelijke gemeente"),
        hint=N_("Volgens het woonplaatsbeginsel; dat kan een andere zijn dan waar het kind is."),
        may_lack=True,
    ),
)
PARTS = (HOLDERS, *DATES)


@router.get("/kinderen/{child:uuid}/juridisch-kader", name="legal_frame")
async def legal_frame(visit: SignedIn, child: UUID) -> Response:
    """Show the legal frame to fill in."""
    found = await visit.api.ask("GET", _place(child))
    return _page(visit, child, found.data, now=found.data, etag=found.etag)


@router.post("/kinderen/{child:uuid}/juridisch-kader")
async def save_legal_frame(visit: SignedIn, child: UUID) -> Response:
    """Save the legal frame."""
    form = await visit.form()
    typed = _typed(form)
    body = {name: value for name, value in typed.items() if value is not None}
    try:
        await visit.api.ask("PUT", _place(child), body=body, etag=form.version)
    except Refused as error:
        if error.status not in (400, _CONFLICT):
            raise
        found = await visit.api.ask("GET", _place(child))
        changed = error.status == _CONFLICT
        return _page(
            visit,
            child,
            {**found.data, **typed},
            now=found.data,
            etag=found.etag if changed else form.version,
            faults=None if changed else beside(error),
            status=error.status,
        )
    return visit.go(f"/kinderen/{child}", note=visit.say(N_("Het juridisch kader is bewaard.")))


def _typed(form: Form) -> Told:
    typed = read(form, list(PARTS))
    # A consent alone says nothing about anybody.
    return {**typed, "gezag": [row for row in typed["gezag"] or () if row.keys() - {"toestemming"}]}


def _place(child: UUID) -> str:
    return f"/kinderen/{child}/juridisch-kader"


def _page(
    visit: SignedIn,
    child: UUID,
    told: dict[str, Any],
    *,
    now: dict[str, Any],
    etag: str | None,
    faults: dict[str, Any] | None = None,
    status: int = 200,
) -> Response:
    _ = visit.say
    mine = {part.name: readable(visit, part, told.get(part.name)) for part in PARTS}
    theirs = {part.name: readable(visit, part, now.get(part.name)) for part in PARTS}
    return visit.page(
        "registrations/kader.html",
        status=status,
        id=child,
        kader=now,
        etag=etag,
        gezag=HOLDERS,
        datums=DATES,
        rijen=lambda rows: [*(told.get(rows.name) or ()), {}],
        waarde=lambda part: as_text(part, told.get(part.name)),
        tekst=as_text,
        fouten=faults,
        fout=lambda name: for_field(faults, name),
        namen={part.name: _(part.label) for part in PARTS},
        verschil=(mine, theirs) if status == _CONFLICT else None,
    )
