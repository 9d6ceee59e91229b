"""The job behind the call list of a run: whom to call, then what one yes more brings (ADR 0080).

What fails is tried three times and then left out, so that the rest is worked out; what takes its
worker down counts as a try as well, since it is counted before it begins.
"""

from time import monotonic
from typing import NamedTuple
from uuid import UUID

from procrastinate import App
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from app.audit.noted import WORKER_CLIENT, note_work
from app.db.session import SessionMaker, session_for
from app.jobs import MATCH_RUN
from app.kernel.actor import SYSTEM
from app.log.events import Event
from app.log.write import log
from app.matching.large import EXACT_UP_TO, is_large
from app.matching.problem import Problem
from app.matching.questions.nearly import choose_calls, find_gain
from app.models import RunCallList
from app.proposals.call_list import FAILED, KEPT, KeptCall, ask_for_next, told_calls
from app.proposals.queries import find_run
from app.proposals.standing import Standing, standing_of
from app.telemetry.carried import Who, concern

MOST_TRIES = 3  # of choosing, and of each call
LONGEST = 600.0  # seconds for all of a list; what is not worked out by then stays so


class Begun(NamedTuple):
    """What there is of a list as a step begins, None for nothing yet, and the how manieth try."""

    calls: list[KeptCall] | None
    tries: int


def work_out_next(sessions: SessionMaker, outbox: App, run_id: UUID) -> None:
    """Choose whom to call about a run, or work out what one more yes brings; ask for the next.

    Searched outside any transaction, so that nothing is held meanwhile.
    """
    begun = _begin(sessions, run_id)
    if begun is None:
        return
    began = monotonic()
    calls = _searched(sessions, run_id, begun.calls) if begun.tries <= MOST_TRIES else None
    with session_for(sessions, SYSTEM) as session:
        row = session.get_one(RunCallList, run_id, with_for_update=True)
        row.seconds += monotonic() - began
        if calls is not None or begun.tries >= MOST_TRIES:
            _keep(session, row, begun, calls)
        if not row.is_done:
            ask_for_next(session, outbox, run_id)


def _begin(sessions: SessionMaker, run_id: UUID) -> Begun | None:
    """Count a try before it begins; None where nothing is left to do."""
    with session_for(sessions, SYSTEM) as session:
        row = session.get(RunCallList, run_id, with_for_update=True)
        if row is None:
            row = RunCallList(run_id=find_run(session, run_id).id, tries=0, seconds=0.0)
            session.add(row)
        if row.is_done:
            return None
        row.tries += 1
        return Begun(row.calls, row.tries)


def _searched(
    sessions: SessionMaker, run_id: UUID, calls: list[KeptCall] | None
) -> list[KeptCall] | None:
    """Return the list with what is new, None where that failed."""
    try:
        with session_for(sessions, SYSTEM) as session:
            standing = standing_of(session, find_run(session, run_id))
        return _chosen(standing) if calls is None else _one_more(standing, calls)
    except OperationalError:  # the database was away: the queue itself tries again
        raise
    except Exception as error:  # noqa: BLE001  one call that fails must not keep the others
        log(Event.CALL_FAILED, run_id=str(run_id), error=type(error).__name__)
        return None


def _keep(session: Session, row: RunCallList, begun: Begun, calls: list[KeptCall] | None) -> None:
    if calls is not None and begun.calls is None:
        about = (MATCH_RUN, str(row.run_id))
        note_work(session, "rekenBellijstUit", client=WORKER_CLIENT, about=about)
    row.calls = _without_next(begun.calls) if calls is None else calls
    row.tries = 0
    left = [one for one in row.calls or () if one["opbrengst"] is None]
    row.is_done = not left or row.seconds > LONGEST


def _without_next(calls: list[KeptCall] | None) -> list[KeptCall] | None:
    """Return the list with the call in hand given up; None where nobody could be chosen."""
    return None if calls is None else _with_next(calls, {FAILED: True})


def _with_next(calls: list[KeptCall], gain: dict[str, object]) -> list[KeptCall]:
    at = _next(calls)
    return [*calls[:at], calls[at] | {"opbrengst": gain}, *calls[at + 1 :]]


def _next(calls: list[KeptCall]) -> int:
    return next(at for at, one in enumerate(calls) if one["opbrengst"] is None)


def _chosen(standing: Standing) -> list[KeptCall]:
    concern(Who.NUMBER, standing.children)
    chosen = choose_calls(standing.case, KEPT)
    standing.calls.update({(call.child, call.family): call for call in chosen})
    # No plan is sought again of what is too large for one: all of them are as far as they get.
    gain = {FAILED: True} if _is_too_large(standing.case.problem) else None
    return [
        {"kind": call.child, "gezin": call.family, "regel": call.rule, "opbrengst": gain}
        for call in chosen
    ]


def _is_too_large(problem: Problem) -> bool:
    return is_large(problem) or len(problem.children) > EXACT_UP_TO


def _one_more(standing: Standing, calls: list[KeptCall]) -> list[KeptCall]:
    """Return the calls with the gain of the first that had none yet."""
    ((call, _),) = told_calls(standing, [calls[_next(calls)]])
    # The others are weighed as they were in the run itself; each yes is about one child.
    concern(Who.NUMBER, [standing.case.problem.children.number[call.child]])
    gain = find_gain(standing.case, call)
    return _with_next(
        calls,
        {
            "doelen": [goal.after for goal in gain.goals],
            "kinderen": [[move.child, move.before, move.after] for move in gain.moves],
            "schatting": gain.is_estimate,
        },
    )
