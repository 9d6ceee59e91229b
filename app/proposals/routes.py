"""The first door of the proposals slice: start a run, follow it, read what it proposes."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Body, Response

from app.http.deps import CurrentActor, DbSession, Queue
from app.jobs import MATCH_RUN, queue_job
from app.kernel.clock import today_in_amsterdam
from app.kernel.errors import InputRefused
from app.matching.policy import load_shipped
from app.models import MatchRun
from app.proposals.queries import find_run, latest_snapshot_day
from app.proposals.report import build_report
from app.proposals.runs import request_run
from app.proposals.schemas import MatchRunIn, MatchRunOut

router = APIRouter(prefix="/matchruns", tags=["matchruns"])


@router.post("", status_code=202)
def start(
    *,
    wish: Annotated[MatchRunIn, Body()],
    session: DbSession,
    actor: CurrentActor,
    queue: Queue,
    response: Response,
) -> MatchRunOut:
    """Vraag een matchrun aan; een worker voert hem uit."""
    day = wish.snapshot_day or latest_snapshot_day(session) or today_in_amsterdam()
    policy = load_shipped(wish.policy)
    if policy is None:
        raise InputRefused("Het veld beleid noemt geen bekend beleid: kies zorgvuldig of maximaal.")
    run_id = request_run(session, actor=actor, policy=policy, snapshot_day=day, seed=wish.seed)
    queue_job(queue, session, MATCH_RUN, run_id=str(run_id))
    response.headers["Location"] = f"/v1/matchruns/{run_id}"
    return _shown(find_run(session, run_id))


@router.get("/{id}")
def read(id: UUID, session: DbSession) -> MatchRunOut:  # noqa: A002  (the name in the path)
    """Lees hoe een matchrun ervoor staat."""
    return _shown(find_run(session, id))


@router.get("/{id}/voorstellen")
def read_proposals(id: UUID, session: DbSession) -> dict[str, Any]:  # noqa: A002
    """Lees de voorstellen van een matchrun, met redenen en alternatieven."""
    return build_report(session, find_run(session, id))


def _shown(run: MatchRun) -> MatchRunOut:
    return MatchRunOut(
        id=run.id,
        state=run.state.value,
        snapshot_day=run.snapshot_day,
        policy=run.policy_name,
        failure=run.failure,
        counts=run.counts,
        goals=run.goals,
    )
