"""Match runs: asking for one, performing it, and saying why it failed."""

from datetime import date
from importlib.metadata import version
from uuid import UUID

from sqlalchemy.orm import Session

from app.db.session import SessionMaker, session_for
from app.kernel.actor import Actor
from app.kernel.clock import now
from app.kernel.errors import DomainError, NotFound
from app.matching.match import OnStep, match, silent
from app.matching.policy import Policy, parse_policy
from app.matching.risk.weights import load_weights
from app.models import MatchRun, RunState
from app.proposals.assemble import assemble
from app.proposals.store import store_result


def request_run(
    session: Session, *, actor: Actor, policy: Policy, snapshot_day: date, seed: int = 0
) -> UUID:
    """Store a run that waits to be performed; return its id."""
    run = MatchRun(
        state=RunState.WAITING,
        actor=actor.name,
        snapshot_day=snapshot_day,
        policy_name=policy.name,
        policy_version=policy.version,
        policy_text=policy.text,
        seed=seed,
        code_version=version("pleegzorg"),
    )
    session.add(run)
    session.flush()
    return run.id


def perform_run(
    sessions: SessionMaker, *, actor: Actor, run_id: UUID, on_step: OnStep = silent
) -> None:
    """Perform a waiting run: all of its proposals are stored in one transaction, or none.

    A run that is no longer waiting is left alone, so that a job delivered twice is harmless. A
    failure is recorded on the run before it is raised again.
    """
    if not _begin(sessions, actor, run_id):
        return
    try:
        with session_for(sessions, actor) as session:
            _match_and_store(session, run_id, on_step)
    except Exception as error:
        _fail(sessions, actor, run_id, reason=_reason(error))
        raise


def _begin(sessions: SessionMaker, actor: Actor, run_id: UUID) -> bool:
    with session_for(sessions, actor) as session:
        run = session.get(MatchRun, run_id, with_for_update=True)
        if run is None:
            raise NotFound(f"Matchrun {run_id} bestaat niet.")
        if run.state is not RunState.WAITING:
            return False
        run.state = RunState.RUNNING
        return True


def _match_and_store(session: Session, run_id: UUID, on_step: OnStep) -> None:
    run = session.get_one(MatchRun, run_id)
    with on_step("Gegevens lezen"):
        assembled = assemble(session, run.snapshot_day)
    policy = parse_policy(run.policy_text, source=run.policy_name)
    result = match(assembled.problem, policy, load_weights(), seed=run.seed, on_step=on_step)
    with on_step("Voorstellen bewaren"):
        store_result(session, run, assembled, result)


def _fail(sessions: SessionMaker, actor: Actor, run_id: UUID, *, reason: str) -> None:
    with session_for(sessions, actor) as session:
        run = session.get_one(MatchRun, run_id)
        run.state, run.failure, run.finished_at = RunState.FAILED, reason, now()


def _reason(error: Exception) -> str:
    # Only our own sentences are safe to keep: the text of another error may hold a person's data.
    return str(error) if isinstance(error, DomainError) else type(error).__name__
