"""Two runs side by side: what each goal came to, and who moved from where to where."""

from sqlalchemy.orm import Session

from app.kernel.errors import Conflict
from app.models import MatchRun, RunState
from app.proposals.queries import proposed_in_run
from app.proposals.schemas_compare import (
    ComparedChild,
    ComparedGoal,
    ComparedRun,
    Comparison,
    Move,
    Proposed,
)

_Family = tuple[str, str] | None


def compare_runs(session: Session, here: MatchRun, other: MatchRun) -> Comparison:
    """Return how a run differs from another one; Conflict unless both succeeded."""
    if any(run.state is not RunState.DONE for run in (here, other)):
        raise Conflict(
            "Vergelijken kan alleen tussen twee runs die klaar zijn: wacht tot dat zo is, of kies "
            "een andere run."
        )
    before, after = (proposed_in_run(session, run.id) for run in (other, here))
    moved = [
        _child(number, before, after)
        for number in sorted(before.keys() | after.keys())
        if not _is_same(number, before, after)
    ]
    return Comparison(
        here=_run(here),
        other=_run(other),
        goals=_goals(here, other),
        same=len(before.keys() | after.keys()) - len(moved),
        children=moved,
    )


def _is_same(number: str, before: dict[str, _Family], after: dict[str, _Family]) -> bool:
    return number in before and number in after and before[number] == after[number]


def _child(number: str, before: dict[str, _Family], after: dict[str, _Family]) -> ComparedChild:
    old, new = before.get(number), after.get(number)
    if number not in before:
        move = Move.NEW
    elif number not in after:
        move = Move.GONE
    elif old is None:
        move = Move.GAINED
    else:
        move = Move.LOST if new is None else Move.OTHER_FAMILY
    return ComparedChild(number=number, move=move, before=_proposed(old), after=_proposed(new))


def _proposed(family: _Family) -> Proposed | None:
    return None if family is None else Proposed(provider=family[0], family=family[1])


def _run(run: MatchRun) -> ComparedRun:
    return ComparedRun(id=run.id, snapshot_day=run.snapshot_day, policy=run.policy_name)


def _goals(here: MatchRun, other: MatchRun) -> list[ComparedGoal]:
    """Return all goals of both, in the order of this run, the other's own after them."""
    values = [{goal["code"]: goal["waarde"] for goal in run.goals} for run in (here, other)]
    described = {goal["code"]: goal for goal in (*other.goals, *here.goals)}
    codes = dict.fromkeys([*values[0], *values[1]])
    return [
        ComparedGoal(
            code=code,
            sentence=described[code]["zin"],
            unit=described[code]["eenheid"],
            sense=described[code]["richting"],
            here=values[0].get(code),
            other=values[1].get(code),
        )
        for code in codes
    ]
