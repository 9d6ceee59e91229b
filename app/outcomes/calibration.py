"""The calibration board: chances that were stated when placements began, against what was seen."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import numpy as np
from sqlalchemy.orm import Session

from app.db.session import as_system
from app.kernel.small_cells import FEW, SMALLEST, named_cells
from app.matching.problem import Bools, Ints
from app.outcomes.calibration_schemas import AlarmOut, CalibratedGroup, CalibrationOut, OverallOut
from app.outcomes.calibration_words import show_criterion, show_drift, state_sentence
from app.outcomes.criterion import Criterion, load_criterion
from app.outcomes.drift import find_drift
from app.outcomes.measures import measure
from app.outcomes.queries import alarms_of, outcome_rows
from app.outcomes.schemas import Interval, LeftOutOut
from app.outcomes.stated import Stated, stated_of
from app.outcomes.survival import Estimate, broken_share, ratio
from app.outcomes.version_of import shapes_of
from app.weights_in_force import standing_of_weights

TENTHS = 10


def show_calibration(session: Session, *, today: date) -> CalibrationOut:
    """Return the board; the route has judged that the asker may see figures of all."""
    with as_system(session):
        rows = outcome_rows(session)
        shapes = shapes_of(session, {row.weights_version or "" for row in rows})
        standing = standing_of_weights(session)
        alarms = alarms_of(session)
    stated, left_out, without = stated_of(rows, today=today, shapes=shapes)
    criterion = load_criterion()
    overall = _overall(stated, without)
    return CalibrationOut(
        on_day=today,
        is_enough=is_enough(stated, criterion),
        state=state_sentence(stated, criterion),
        chances_off=standing.chances_off,
        smallest=SMALLEST,
        overall=overall,
        left_out=LeftOutOut.model_validate(left_out.told()),
        by_chance=_tenths(stated),
        by_half_year=_groups(stated, [_half_year(day) for day in stated.began.astype(object)]),
        by_provider=_groups(stated, stated.provider),
        by_form=_groups(stated, stated.form),
        drift=show_drift(find_drift(stated, criterion, today=today), criterion),
        criterion=show_criterion(overall, criterion, is_enough=is_enough(stated, criterion)),
        alarms=[
            AlarmOut(kind=one.kind, since=one.since, last_on=one.last_on, until=one.until)
            for one in alarms
        ],
    )


def is_enough(stated: Stated, criterion: Criterion) -> bool:
    """Return whether there are outcomes enough to say that chances are right or wrong."""
    broke = int(stated.broke.sum())
    return min(broke, len(stated) - broke) >= criterion.enough


def _half_year(day: date) -> str:
    return f"{day.year}, {'eerste' if day.month < 7 else 'tweede'} halfjaar"


def _tenths(stated: Stated) -> list[CalibratedGroup]:
    """Return placements by stated chance in ten equal groups, or in fewer of ten or more."""
    number = min(TENTHS, len(stated) // SMALLEST)
    if not number:
        return []
    order = np.argsort(stated.chance, kind="stable")
    parts = enumerate(np.array_split(order, number), start=1)
    return [_group(stated, f"{at}", part) for at, part in parts]


def _groups(stated: Stated, names: Sequence[str]) -> list[CalibratedGroup]:
    given = np.array(names)
    counts = {name: names.count(name) for name in sorted(set(names))}
    nothing = {"placements": None, "followed": None, "predicted": None, "observed": None}
    return [
        CalibratedGroup(name=name, **nothing, ratio=None)
        if count is None
        else _group(stated, name, given == name)
        for name, count in named_cells(counts, smallest=SMALLEST).items()
    ]


def _group(stated: Stated, name: str, rows: Ints | Bools) -> CalibratedGroup:
    broke = stated.broke[rows]
    return CalibratedGroup(
        name=name,
        placements=len(broke),
        **_beside(stated, rows),
        ratio=_interval(ratio(int(broke.sum()), float(stated.expected[rows].sum()))),
    )


def _beside(stated: Stated, rows: Ints | Bools | slice) -> dict[str, Any]:
    """Return what was stated and what was seen of the very same placements, over the same time.

    Those whose horizon has passed; how many is told in fives, as beside the curves of the region,
    so that it tells of nobody who came since.
    """
    due = stated.due[rows]
    found = broken_share(stated.time[rows], stated.broke[rows], due)
    followed = int(due.sum())
    return {
        "followed": followed - followed % FEW,
        "predicted": round(float(stated.chance[rows][due].mean()), 4) if found else None,
        "observed": _interval(found),
    }


def _overall(stated: Stated, without: int) -> OverallOut:
    found = measure(stated)
    return OverallOut(
        placements=len(stated),
        breakdowns=int(stated.broke.sum()),
        without_chance=without,
        **_beside(stated, slice(None)),
        expected=round(float(stated.expected.sum()), 2),
        ratio=_interval(ratio(int(stated.broke.sum()), float(stated.expected.sum()))),
        slope=_interval(found.slope),
        concordance=_interval(found.concordance),
        brier=found.brier,
        brier_base=found.brier_base,
    )


def _interval(found: Estimate | None) -> Interval | None:
    if found is None:
        return None
    value, low, high = (round(number, 4) for number in (found.value, found.low, found.high))
    return Interval(value=value, low=low, high=high)
