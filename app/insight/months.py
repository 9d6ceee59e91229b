"""What the region has, kept month by month: a report of a year that is over can still tell it."""

import json
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date

from pydantic import ValidationError
from sqlalchemy import select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from app.http.schema import Schema
from app.http.told_figures import RecruitmentFigures, StrainFigures
from app.insight.capacity_queries import active_families
from app.insight.month_schemas import MonthState, PlacesMonth, YearEnd
from app.insight.periods import Period, month_name
from app.insight.places_board import places_of_day
from app.insight.prevention_queries import families_for_respite
from app.insight.queries import count_drafts
from app.kernel.clock import now
from app.kernel.small_cells import FEW, told
from app.log.events import Event
from app.log.foreign import kind_of, where_of
from app.log.write import log
from app.models import RegionMonth

# What another slice tells of a day: by session, the day and what was kept before, if anything.
Part = Callable[[Session, date, MonthState | None], Schema | None]
Parts = Mapping[str, Part]
_PARTS: Mapping[str, type[Schema]] = {
    "watched": StrainFigures,
    "recruitment": RecruitmentFigures,
}
_COUNTS = ("count", "in_use", "held", "free", "not_now")


@dataclass(frozen=True, slots=True)
class Kept:
    """What was kept of a month, and of which day of it."""

    on_day: date
    state: MonthState


def keep_month(session: Session, *, today: date, parts: Parts | None = None) -> list[str]:
    """Keep what the region has today as the state of this month; return what could not be told.

    The session is the worker's. parts: of other slices, by the name of their field of MonthState.
    Of one that fails what was kept before stays. Raises what a retry may mend.
    """
    before = _kept_before(session, today)
    failed: list[str] = []
    state = MonthState(
        places=places_of_day(session, today),
        families=told(active_families(session)),
        respite_families=told(families_for_respite(session, today)),
        drafts=told(count_drafts(session)),
    )
    for name, part in (parts or {}).items():
        try:
            with session.begin_nested():
                setattr(state, name, part(session, today, before))
        except OperationalError:
            raise
        except Exception as error:  # noqa: BLE001  (whatever it is, the others are kept)
            log(Event.BOARD_FAILED, board=name, error=kind_of(error), where=where_of(error))
            setattr(state, name, getattr(before, name) if before else None)
            failed.append(name)
    month = today.replace(day=1)
    session.merge(
        RegionMonth(month=month, on_day=today, made_at=now(), state=state.model_dump_json())
    )
    return failed


def _kept_before(session: Session, today: date) -> MonthState | None:
    """Return what was kept last in this year, with the last brief of it; None: nothing.

    Of an earlier month without its watch list, which is of that day.
    """
    month = today.replace(day=1)
    kept = kept_months(session, Period(date(today.year, 1, 1), today))[::-1]
    if not kept:
        return None
    last = kept[0]
    brief = next((one.state.recruitment for one in kept if one.state.recruitment), None)
    watched = last.state.watched if last.on_day >= month else None
    return last.state.model_copy(update={"recruitment": brief, "watched": watched})


def kept_months(session: Session, period: Period) -> list[Kept]:
    """Return what was kept in a period, month by month; the caller acts as the system."""
    rows = session.scalars(
        select(RegionMonth)
        .where(RegionMonth.on_day.between(period.first, period.last))
        .order_by(RegionMonth.month)
    )
    found = [(row.on_day, _read(row)) for row in rows]
    return [Kept(on_day, state) for on_day, state in found if state is not None]


def tell_months(kept: list[Kept]) -> list[PlacesMonth]:
    """Return the places and families of each month that was kept, in fives.

    Beside the families that came and went the exact ones would tell how many, also where that is
    hidden.
    """
    return [
        PlacesMonth(
            month=month_name(one.on_day),
            on_day=one.on_day,
            families=_in_fives(one.state.families),
            **{name: _in_fives(getattr(one.state.places.total, name)) for name in _COUNTS},
        )
        for one in kept
    ]


def _in_fives(count: int | None) -> int | None:
    return None if count is None else FEW * round(count / FEW)


def tell_end(kept: Kept) -> YearEnd:
    """Return what was kept of the end of a year beside its places."""
    return YearEnd(
        on_day=kept.on_day, watched=kept.state.watched, recruitment=kept.state.recruitment
    )


def _read(row: RegionMonth) -> MonthState | None:
    """Return what a row tells; None where another version wrote it so that this cannot read it.

    A part that cannot be read takes the places not along.
    """
    written = json.loads(row.state)
    alias_of = {name: field.alias for name, field in MonthState.model_fields.items()}
    own = {alias for name, alias in alias_of.items() if name not in _PARTS}
    try:
        state = MonthState.model_validate({at: told for at, told in written.items() if at in own})
    except ValidationError as error:
        log(Event.BOARD_FAILED, board="maandstand", error=kind_of(error), where=where_of(error))
        return None
    for name, kind in _PARTS.items():
        part = written.get(alias_of[name])
        if part is not None:
            with suppress(ValidationError):
                setattr(state, name, kind.model_validate(part))
    return state
