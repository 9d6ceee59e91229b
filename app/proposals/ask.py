"""Asking for a run at the door: refused where there is nothing to match, queued in one go."""

from procrastinate import App
from sqlalchemy.orm import Session

from app.jobs import MATCH_RUN, queue_job
from app.kernel.actor import Actor
from app.kernel.clock import today_in_amsterdam
from app.kernel.errors import Conflict, InputRefused, NotReady
from app.log.events import Event
from app.log.write import log
from app.matching.policy import load_shipped
from app.matching.risk.weights import Weights, load_weights, parse_weights
from app.models import MatchRun
from app.models.match_run import REGION
from app.proposals.chances_off import weights_without
from app.proposals.queries import (
    find_run,
    is_any_family_known,
    is_anyone_waiting,
    latest_snapshot_day,
    run_replaced_by,
)
from app.proposals.runs import request_run
from app.proposals.schemas import MatchRunIn
from app.settings import load_settings
from app.weights_in_force import accepted_text, standing_of_weights


def ask_for_run(session: Session, queue: App, *, actor: Actor, wish: MatchRunIn) -> MatchRun:
    """Store a run and queue its job in the session's transaction; return the run.

    Raises InputRefused for an unknown policy, Conflict for an empty region, and NotReady where the
    weights that the service was set to use cannot be read.
    """
    policy = load_shipped(wish.policy)
    if policy is None:
        raise InputRefused("beleid: is hier niet bekend; kies zorgvuldig of maximaal.")
    _refuse_empty_region(session)
    day = wish.snapshot_day or latest_snapshot_day(session) or today_in_amsterdam()
    run_id = request_run(
        session,
        actor=actor,
        policy=policy,
        snapshot_day=day,
        seed=wish.seed,
        weights=weights_of_region(session),
    )
    queue_job(queue, session, MATCH_RUN, lock=f"{MATCH_RUN}:{REGION}", run_id=str(run_id))
    log(Event.RUN_REQUESTED, run_id=str(run_id), policy=policy.name)
    replaced = run_replaced_by(session, run_id)
    if replaced is not None:
        log(Event.RUN_REPLACED, run_id=str(replaced), by=str(run_id))
    return find_run(session, run_id)


def weights_of_region(session: Session) -> Weights | None:
    """Return what runs use from now on, None for what ships.

    Nothing weighs while the chances are switched off. Else what the region accepted goes before
    what the service was set to use. Raises NotReady.
    """
    if standing_of_weights(session).chances_off:
        return weights_without()
    accepted = accepted_text(session)
    if accepted is not None:
        return parse_weights(accepted, source="in werking")
    named = load_settings().weights
    try:
        return None if named is None else load_weights(named)
    except InputRefused as refusal:
        raise NotReady(f"PLEEGZORG_WEIGHTS is niet te gebruiken. {refusal}") from refusal


def _refuse_empty_region(session: Session) -> None:
    if not is_anyone_waiting(session):
        raise Conflict(
            "Er wacht geen kind in deze regio, dus er is niets te matchen: meld eerst een kind aan."
        )
    if not is_any_family_known(session):
        raise Conflict(
            "Er is geen pleeggezin bekend in deze regio, dus er is niets te matchen: lees eerst "
            "de gezinnen van een aanbieder in."
        )
