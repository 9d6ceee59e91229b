"""Match runs: asking for one, performing it, and saying why it failed."""

from datetime import date
from importlib.metadata import version
from time import monotonic, sleep
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from app.db.session import SessionMaker, session_for
from app.events.catalogue import Occurrence
from app.events.emit import emit
from app.imports.queries import half_done_import
from app.kernel.actor import Actor
from app.kernel.clock import now
from app.kernel.errors import DomainError, NotReady
from app.matching.match import MatchResult, OnStep, match, silent
from app.matching.past import PastArrivals
from app.matching.policy import Policy, parse_policy
from app.matching.risk.chunks import Scorer
from app.matching.risk.score import score
from app.matching.risk.weights import Weights, load_weights, parse_weights
from app.models import MatchRun, RunState
from app.models.match_run import REGION
from app.proposals.assemble import Assembled, assemble
from app.proposals.attempt import (
    Attempt,
    ImportUnderway,
    RunLost,
    begin_attempt,
    fail_attempt,
    fail_waiting,
    mark_replaced,
    note_progress,
    own_run,
    put_back,
)
from app.proposals.past_rows import read_past
from app.proposals.progress import DONE, READ, STORE, WEIGH, follow
from app.proposals.published import Families, published_before
from app.proposals.queries import find_run, lock_waiting_run
from app.proposals.store import store_result
from app.proposals.tradeoffs import weigh
from app.telemetry.carried import Who, concern

PATIENCE = 60.0
STILL_BUSY = (
    "Er is een import half verwerkt en die komt niet klaar: kijk of er een worker draait "
    "(pleegzorg worker) en vraag daarna een nieuwe matchrun aan."
)


def request_run(
    session: Session,
    *,
    actor: Actor,
    policy: Policy,
    snapshot_day: date,
    seed: int = 0,
    weights: Weights | None = None,
    published: Families | None = None,
) -> UUID:
    """Store a run that waits to be performed; return its id. weights: None for those that ship.

    published: the proposals to look back at, None for those of the region's last finished run.

    One that still waits in the region is replaced: nobody needs its older question answered.
    """
    replaced = lock_waiting_run(session, REGION)
    if replaced is not None:
        replaced.state, replaced.finished_at = RunState.REPLACED, now()
        session.flush()
    run = MatchRun(
        state=RunState.WAITING,
        region=REGION,
        actor=actor.name,
        snapshot_day=snapshot_day,
        policy_name=policy.name,
        policy_version=policy.version,
        policy_text=policy.text,
        weights_text=weights.text if weights is not None else None,
        seed=seed,
        published=published and {number: list(family) for number, family in published.items()},
        code_version=version("pleegzorg"),
    )
    session.add(run)
    session.flush()
    if replaced is not None:
        mark_replaced(replaced, by=run.id)
        session.flush()
    return run.id


def perform_run(
    sessions: SessionMaker,
    *,
    actor: Actor,
    run_id: UUID,
    on_step: OnStep = silent,
    patience: float = PATIENCE,
    scorer: Scorer = score,
    past: PastArrivals | None = None,
) -> None:
    """Perform a run: all of its proposals are stored in one transaction, or none.

    A run that has ended is left alone, so that a job delivered twice is harmless; one that another
    worker left in the middle is performed from the start. For an import that is half done it waits
    so many seconds. past: arrivals to look ahead by where the region's own registrations of before
    are not known. Raises NotFound, NotReady when that is not enough, and what went wrong.
    """
    end = monotonic() + patience
    while True:
        try:
            attempt = begin_attempt(sessions, actor=actor, run_id=run_id)
            if attempt is not None:
                perform_attempt(attempt, on_step=on_step, scorer=scorer, past=past)
        except ImportUnderway as underway:
            if monotonic() >= end:
                fail_waiting(sessions, actor=actor, run_id=run_id, reason=STILL_BUSY)
                raise NotReady(STILL_BUSY) from underway
            sleep(0.2)
        else:
            return


def perform_attempt(
    attempt: Attempt,
    *,
    on_step: OnStep = silent,
    passing: tuple[type[Exception], ...] = (),
    scorer: Scorer = score,
    past: PastArrivals | None = None,
) -> bool:
    """Perform a run that was begun; return whether its end is the work of this attempt.

    A failure is recorded on the run before it is raised again, except where it is of a passing
    kind: then the run stays open for the next attempt. Raises ImportUnderway when the run had to
    be put back.
    """
    try:
        _match_and_store(attempt, follow(attempt, on_step), scorer, past)
    except RunLost:
        return False
    except ImportUnderway as underway:
        put_back(attempt, underway.half)
        raise
    except Exception as error:
        if not isinstance(error, passing):
            fail_attempt(attempt, _reason(error))
        raise
    return True


def _match_and_store(
    attempt: Attempt, on_step: OnStep, scorer: Scorer, past: PastArrivals | None
) -> None:
    with on_step(READ):
        run, policy, assembled = _read(attempt, past)
    concern(Who.REGISTRATION, assembled.registration_ids)
    concern(Who.FAMILY, assembled.family_ids)
    result = match(
        assembled.problem,
        policy,
        weights_of(run),
        seed=run.seed,
        on_step=on_step,
        scorer=scorer,
    )
    begun = monotonic()
    with on_step(WEIGH):
        tradeoffs = weigh(result, policy, seed=run.seed)
    result.seconds["afwegingen"] = round(monotonic() - begun, 3)
    with on_step(STORE):
        _store(attempt, assembled, (result, tradeoffs), policy)


def weights_of(run: MatchRun) -> Weights:
    """Return the weights that a run was asked for, or those that ship."""
    if run.weights_text is None:
        return load_weights()
    return parse_weights(run.weights_text, source="van deze run")


def _read(attempt: Attempt, past: PastArrivals | None) -> tuple[MatchRun, Policy, Assembled]:
    with session_for(attempt.sessions, attempt.actor) as session:
        # One moment for all tables, although an import may be working its way through them; and
        # nothing is held while the plan is sought.
        session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
        half = half_done_import(session)
        if half is not None:
            raise ImportUnderway(half)
        run = find_run(session, attempt.run_id)
        policy = parse_policy(run.policy_text, source=run.policy_name)
        published = published_before(session, run, policy)
        if policy.look_ahead is not None:
            own = read_past(session, run.snapshot_day)
            past = own if len(own) or past is None else past
        return run, policy, assemble(session, run.snapshot_day, published, past)


def _store(
    attempt: Attempt,
    assembled: Assembled,
    outcome: tuple[MatchResult, dict[str, Any]],
    policy: Policy,
) -> None:
    with session_for(attempt.sessions, attempt.actor) as session:
        run = own_run(session, attempt)
        store_result(session, run, assembled, outcome[0], policy=policy)
        run.tradeoffs = outcome[1]
        note_progress(session, attempt, DONE, 1.0)
        emit(session, Occurrence.RUN_FINISHED, run=run.id)


def _reason(error: Exception) -> str:
    # Only our own sentences are safe to keep: the text of another error may hold a person's data.
    if isinstance(error, DomainError):
        return str(error)
    return (
        f"De matchrun is gestopt door een fout in de dienst ({type(error).__name__}); de vorige "
        "voorstellen blijven staan. Vraag een nieuwe run aan, of meld dit bij de beheerder."
    )
