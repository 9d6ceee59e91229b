"""The ladder and JIM in numbers: how often and why, and nothing that points at somebody."""

from collections import Counter
from collections.abc import Iterable
from datetime import date

from sqlalchemy.orm import Session

from app.db.session import as_system
from app.kernel.ages import age_group, age_in_years
from app.kernel.ladder import MentorResult
from app.ladder.assumptions import load_assumption
from app.ladder.network_queries import asked_in, mentor_results
from app.ladder.network_schemas import AskedCount, MentorFigures
from app.ladder.queries import count_stays, steps_in
from app.ladder.schemas import LadderCount, LadderFigures

# Fewer than this may point at somebody: then no figure, as in the region's figures.
SMALL = 5


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
    assumed = load_assumption()
    home = results.get(MentorResult.STAYED_HOME, 0)
    share = round(100 * assumed.share)
    estimate, low, high = (
        None if home < SMALL else round(home * part, 1)
        for part in (assumed.share, assumed.low, assumed.high)
    )
    return MentorFigures(
        first=first,
        last=last,
        running=told(results.get(MentorResult.RUNNING, 0)),
        stayed_home=told(home),
        left_home=told(results.get(MentorResult.LEFT_HOME, 0)),
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
        ],
    )


def told(number: int) -> int | None:
    """Return a count, or None where it is small; none at all points at nobody."""
    return None if 0 < number < SMALL else number


def _counted(names: Iterable[str]) -> list[LadderCount]:
    """Return counts by name, the largest first.

    One small count beside told ones could be worked out from the total: then the smallest of the
    told ones is hidden too.
    """
    counts = Counter(names)
    small = {name for name, number in counts.items() if number < SMALL}
    if len(small) == 1 and len(counts) > 1:
        rest = [name for name in counts if name not in small]
        small.add(min(rest, key=lambda name: (counts[name], name)))
    order = sorted(counts, key=lambda name: (name in small, -counts[name], name))
    return [LadderCount(name=n, number=None if n in small else counts[n]) for n in order]
