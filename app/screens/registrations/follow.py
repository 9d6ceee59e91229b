"""A follow-up: searching on for a child who is known here; what does not change goes along."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter
from fastapi.responses import Response

from app.kernel.clock import today_in_amsterdam
from app.kernel.going_on import IN_CRISIS_BED, next_numbers
from app.screens.api import Refused
from app.screens.registrations.ages import age_of
from app.screens.registrations.faults import beside, for_field
from app.screens.registrations.fields import Field, Kind, Step
from app.screens.registrations.form_steps import STEPS, fields
from app.screens.registrations.step_page import named, readable
from app.screens.registrations.typed import Told, as_text, read, shown
from app.screens.visit import SignedIn
from app.screens.words import N_

router = APIRouter()
CHANGED = ("aanmeldnummer", "vorm", "ritme", "urgentie", "verblijftNu", "moetWegOp",
           "eindeOnbekendOmdat", "nodigVanaf", "verwachteDuurMaanden")  # fmt: skip
# Said anew by the service itself, besides what the form asks.
_NEW = frozenset({*CHANGED, "aangemeldOp"})
ENDED = ("geplaatst", "gesloten", "ingetrokken")
FAMILY_FIRST = Field(
    "huidigGezinEerst",
    N_("Eerst het gezin vragen waar het kind nu woont?"),
    Kind.YES_NO,
    hint=N_(
        "Dat kost geen nieuwe plaats. Het gezin ligt twee weken vast, tot er een antwoord is. "
        "Kiest u niets, dan gebeurt het als de vorm anders wordt en het kind in een gezin woont."
    ),
    may_lack=True,
)
WHY_NOT = Field(
    "redenNietEerst",
    N_("Waarom dat gezin niet eerst?"),
    hint=N_("Alleen bij nee; staat straks bij de geschiedenis van de nieuwe aanmelding."),
    may_lack=True,
)
ASKING = (FAMILY_FIRST, WHY_NOT)


@router.get("/kinderen/{child:uuid}/vervolg", name="follow_up")
async def ask_follow_up(visit: SignedIn, child: UUID) -> Response:
    """Ask what becomes different, and show what goes along."""
    if not visit.may("beginVervolg"):
        raise Refused(403, {})
    found = await visit.api.get(f"/kinderen/{child}")
    return _page(visit, found, _suggested(found))


@router.post("/kinderen/{child:uuid}/vervolg")
async def begin_follow_up(visit: SignedIn, child: UUID) -> Response:
    """Begin the search, and go to the new registration."""
    form = await visit.form()
    told = read(form, [*_parts(), *ASKING])
    body = {name: value for name, value in told.items() if value is not None}
    try:
        made = await visit.api.ask("POST", f"/kinderen/{child}/_vervolg", body=body, once=form.once)
    except Refused as error:
        if error.status not in (400, 409):
            raise
        found = await visit.api.get(f"/kinderen/{child}")
        return _page(visit, found, told, error=error)
    note = N_("Het vervolg is begonnen: er wordt vanaf vandaag gezocht.")
    return visit.go(f"/kinderen/{made.data['id']}", note=visit.say(note))


def _parts() -> list[Field]:
    known = {field.name: field for field in fields()}
    return [known[name] for name in CHANGED]


def _suggested(found: dict[str, Any]) -> Told:
    """Return what is likely: a number that shows that it goes on, and from today."""
    in_crisis_bed = found["stand"] == "geplaatst" and found["vorm"] == "crisis"
    return {
        "aanmeldnummer": next(next_numbers(str(found["aanmeldnummer"]))),
        "ritme": "voltijd",
        "verblijftNu": IN_CRISIS_BED if in_crisis_bed else None,
        "nodigVanaf": today_in_amsterdam().isoformat(),
    }


def _page(
    visit: SignedIn, found: dict[str, Any], told: Told, *, error: Refused | None = None
) -> Response:
    faults = beside(error) if error else None
    names = named(visit)
    return visit.page(
        "registrations/vervolg.html",
        status=error.status if error else 200,
        kind=found,
        leeftijd=age_of(found["geboortedatum"]),
        velden_=_parts(),
        gezin_eerst=ASKING if found["stand"] == "geplaatst" else (),
        waarde=lambda part: as_text(part, told.get(part.name)),
        fouten=faults,
        fout=lambda name: for_field(faults, name),
        namen=names | {part.name: visit.say(part.label) for part in ASKING},
        kan=found["stand"] in ENDED,
        gaat_mee=[(step, facts) for step in STEPS if (facts := _kept(visit, step, found))],
    )


def _kept(visit: SignedIn, step: Step, found: dict[str, Any]) -> list[tuple[str, str]]:
    """Return (label, value) of what a step tells and the new registration tells again."""
    return [
        (part.label, readable(visit, part, shown(found, part.name)))
        for part in step.parts()
        if part.name not in _NEW and shown(found, part.name) not in (None, "", [])
    ]
