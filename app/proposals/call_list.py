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

from app.audit.noted import WORKER_CLIENT, note_work
from app.db.session import SessionMaker, as_system, session_for
from app.jobs import CALL_LIST, MATCH_RUN, is_queued, queue_job
from app.kernel.actor import SYSTEM
from app.kernel.errors import Conflict
from app.matching.large import is_large
from app.matching.plan import Plan
from app.matching.questions.difference import Difference, Move, compare_goals
from app.matching.questions.nearly import (
    Nearly,
    by_gain,
    calls_about,
    choose_calls,
    find_gain,
)
from app.models import RunCallList
from app.proposals.queries import find_run
from app.proposals.standing import Standing, standing_of
from app.telemetry.carried import Who, concern

KEPT = 25  # calls of a run
AFTER_RUNS = -5  # a match run goes first, a webhook does not wait for this
KeptCall = dict[str, Any]


@dataclass(frozen=True, slots=True)
class CallsOfRun:
    """The calls of a run, the largest gain first; is_done: nothing of it is still to be done."""

    calls: tuple[Nearly, ...]
    is_done: bool


def calls_of(session: Session, queue: App, standing: Standing, number: int) -> CallsOfRun:
    """Return the first so many calls as far as they are worked out, and have the rest done."""
    with as_system(session):
        row = session.get(RunCallList, standing.run_id)
    is_done = row is not None and row.is_done
    if not is_done and not is_queued(session, _lock(standing.run_id)):
        _ask(session, queue, standing.run_id)
    kept = row.calls[:number] if row else []
    plan = standing.case.plan
    told = [replace(call, gain=_gain(plan, one)) for call, one in _told(standing, kept)]
    return CallsOfRun(tuple(sorted(told, key=by_gain)), is_done)


def work_out_next(sessions: SessionMaker, outbox: App, run_id: UUID) -> None:
    """Choose whom to call about a run, or work out what one more yes brings; ask for the next.

    Searched outside any transaction, so that nothing is held meanwhile. A run that cannot be asked
    any more, of another version of the service, is left alone.
    """
    with session_for(sessions, SYSTEM) as session:
        try:
            standing = standing_of(session, find_run(session, run_id))
        except Conflict:
            return
        row = session.get(RunCallList, run_id)
    before: list[KeptCall] | None = row.calls if row else None
    calls = _chosen(standing) if before is None else _one_more(standing, before)
    is_done = is_large(standing.case.problem) or all(one["opbrengst"] for one in calls)
    with session_for(sessions, SYSTEM) as session:
        session.merge(RunCallList(run_id=run_id, calls=calls, is_done=is_done))
        if before is None:
            note_work(
                session, "rekenBellijstUit", client=WORKER_CLIENT, about=(MATCH_RUN, str(run_id))
            )
        if not is_done:
            _ask(session, outbox, run_id)


def _ask(session: Session, queue: App, run_id: UUID) -> None:
    queue_job(
        queue, session, CALL_LIST, lock=_lock(run_id), priority=AFTER_RUNS, run_id=str(run_id)
    )


def _lock(run_id: UUID) -> str:
    return f"{CALL_LIST}:{run_id}"


def _chosen(standing: Standing) -> list[KeptCall]:
    concern(Who.NUMBER, standing.children)
    chosen = choose_calls(standing.case, KEPT)
    standing.calls.update({(call.child, call.family): call for call in chosen})
    return [
        {"kind": call.child, "gezin": call.family, "regel": call.rule, "opbrengst": None}
        for call in chosen
    ]


def _one_more(standing: Standing, calls: list[KeptCall]) -> list[KeptCall]:
    """Return the calls with the gain of the first that had none yet."""
    at = next((at for at, one in enumerate(calls) if one["opbrengst"] is None), None)
    if at is None:
        return calls
    ((call, _),) = _told(standing, [calls[at]])
    # The others are weighed as they were in the run itself; each yes is about one child.
    concern(Who.NUMBER, [standing.case.problem.children.number[call.child]])
    gain = find_gain(standing.case, call)
    kept = {
        "doelen": [goal.after for goal in gain.goals],
        "kinderen": [[move.child, move.before, move.after] for move in gain.moves],
        "schatting": gain.is_estimate,
    }
    return [*calls[:at], calls[at] | {"opbrengst": kept}, *calls[at + 1 :]]


def _gain(plan: Plan, one: KeptCall) -> Difference | None:
    kept = one["opbrengst"]
    if kept is None:
        return None
    after = tuple(
        replace(goal, value=value) for goal, value in zip(plan.goals, kept["doelen"], strict=True)
    )
    moves = tuple(Move(*move) for move in kept["kinderen"])
    return Difference(compare_goals(plan.goals, after), moves, kept["schatting"])


def _told(
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
