"""What was not known yet on the first day of a placement: that it ran, or the chance of it.

Who takes over what already runs tells of no placement that broke down before (left truncation, ADR
0085). So such a placement says something from the day of telling on, and nothing of before it; and
what is kept of its start is what was known on that day.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, or_

from app.kernel.clock import AMSTERDAM
from app.kernel.outside import OutsideGround
from app.models import MatchRun, Placement, PlacementBasis
from app.weights_in_force import WITHOUT

LONG_AGO = (OutsideGround.TAKEN_OVER, OutsideGround.NETWORK)


def day_of(moment: Any) -> ColumnElement[Any]:
    """Return the day in Amsterdam of a column with a moment."""
    return func.date(func.timezone(str(AMSTERDAM), moment))


def was_taken_over(placement: Any) -> ColumnElement[bool]:
    """Return whether a placement ran before it was told of, on a ground for which that is usual.

    placement: the table, or the columns of a subquery of it.
    """
    return and_(
        placement.outside_ground.in_(LONG_AGO), day_of(placement.created_at) > placement.since
    )


def stated_at_start(chance: Any, since: Any = Placement.since) -> ColumnElement[Any]:
    """Return a chance that is kept with a start, None where a run after the first day stated it.

    None too where chances were switched off: what such a run reckons with is the same for every
    pair, and nobody was told it. The statement joins the basis, and the run of the chance; where no
    run is named the chance is taken as it is.
    """
    ran_on = day_of(MatchRun.created_at)
    was_told = func.coalesce(PlacementBasis.weights_version, "") != WITHOUT
    return case((and_(or_(ran_on.is_(None), ran_on <= since), was_told), chance))


def is_taken_over(placement: Placement) -> bool:
    """Return the same of one placement."""
    told_at: datetime = placement.created_at
    told_on = told_at.astimezone(AMSTERDAM).date()
    return placement.outside_ground in LONG_AGO and told_on > placement.since
