"""What the region has, kept month by month: a report of a year that is over can still tell it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from pydantic import ValidationError
from sqlalchemy import select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from app.http.schema import Schema
from app.insight.capacity_queries import active_families
from app.insight.month_schemas import MonthState, PlacesMonth, YearEnd
from app.insight.periods import Period, month_name
from app.insight.places_board import places_of_day
from app.insight.prevention_queries import families_for_respite
from app.insight.queries import count_drafts
from app.kernel.clock import now
from app.kernel.small_cells import told
from app.log.events import Event
from app.log.foreign import kind_of, where_of
from app.log.write import log
from app.models import RegionMonth

# What another slice tells of a day: by session, the day and what was kept before, if anything.
Part = Callable[[Session, date, MonthState | None], Schema | None]
Parts = Mapping[str, Part]


@dataclass(frozen=True, slots=True)
class Kept:
    """What was kept of a month, and of which day of it."""

    on_day: date
    state: MonthState


def keep_month(session: Session, *, today: date, parts: Parts | None = None) -> list[str]:
    """Keep what the region has today as the state of this month; return what could not be told.

    The session is the worker's. parts: of other slices, by the name of their field of MonthState.
    One that fails is left out, and of none is it said that there was nothing. Raises what a retry
    may mend.
    """
    month = today.replace(day=1)
    row = session.get(RegionMonth, month)
    before = None if row is None else _read(row)
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
            failed.append(name)
    session.merge(
        RegionMonth(month=month, on_day=today, made_at=now(), state=state.model_dump_json())
    )
    return failed


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
    """Return the places and families of each month that was kept."""
    return [
        PlacesMonth(
            month=month_name(one.on_day),
            on_day=one.on_day,
            families=one.state.families,
            **{name: getattr(one.state.places.total, name)
               for name in ("count", "in_use", "held", "free", "not_now")},
        )
        for one in kept
    ]  # fmt: skip


def tell_end(kept: Kept) -> YearEnd:
    """Return what was kept of the end of a year beside its places."""
    return YearEnd(
        on_day=kept.on_day, watched=kept.state.watched, recruitment=kept.state.recruitment
    )


def _read(row: RegionMonth) -> MonthState | None:
    try:
        return MonthState.model_validate_json(row.state)
    except ValidationError as error:  # of a newer version: left as it is, and said in the log
        log(Event.BOARD_FAILED, board="maandstand", error=kind_of(error), where=where_of(error))
        return None
