"""The boards of the region: under which name each stands ready, and who counts it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from sqlalchemy.orm import Session

from app.db.session import as_system
from app.http.figure_period import asked_days
from app.http.ready_answers import Counted
from app.insight.board_schemas import (
    CountryBoard,
    PlacementBoard,
    PlacesBoard,
    PreventionBoard,
    WaitingBoard,
)
from app.insight.periods import Period
from app.insight.placed_board import placement_board
from app.insight.places_board import places_board
from app.insight.prevention_board import prevention_board
from app.insight.schemas import RegionFigures
from app.insight.service import figures_of
from app.insight.waiting_board import waiting_board
from app.insight.yearly import beside_country, period_of, yearly_report
from app.insight.yearly_schemas import YearlyReport
from app.kernel.actor import ActorRole
from app.models import KeptBoardName

Figures = TypeVar("Figures", bound=Counted)
_Told_co = TypeVar("_Told_co", bound=Counted, covariant=True)


@dataclass(frozen=True, slots=True)
class Board(Generic[_Told_co]):
    """A board of one period; count: it by session, period and the day of today."""

    name: KeptBoardName
    kind: type[_Told_co]
    count: Callable[[Session, Period, date], _Told_co]


def _region(session: Session, period: Period, today: date) -> RegionFigures:
    return figures_of(session, period=period, today=today, is_whole=True)


def _without_list(session: Session, period: Period, today: date) -> RegionFigures:
    return figures_of(session, period=period, today=today)


def _waiting(session: Session, period: Period, today: date) -> WaitingBoard:  # noqa: ARG001
    with as_system(session):
        return waiting_board(session, period=period)


def _placements(session: Session, period: Period, today: date) -> PlacementBoard:
    with as_system(session):
        return placement_board(session, period=period, today=today)


def _places(session: Session, period: Period, today: date) -> PlacesBoard:
    with as_system(session):
        return places_board(session, period=period, today=today)


def _prevention(session: Session, period: Period, today: date) -> PreventionBoard:
    with as_system(session):
        return prevention_board(session, period=period, today=today)


def _country(session: Session, period: Period, today: date) -> CountryBoard:
    return beside_country(session, period=period, today=today)


def _year(session: Session, period: Period, today: date) -> YearlyReport:
    return yearly_report(session, year=period.first.year, today=today)


REGION = Board(KeptBoardName.REGION, RegionFigures, _region)
# For who has no list of children: how many there are in all is left out too where it is small.
REGION_WITHOUT_LIST = Board(KeptBoardName.REGION_WITHOUT_LIST, RegionFigures, _without_list)
WAITING = Board(KeptBoardName.WAITING, WaitingBoard, _waiting)
PLACEMENTS = Board(KeptBoardName.PLACEMENTS, PlacementBoard, _placements)
PLACES = Board(KeptBoardName.PLACES, PlacesBoard, _places)
PREVENTION = Board(KeptBoardName.PREVENTION, PreventionBoard, _prevention)
COUNTRY = Board(KeptBoardName.COUNTRY, CountryBoard, _country)
YEAR = Board(KeptBoardName.YEAR, YearlyReport, _year)

_OF_BOTH = (WAITING, PLACEMENTS, PLACES, PREVENTION, COUNTRY)


def asked_first(today: date) -> Iterator[tuple[Board[Counted], Period]]:
    """Yield what pages show first: of last year, by day and in whole months; and two years.

    On the first of a month these two periods are one.
    """
    by_day, in_months = (
        Period(*asked_days(role, None, None)) for role in (ActorRole.COORDINATOR, ActorRole.MANAGER)
    )
    yield REGION, by_day
    yield REGION_WITHOUT_LIST, in_months
    for period in dict.fromkeys((by_day, in_months)):
        yield from ((board, period) for board in _OF_BOTH)
    yield from ((YEAR, period_of(year, today)) for year in (today.year, today.year - 1))
