"""A "what if" from the door to the engine and back: numbers become positions, and again."""

from collections.abc import Sequence
from typing import assert_never

from app.kernel.words import RHYTHMS
from app.matching.questions.whatif import (
    Change,
    ChangePlaces,
    ChildFact,
    FamilyFact,
    Forbid,
    Pin,
    ask_what_if,
)
from app.proposals.question_views import name_family, tell_difference
from app.proposals.standing import Standing
from app.proposals.whatif_schemas import (
    ChangeIn,
    ChildFactIn,
    FamilyFactIn,
    ForbidIn,
    PinIn,
    Placed,
    PlacesIn,
    WhatIfOut,
)


def answer_what_if(standing: Standing, changes: Sequence[ChangeIn]) -> WhatIfOut:
    """Return the best plan after these changes; NotFound, InputRefused or Conflict."""
    wanted = [_change(standing, change) for change in changes]
    found = ask_what_if(standing.case, wanted, standing.incremental)
    case = found.case
    return WhatIfOut(
        run_id=standing.run_id,
        difference=tell_difference(standing, found.difference, case=case),
        plan=[
            _placed(standing, number, int(family))
            for number, family in sorted(
                zip(case.problem.children.number, case.plan.family, strict=True)
            )
        ],
    )


def _placed(standing: Standing, number: str, family: int) -> Placed:
    named = name_family(standing, family)
    return Placed(
        number=number,
        family=named.family if named else None,
        provider=named.provider if named else None,
    )


def _change(standing: Standing, change: ChangeIn) -> Change:
    match change:
        case PinIn():
            return Pin(*_pair(standing, change))
        case ForbidIn():
            return Forbid(*_pair(standing, change))
        case PlacesIn():
            sign = 1 if change.what == "plaats erbij" else -1
            family = standing.family(change.provider, change.family)
            return ChangePlaces(family, sign * change.number, RHYTHMS.index(change.rhythm))
        case ChildFactIn():
            return ChildFact(standing.child(change.child), change.name, change.value)
        case FamilyFactIn():
            family = standing.family(change.provider, change.family)
            return FamilyFact(family, change.name, change.value)
        case _ as never:
            assert_never(never)


def _pair(standing: Standing, change: PinIn | ForbidIn) -> tuple[int, int]:
    return standing.child(change.child), standing.family(change.provider, change.family)
