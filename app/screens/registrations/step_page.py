"""One step of the form as a page: of a draft, or of a registration that is filled in further."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from fastapi.responses import HTMLResponse

from app.screens import moments
from app.screens.registrations import choices
from app.screens.registrations.faults import for_field
from app.screens.registrations.fields import Field, Kind, Part, Rows, Step
from app.screens.registrations.form_steps import BSN, STEPS, labels, step_of, words_of
from app.screens.registrations.typed import Told, as_text, shown
from app.screens.visit import SignedIn


@dataclass(frozen=True, slots=True)
class StepPage:
    """What a step shows. base: the address before the step; etag: the version it was made from.

    theirs: what somebody else made of it meanwhile.
    """

    step: Step
    base: str
    told: Mapping[str, Any]
    etag: str | None
    title: str
    bsn_known: bool = False
    missing: Sequence[Mapping[str, Any]] = ()
    doubles: Sequence[Mapping[str, Any]] = ()
    hidden: frozenset[str] = field(default_factory=frozenset)
    faults: Mapping[str, Any] | None = None
    theirs: Mapping[str, Any] | None = None
    is_new: bool = False


def show_step(visit: SignedIn, page: StepPage, *, status: int = 200) -> HTMLResponse:
    """Return the page of a step."""
    return visit.page(
        "registrations/stap.html",
        status=status,
        p=page,
        stappen=[(step, open_in(step, page.missing)) for step in STEPS],
        ontbreekt=[one for one in page.missing if step_of(one["veld"]) is page.step],
        nodig=choices.NEEDS,
        gronden=choices.GROUNDS,
        namen=named(visit),
        waarde=lambda part: as_text(part, shown(page.told, part.name)),
        rijen=lambda rows: rows_of(rows, page.told),
        tekst=as_text,
        fout=lambda name: for_field(page.faults, name),
        bsn=BSN,
        is_rijen=lambda part: isinstance(part, Rows),
        verschil=difference(visit, page) if page.theirs is not None else None,
    )


def open_in(step: Step, missing: Sequence[Mapping[str, Any]]) -> int:
    """Return how much a step still misses that is needed to search."""
    needed = (one["veld"] for one in missing if one["nodigVoor"] == "zoeken")
    return sum(step_of(name) is step for name in needed)


def named(visit: SignedIn) -> dict[str, str]:
    """Return how fields are called in the language of the visit."""
    return {name: visit.say(label) for name, label in labels().items()}


def rows_of(rows: Rows, told: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Return the rows that are there, and an empty one."""
    return [*(shown(told, rows.name) or ()), {}]


def difference(visit: SignedIn, page: StepPage) -> tuple[dict[str, str], dict[str, str]]:
    """Return what was typed and what stands there now, as people read it."""
    parts = list(page.step.parts())
    mine = {part.name: readable(visit, part, shown(page.told, part.name)) for part in parts}
    now = page.theirs or {}
    return mine, {part.name: readable(visit, part, shown(now, part.name)) for part in parts}


def readable(visit: SignedIn, part: Part, value: Any) -> str:
    """Return a value of the API in words."""
    if value in (None, "", []):
        return "–"
    if isinstance(part, Field) and part.kind is Kind.DAY:
        return _day(visit, value)
    if isinstance(part, Rows):
        return "; ".join(
            ", ".join(readable(visit, f, row[f.name]) for f in part.fields if f.name in row)
            for row in value
        )
    words = {**dict(choices.YES_NO), **words_of(part)}
    values = value if isinstance(value, list) else [as_text(part, value)]
    return ", ".join(
        visit.say(words[str(one)]) if str(one) in words else str(one) for one in values
    )


def _day(visit: SignedIn, value: Any) -> str:
    try:
        return moments.in_short(str(value), visit.language)
    except ValueError:
        return str(value)  # typed as no day is


def merged(stored: Told, typed: Told) -> Told:
    """Return what is stored with what was typed in its place; what is empty is left out."""
    return {name: value for name, value in {**stored, **typed}.items() if value is not None}
