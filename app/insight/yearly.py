"""The yearly report: every board over one year, with what the figures mean."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from sqlalchemy.orm import Session

from app.db.session import as_system
from app.insight.board_schemas import CountryBoard, PlacesBoard
from app.insight.breakdown_board import long_term_share
from app.insight.capacity_queries import active_families, stopped_in
from app.insight.country import THREE_YEARS, Boards, country_board
from app.insight.months import Kept, kept_months, tell_end, tell_months
from app.insight.periods import Period
from app.insight.placed_board import placement_board
from app.insight.placed_queries import family_rungs
from app.insight.places_board import no_places, places_board, with_places
from app.insight.prevention_board import prevention_board
from app.insight.progress import show_progress
from app.insight.schemas import ShortageFigures
from app.insight.service import figures_of, shortages_of
from app.insight.waiting_board import waiting_board, waiting_by_municipality
from app.insight.yearly_schemas import Definition, YearlyReport
from app.kernel.errors import InputRefused
from app.kernel.small_cells import FEW, told

DEFINITIONS = Path(__file__).with_name("definities.toml")
FIRST_YEAR = 2000


def yearly_report(session: Session, *, year: int, today: date) -> YearlyReport:
    """Return the report of a year; of the year that runs until today, as provisional.

    Raises InputRefused for a year that has not begun. Of a year that is over everything is of its
    end: who waits and what is missing are counted, and places, families, the watch list and the
    recruitment brief are those that were kept (months.py); None where nothing was.
    """
    period = period_of(year, today)
    is_past, running = period.last < today, today.replace(day=1)
    figures = figures_of(session, period=period, today=today, is_past=is_past)
    with as_system(session):
        months = [one for one in kept_months(session, period) if one.on_day < running]
        prevention = prevention_board(session, period=period, today=today)
        end = months[-1] if is_past and months else None
        if is_past:
            places = _places_then(session, period, figures.shortages, end)
            figures.waiting.drafts = end.state.drafts if end else None
            prevention.respite.families = end.state.respite_families if end else None
            families = end.state.families if end else None
        else:
            places = places_board(session, period=period, today=today, shortages=figures.shortages)
            families = told(active_families(session))
        known = _Known(places.shortages.count, places.carers.total.stopped, families)
        boards = _boards(session, period, today, known)
    return YearlyReport(
        year=year,
        first=period.first,
        last=period.last,
        made_on=today,
        made_at=places.made_at,
        is_provisional=period.last < date(year, 12, 31),
        small=FEW,
        definitions=list(definitions()),
        figures=figures,
        waiting=boards.waiting,
        placements=boards.placements,
        places=places,
        months=tell_months(months),
        end=tell_end(end) if end else None,
        prevention=prevention,
        country=country_board(boards),
        survey=show_progress(session),
    )


def _places_then(
    session: Session, period: Period, shortages: ShortageFigures, end: Kept | None
) -> PlacesBoard:
    """Return the board of a year that is over, with the places that were kept at its end."""
    return with_places(
        session,
        period=period,
        shortages=shortages,
        day=end.on_day if end else None,
        places=end.state.places if end else no_places(),
    )


def period_of(year: int, today: date) -> Period:
    """Return the days of a year until today; raises InputRefused for one that has not begun."""
    if not FIRST_YEAR <= year <= today.year:
        raise InputRefused(f"jaar: kies een jaar van {FIRST_YEAR} tot en met {today.year}.")
    return Period(date(year, 1, 1), min(date(year, 12, 31), today))


def beside_country(session: Session, *, period: Period, today: date) -> CountryBoard:
    """Return the region's figures of a period beside those of the country."""
    with as_system(session):
        known = _Known(
            shortages_of(session, today).count,
            told(stopped_in(session, period)),
            told(active_families(session)),
        )
        return country_board(_boards(session, period, today, known))


@dataclass(frozen=True, slots=True)
class _Known:
    """What the country needs of the other boards, which need not be made for that."""

    missing: int | None
    stopped: int | None
    families: int | None


def _boards(session: Session, period: Period, today: date, known: _Known) -> Boards:
    return Boards(
        waiting=waiting_board(session, period=period),
        placements=placement_board(session, period=period, today=today),
        missing=known.missing,
        stopped=known.stopped,
        living=told(sum(rung.running for rung in family_rungs(session, period))),
        by_area=waiting_by_municipality(session, period.last),
        families=known.families,
        long_term_kept=long_term_share(session, last=period.last, today=today, month=THREE_YEARS),
    )


@cache
def definitions() -> Sequence[Definition]:
    """Return what each figure means, as the file says it."""
    read = tomllib.loads(DEFINITIONS.read_text("utf-8"))["definities"]
    return [Definition(term=one["begrip"], meaning=one["uitleg"]) for one in read]
