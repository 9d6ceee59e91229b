"""The ladder and JIM in numbers: how often and why, and nothing that points at somebody."""

from collections import Counter
from collections.abc import Iterable
from datetime import date

from sqlalchemy.orm import Session

from app.db.session import as_system
from app.kernel.ages import age_group, age_in_years
from app.kernel.ladder import MentorResult
from app.kernel.small_cells import named_cells, told
from app.ladder.assumptions import load_assumption
from app.ladder.network_queries import asked_in, mentor_results
from app.ladder.network_schemas import AskedCount, MentorFigures
from app.ladder.queries import count_stays, steps_in
from app.ladder.schemas import LadderCount, LadderFigures


def ladder_figures(session: Session, first: date, last: date) -> LadderFigures:
    """Return the steps of a period; the caller has judged that the asker may see figures."""
    with as_system(session):
        rows, stays = steps_in(session, first, last), count_stays(session)
    return LadderFigures(
        first=first,
        last=last,
        steps=told(len(rows)),
        stays=told(stays),
        by_rung=_counted(row.rung.value for row in rows),
        by_reason=_counted(row.reason.value for row in rows),
        by_form=_counted(row.care_form.value for row in rows),
        by_age=_counted(age_group(age_in_years(row.born_on, row.day)) for row in rows),
    )


def mentor_figures(session: Session, first: date, last: date) -> MentorFigures:
    """Return JIM cases that began in a period, with what they may have prevented."""
    with as_system(session):
        results = dict(map(tuple, mentor_results(session, first, last)))
        asked = asked_in(session, first, last)
    were_asked = told(sum(number for _, _, number in asked))
    assumed = load_assumption()
    is_told = told(sum(results.values())) is not None  # of a few cases nothing, also no zero
    running, home, left = (
        told(results.get(result, 0)) if is_told else None
        for result in (MentorResult.RUNNING, MentorResult.STAYED_HOME, MentorResult.LEFT_HOME)
    )
    share = round(100 * assumed.share)
    estimate, low, high = (
        round(home * part, 1) if home else None
        for part in (assumed.share, assumed.low, assumed.high)
    )
    return MentorFigures(
        first=first,
        last=last,
        running=running,
        stayed_home=home,
        left_home=left,
        estimate=estimate,
        estimate_low=low,
        estimate_high=high,
        assumption=(
            f"Aanname: van wie met een JIM thuis bleef, was {share}% anders uit huis gegaan "
            f"(tussen {round(100 * assumed.low)}% en {round(100 * assumed.high)}%)."
        ),
        source=assumed.source,
        uncertainty=assumed.uncertainty,
        assumed_from=assumed.valid_from,
        asked=[
            AskedCount(purpose=purpose.value, answer=answer.value, number=told(number))
            for purpose, answer, number in sorted(asked, key=lambda row: (row[0], row[1]))
            if were_asked
        ],
    )


def _counted(names: Iterable[str]) -> list[LadderCount]:
    """Return counts by name, the largest first; what is small, or would tell it, comes last.

    Of a small total none: the names would tell of whom.
    """
    counts = Counter(names)
    shown = named_cells(counts)
    order = sorted(shown, key=lambda name: (shown[name] is None, -counts[name], name))
    return [LadderCount(name=name, number=shown[name]) for name in order]
