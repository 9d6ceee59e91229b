"""The recruitment brief of the last run of this year, for the report that will be of the past."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.http.told_figures import RecruitmentFigures
from app.kernel.errors import Conflict
from app.models import MatchRun, RunState
from app.models.match_run import REGION
from app.proposals.list_views import recruitment_figures, tell_recruitment
from app.proposals.standing import standing_of


def brief_of_year(
    session: Session, today: date, before: RecruitmentFigures | None
) -> RecruitmentFigures | None:
    """Return the brief of the last run of this year that is done; None: none, or not replayable.

    before: what was kept; of the same run it is not worked out again, a large one takes minutes.
    """
    run = session.scalars(
        select(MatchRun)
        .where(
            MatchRun.region == REGION,
            MatchRun.state == RunState.DONE,
            MatchRun.snapshot_day.between(date(today.year, 1, 1), today),
        )
        .order_by(MatchRun.snapshot_day.desc(), MatchRun.id.desc())
        .limit(1)
    ).first()
    if run is None or (before is not None and before.run_id == run.id):
        return None if run is None else before
    try:
        standing = standing_of(session, run)
    except Conflict:  # of another version of the service
        return None
    brief = tell_recruitment(standing, standing.find_shortage())
    return recruitment_figures(brief, run.snapshot_day)
