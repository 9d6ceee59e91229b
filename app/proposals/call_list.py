"""Whom to call about a run: chosen and weighed by the worker, and kept with the run.

What a yes brings takes a plan of the whole region. So it is worked out once, when somebody first
asks, and a call at a time: a match run that is asked for meanwhile goes before the next (ADR 0080).
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from procrastinate import App
from sqlalchemy.orm import Session

from app.db.session import as_system
from app.jobs import CALL_LIST, is_queued, queue_job
from app.matching.plan import Plan
from app.matching.questions.difference import Difference, Move, compare_goals
from app.matching.questions.nearly import Nearly, by_gain, calls_about
from app.models import RunCallList
from app.proposals.question_schemas import ListState
from app.proposals.standing import Standing

KEPT = 25  # calls of a run
AFTER_RUNS = -5  # a match run goes first, a webhook does not wait for this
FAILED = "mislukt"  # in place of a gain that could not be worked out
KeptCall = dict[str, Any]


@dataclass(frozen=True, slots=True)
class CallsOfRun:
    """The calls of a run, the largest gain first, and whether more of it is to come."""

    calls: tuple[Nearly, ...]
    state: ListState


def calls_of(session: Session, queue: App, standing: Standing, number: int) -> CallsOfRun:
    """Return the first so many calls as far as they are worked out, and have the rest done."""
    with as_system(session):
        row = session.get(RunCallList, standing.run_id)
    state = _state(row)
    if state is ListState.UNDERWAY and not is_queued(session, _lock(standing.run_id)):
        ask_for_next(session, queue, standing.run_id)
    kept = (row.calls or [])[:number] if row else []
    plan = standing.case.plan
    told = [replace(call, gain=_gain(plan, one)) for call, one in told_calls(standing, kept)]
    return CallsOfRun(tuple(sorted(told, key=by_gain)), state)


def _state(row: RunCallList | None) -> ListState:
    if row is None or not row.is_done:
        return ListState.UNDERWAY
    return ListState.FAILED if row.calls is None else ListState.DONE


def ask_for_next(session: Session, queue: App, run_id: UUID) -> None:
    """Queue the next step, after any match run that is asked for meanwhile."""
    queue_job(
        queue, session, CALL_LIST, lock=_lock(run_id), priority=AFTER_RUNS, run_id=str(run_id)
    )


def _lock(run_id: UUID) -> str:
    return f"{CALL_LIST}:{run_id}"


def _gain(plan: Plan, one: KeptCall) -> Difference | None:
    kept = one["opbrengst"]
    if kept is None or FAILED in kept:
        return None
    after = tuple(
        replace(goal, value=value) for goal, value in zip(plan.goals, kept["doelen"], strict=True)
    )
    moves = tuple(Move(*move) for move in kept["kinderen"])
    return Difference(compare_goals(plan.goals, after), moves, kept["schatting"])


def told_calls(
    standing: Standing, kept: Sequence[dict[str, Any]]
) -> list[tuple[Nearly, dict[str, Any]]]:
    """Return each kept call as the engine tells it; those of a run are found once."""
    unknown: dict[int, dict[int, str]] = defaultdict(dict)
    for one in kept:
        if (one["kind"], one["gezin"]) not in standing.calls:
            unknown[one["kind"]][one["gezin"]] = one["regel"]
    for child, rules in unknown.items():
        for call in calls_about(standing.case, child, rules):
            standing.calls[child, call.family] = call
    return [(standing.calls[one["kind"], one["gezin"]], one) for one in kept]
