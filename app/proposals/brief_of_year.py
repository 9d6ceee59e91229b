"""The recruitment brief of the last run of this year, for the report that will be of the past."""

from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from app.http.told_figures import RecruitmentFigures
from app.kernel.errors import Conflict
from app.models import MatchRun, RunState
from app.models.match_run import REGION
from app.proposals.list_views import recruitment_figures, tell_recruitment
from app.proposals.standing import standing_of

# Runs of which the brief could not be told: a run is built again for it, and that not every ten
# minutes.
_cannot: set[UUID] = set()


def brief_of_year(
    session: Session, today: date, before: RecruitmentFigures | None
) -> RecruitmentFigures | None:
    """Return the brief of the last run of this year that is done; None: there is none.

    before: what was kept last this year. It stays where it is of the same run, or where the newer
    run is of a version of the service that this one cannot play again.
    """
    run = _last_run(session, today)
    if run is None or run.id in _cannot or (before is not None and before.run_id == run.id):
        return before
    try:
        standing = standing_of(session, run)
        brief = tell_recruitment(standing, standing.find_shortage())
    except OperationalError:
        raise
    except Conflict:
        _cannot.add(run.id)
        return before
    except Exception:
        _cannot.add(run.id)
        raise
    return recruitment_figures(brief, run.snapshot_day)


def _last_run(session: Session, today: date) -> MatchRun | None:
    return session.scalars(
        select(MatchRun)
        .where(
            MatchRun.region == REGION,
            MatchRun.state == RunState.DONE,
            MatchRun.snapshot_day.between(date(today.year, 1, 1), today),
        )
        .order_by(MatchRun.snapshot_day.desc(), MatchRun.id.desc())
        .limit(1)
    ).first()
