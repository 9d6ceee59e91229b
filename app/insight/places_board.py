"""Places and carers of the region: what is there, what is missing, who came and went."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from app.insight.board_schemas import CarerBoard, CarersOut, PlacesBoard, PlacesOut
from app.insight.capacity_queries import (
    CarerStep,
    PlaceState,
    carers_by_month,
    places_now,
    status_known_since,
)
from app.insight.counting import hidden_table
from app.insight.month_schemas import PlacesThen
from app.insight.periods import Period, month_name, months_in
from app.insight.plain import plain_name
from app.insight.schemas import ShortageFigures
from app.insight.service import put_on_the_map, shortages_of
from app.kernel.ages import AGES, groups_between
from app.kernel.clock import now
from app.kernel.small_cells import FEW, told, told_cells
from app.kernel.words import CareForm

OTHER_AREAS = "overige gemeenten"
_ALL = "alle"
_UNKNOWN = [
    "Wanneer een gezin bij zijn aanbieder begon: 'nieuw' is de maand waarin deze dienst het gezin "
    "voor het eerst kreeg. De eerste levering van een aanbieder telt dus in één maand.",
    "Waarom een gezin stopte.",
]
_States = Mapping[PlaceState, int | None]


def places_board(
    session: Session, *, period: Period, today: date, shortages: ShortageFigures | None = None
) -> PlacesBoard:
    """Return the board; the caller acts as the system. Places are those of today.

    shortages: where they are known already, on the map.
    """
    if shortages is None:
        shortages = shortages_of(session, today)
        put_on_the_map(session, (shortages.by_area,))
    return with_places(
        session, period=period, shortages=shortages, day=today, places=places_of_day(session, today)
    )


def with_places(
    session: Session,
    *,
    period: Period,
    shortages: ShortageFigures,
    day: date | None,
    places: PlacesThen,
) -> PlacesBoard:
    """Return the board of a period with the places of a day; None and `no_places`: not kept."""
    return PlacesBoard(
        first=period.first,
        last=period.last,
        on_day=day,
        made_at=now(),
        total=places.total,
        by_form=places.by_form,
        by_age=places.by_age,
        by_area=places.by_area,
        shortages=shortages,
        carers=carer_board(session, period),
    )


def places_of_day(session: Session, today: date) -> PlacesThen:
    """Return the places of today as a board tells them; the caller acts as the system."""
    places = places_now(session, today)
    areas = _areas(places.areas)
    whole: Counter[PlaceState] = Counter()
    for (_, state), count in areas.items():
        whole[state] += count
    total = told_cells({state: whole[state] for state in PlaceState})
    return PlacesThen(
        total=_out(_ALL, told(whole.total()), total),
        by_form=_by_form(places.forms),
        by_age=_by_age(places.ages),
        by_area=_by_area(areas, {state for state in PlaceState if total[state] is None}),
    )


def no_places() -> PlacesThen:
    """Return what is told of the places of a day of which nothing was kept."""
    nothing = _out(_ALL, None, dict.fromkeys(PlaceState))
    return PlacesThen(total=nothing, by_form=[], by_age=[], by_area=[])


def _by_form(places: Sequence[Any]) -> list[PlacesOut]:
    """Return the places of each form; one for two forms stands with both."""
    found: dict[str, Counter[PlaceState]] = defaultdict(Counter)
    for forms, state, count in places:
        for form in forms:
            found[form][state] += count
    return _groups({form.value: found[form] for form in CareForm})


def _by_age(places: Sequence[Any]) -> list[PlacesOut]:
    found: dict[str, Counter[PlaceState]] = defaultdict(Counter)
    for youngest, oldest, state, count in places:
        for group in groups_between(youngest, oldest):
            found[group][state] += count
    return _groups({name: found[name] for name, _ in AGES})


def _groups(found: Mapping[str, Counter[PlaceState]]) -> list[PlacesOut]:
    """Return the places of each group; where how many is hidden, its states would add up to it.

    Also a group of none, where so few places are there that they would be known to be elsewhere.
    """
    totals = told_cells({name: states.total() for name, states in found.items()})
    return [
        _out(
            name,
            totals[name],
            dict.fromkeys(PlaceState)
            if totals[name] is None
            else told_cells({state: states[state] for state in PlaceState}),
        )
        for name, states in found.items()
    ]


def _areas(places: Sequence[Any]) -> Counter[tuple[str, PlaceState]]:
    """Return counts by municipality and state; those with few places are told as one."""
    found: Counter[tuple[str, PlaceState]] = Counter()
    for name, state, count in places:
        found[plain_name(name), state] += count
    totals: Counter[str] = Counter()
    for (name, _), count in found.items():
        totals[name] += count
    few = {name for name, count in totals.items() if count < FEW}
    if few and sum(totals[name] for name in few) < FEW and len(totals) > len(few):
        few.add(min(totals.keys() - few, key=lambda name: (totals[name], name)))
    merged: Counter[tuple[str, PlaceState]] = Counter()
    for (name, state), count in found.items():
        merged[OTHER_AREAS if name in few else name, state] += count
    return merged


def _by_area(
    areas: Counter[tuple[str, PlaceState]], away: Collection[PlaceState]
) -> list[PlacesOut]:
    """Return the places of each municipality; away: states of which the total is not told."""
    names = {name for name, _ in areas}
    cells = hidden_table({(n, s): areas[n, s] for n in sorted(names) for s in PlaceState}, away)
    totals = {name: sum(areas[name, state] for state in PlaceState) for name in names}
    order = sorted(names, key=lambda name: (name == OTHER_AREAS, -totals[name], name))
    return [
        _out(name, told(totals[name]), {s: cells[name, s] for s in PlaceState}) for name in order
    ]


def _out(name: str, count: int | None, shown: _States) -> PlacesOut:
    return PlacesOut(
        name=name,
        count=count,
        in_use=shown[PlaceState.IN_USE],
        held=shown[PlaceState.HELD],
        free=shown[PlaceState.FREE],
        not_now=shown[PlaceState.NOT_NOW],
    )


def carer_board(session: Session, period: Period) -> CarerBoard:
    """Return which families came, paused and went; the caller acts as the system."""
    found = {(month, step): count for month, step, count in carers_by_month(session, period)}
    months = [month_name(month.last) for month in months_in(period)]
    shown = {
        step: told_cells({month: found.get((month, step), 0) for month in months})
        for step in CarerStep
    }
    whole = {step: sum(found.get((month, step), 0) for month in months) for step in CarerStep}
    return CarerBoard(
        months=[
            _steps(month, {step: shown[step][month] for step in CarerStep}) for month in months
        ],
        total=_steps("totaal", {step: told(count) for step, count in whole.items()}),
        known_since=status_known_since(session),
        unknown=_UNKNOWN,
    )


def _steps(month: str, counts: Mapping[CarerStep, int | None]) -> CarersOut:
    return CarersOut(
        month=month,
        new=counts[CarerStep.NEW],
        paused=counts[CarerStep.PAUSED],
        resumed=counts[CarerStep.RESUMED],
        stopped=counts[CarerStep.STOPPED],
        moved=counts[CarerStep.MOVED],
    )
