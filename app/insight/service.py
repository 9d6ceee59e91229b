"""The figures of a region, made from rows that whoever asks never sees."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from statistics import median
from typing import Any

from sqlalchemy.orm import Session

from app.db.session import as_system
from app.insight.counting import Group, grouped, percentile
from app.insight.periods import Period
from app.insight.plain import plain_name
from app.insight.queries import (
    begun_in,
    centres_of,
    count_drafts,
    ended_in,
    last_run,
    last_run_in,
    placements_in,
    waiting_children,
    without_proposal,
)
from app.insight.schemas import (
    EndedFigures,
    GroupOut,
    HomeFigures,
    MunicipalityOut,
    NoOut,
    PlacedFigures,
    ProposalFigures,
    RegionFigures,
    ShortageFigures,
    ShortageOut,
    WaitingTimes,
)
from app.insight.waiting_queries import waited_children
from app.kernel.ages import age_group, age_in_years
from app.kernel.clock import now
from app.kernel.small_cells import FEW, named_cells, told, told_cells
from app.models import BegunState

Total = Callable[[int], int | None]


def figures_of(
    session: Session, *, period: Period, today: date, is_whole: bool = False, is_past: bool = False
) -> RegionFigures:
    """Return the figures; the route has judged that the asker may have them.

    is_whole: the asker has the list of children, so how many there are in all is told as well.
    is_past: who waits and what is missing are of the end of the period instead of today; for a
    period that is over.
    """
    total = _exactly if is_whole else told
    with as_system(session):
        placed = placements_in(session, period)
        waiting = _waiting(session, period.last if is_past else today, total, is_past=is_past)
        shortages = shortages_of(session, today, within=period if is_past else None)
        put_on_the_map(session, (waiting.by_area, shortages.by_area))
        return RegionFigures(
            made_at=now(),
            first=period.first,
            last=period.last,
            small=FEW,
            waiting=waiting,
            placed=_placed(placed, total),
            home=_home(placed),
            ended=_ended(session, period),
            shortages=shortages,
            proposals=_proposals(session, period, total),
        )


def _exactly(count: int) -> int:
    return count


def _waiting(session: Session, day: date, total: Total, *, is_past: bool) -> WaitingTimes:
    rows = waited_children(session, day) if is_past else waiting_children(session)
    days = [(day - row.since).days for row in rows]
    ages = [age_group(age_in_years(row.born_on, day)) for row in rows]
    return WaitingTimes(
        on_day=day,
        count=total(len(rows)),
        drafts=None if is_past else total(count_drafts(session)),
        median_days=median(days) if len(days) >= FEW else None,
        ninth_decile_days=percentile(days, 0.9) if len(days) >= FEW else None,
        by_form=_groups(zip([row.care_form.value for row in rows], days, strict=True)),
        by_age=_by_name(_groups(zip(ages, days, strict=True))),
        by_urgency=_groups(zip([row.urgency.value for row in rows], days, strict=True)),
        by_area=_waiting_by_area(rows, day),
    )


def _waiting_by_area(rows: Sequence[Any], today: date) -> list[MunicipalityOut]:
    areas = grouped((plain_name(row.municipality), (today - row.since).days) for row in rows)
    return _areas(areas)


def _placed(rows: Sequence[Any], total: Total) -> PlacedFigures:
    waited = [max(0, (row.since - row.waited_from).days) for row in rows]
    return PlacedFigures(
        count=total(len(rows)),
        median_waited_days=median(waited) if len(waited) >= FEW else None,
        by_form=_groups(zip([row.care_form.value for row in rows], waited, strict=True)),
    )


def _home(rows: Sequence[Any]) -> HomeFigures:
    near = _parts(row.own_municipality for row in rows)
    together = _parts(row.together for row in rows)
    return HomeFigures(
        own_municipality=near[True],
        elsewhere=near[False],
        in_network=_parts(bool(row.in_network) for row in rows)[True],
        siblings_together=together[True],
        siblings_apart=together[False],
    )


def _ended(session: Session, period: Period) -> EndedFigures:
    rows = ended_in(session, period)
    early = _parts((row.until - row.since).days < 365 for row in rows)
    return EndedFigures(count=told(len(rows)), within_year=early[True])


def shortages_of(session: Session, today: date, *, within: Period | None = None) -> ShortageFigures:
    """Return which families are missing by the last run; the caller acts as the system.

    within: by the last run of that period, of all for whom it had nobody, as on its day.
    """
    run = last_run(session) if within is None else last_run_in(session, within)
    if run is None:
        return ShortageFigures(on_day=None, policy=None, count=None, groups=[], by_area=[])
    day = today if within is None else run.snapshot_day
    rows = without_proposal(session, run.id, still_waiting=within is None)
    cells = Counter(
        (row.care_form.value, age_group(age_in_years(row.born_on, day))) for row in rows
    )
    shown = named_cells(dict(sorted(cells.items())))
    return ShortageFigures(
        on_day=run.snapshot_day,
        policy=run.policy_name,
        count=told(len(rows)),
        groups=[
            ShortageOut(form=form, age=age, count=shown[form, age])
            for form, age in sorted(shown, key=lambda cell: (-(shown[cell] or 0), cell))
        ],
        by_area=_waiting_by_area(rows, day),
    )


def _proposals(session: Session, period: Period, total: Total) -> ProposalFigures:
    rows = begun_in(session, period)
    counted = Counter(row.state for row in rows)
    states = told_cells({state: counted[state] for state in BegunState})
    said = Counter(
        (row.no_by.value, row.decline_reason.value if row.decline_reason else "niet vastgelegd")
        for row in rows
        if row.state is BegunState.NO
    )
    # Where how often it was a no is hidden, the reasons would add up to it.
    is_told = states[BegunState.NO] is not None
    given = named_cells(dict(sorted(said.items()))) if is_told else {}
    return ProposalFigures(
        begun=total(len(rows)),
        first_choice=_parts(row.is_first_choice for row in rows)[True],
        placed=states[BegunState.PLACED],
        running=states[BegunState.RUNNING],
        declined=states[BegunState.NO],
        expired=states[BegunState.EXPIRED],
        reasons=[
            NoOut(by=by, reason=reason, count=given[by, reason])
            for by, reason in sorted(given, key=lambda no: (-(given[no] or 0), no))
        ],
    )


def _parts(answers: Iterable[bool | None]) -> dict[bool | None, int | None]:
    """Return how many say yes, no and nothing, as far as that may be told."""
    counted = Counter(answers)
    return told_cells({answer: counted[answer] for answer in (True, False, None)})


def _groups(pairs: Iterable[tuple[str, float]]) -> list[GroupOut]:
    return [_out(group) for group in grouped(pairs)]


def _out(group: Group) -> GroupOut:
    return GroupOut(name=group.name, count=group.count, median_days=group.median_days)


def _by_name(groups: list[GroupOut]) -> list[GroupOut]:
    return sorted(groups, key=lambda group: int(group.name.split("–")[0].rstrip("+")))


def _areas(groups: Sequence[Group]) -> list[MunicipalityOut]:
    return [
        MunicipalityOut(
            name=group.name, count=group.count, median_days=group.median_days, lat=None, lon=None
        )
        for group in groups
    ]


def put_on_the_map(session: Session, lists: Iterable[list[MunicipalityOut]]) -> None:
    """Give the municipalities of all lists their middle; asked once."""
    areas = [area for areas in lists for area in areas]
    centres = centres_of(session, {area.name for area in areas})
    for area in areas:
        area.lat, area.lon = centres.get(area.name, (None, None))
