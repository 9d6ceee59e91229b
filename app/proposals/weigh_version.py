"""A job: what proposed weights would have ranked differently in the last run; nothing changes."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.audit.noted import WORKER_CLIENT, note_work
from app.db.session import SessionMaker, session_for
from app.kernel.actor import SYSTEM
from app.matching.policy import parse_policy
from app.matching.risk.weights import Weights, load_weights, parse_weights
from app.models import MatchRun, WeightsVersion
from app.models.match_run import REGION
from app.proposals.ask import weights_of_region
from app.proposals.question_queries import newest_done_run, problem_of_run
from app.proposals.rerank import rerank
from app.proposals.snapshot import load_problem
from app.telemetry.carried import Who, concern

NO_RUN = "Er is nog geen matchrun om mee te vergelijken."


def weigh_version(sessions: SessionMaker, version: str) -> None:
    """Store with a version what the last finished run would have ranked differently by it.

    The search is done outside any transaction, so that nothing is held meanwhile.
    """
    with session_for(sessions, SYSTEM) as session:
        proposed = _find(session, version)
        run = newest_done_run(session, REGION)
        stored = problem_of_run(session, run.id) if run is not None else None
        present = weights_of_region(session) or load_weights()
        other = parse_weights(proposed.text, source=version)
    found = _weigh(run, stored, present, other)
    with session_for(sessions, SYSTEM) as session:
        _find(session, version).reranking = found
        about = ("weegfactoren", version)
        note_work(session, "vergelijkWeegfactoren", client=WORKER_CLIENT, about=about)


def _weigh(
    run: MatchRun | None, stored: bytes | None, present: Weights, other: Weights
) -> dict[str, Any]:
    if run is None or stored is None:
        return {"reden": NO_RUN, "matchrun": None, "peildatum": None} | _NOTHING
    policy = parse_policy(run.policy_text, source=run.policy_name)
    problem = load_problem(stored)
    concern(Who.NUMBER, problem.children.number)
    homes = zip(problem.families.provider, problem.families.reference, strict=True)
    concern(Who.FAMILY_NUMBER, (f"{code}/{number}" for code, number in homes))
    told = rerank(problem, policy, present=present, other=other, seed=run.seed)
    return {
        "reden": None,
        "matchrun": str(run.id),
        "peildatum": run.snapshot_day.isoformat(),
    } | told


_NOTHING = {"kinderen": 0, "andereEersteKeus": 0, "anderVoorstel": 0, "groepen": []}


def _find(session: Session, version: str) -> WeightsVersion:
    return session.scalars(select(WeightsVersion).where(WeightsVersion.version == version)).one()
