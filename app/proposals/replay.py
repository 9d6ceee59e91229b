"""Playing a run again from what it stored: the same input, policy, weights and seed, solved anew.

For whoever must be able to say why the ranking was what it was. Nothing of the run changes.
"""

from importlib.metadata import version
from typing import Annotated
from uuid import UUID

import numpy as np
from pydantic import Field
from sqlalchemy.orm import Session

from app.http.schema import Schema
from app.kernel.errors import Conflict
from app.matching.large import EXACT_UP_TO
from app.matching.solve import solve
from app.models import MatchRun
from app.proposals.question_queries import chances_of_run
from app.proposals.schemas_compare import Proposed
from app.proposals.standing import Standing, standing_of

_TOO_LARGE = (
    "Deze matchrun heeft meer dan {most} kinderen: naspelen duurt te lang voor een verzoek; "
    "gebruik `pleegzorg match` op dezelfde gegevens."
)


class ReplayedChild(Schema):
    """A child for whom playing again gave another family than the run did."""

    number: Annotated[str, Field(alias="aanmeldnummer")]
    then: Annotated[Proposed | None, Field(alias="toen")]
    now: Annotated[Proposed | None, Field(alias="nu")]


class Replay(Schema):
    """Whether a run that is played again gives the same plan and the same chances."""

    run: Annotated[UUID, Field(alias="matchrun")]
    is_equal: Annotated[
        bool, Field(alias="gelijk", description="Elk kind hetzelfde gezin, met dezelfde kans.")
    ]
    code_then: Annotated[str, Field(alias="codeToen")]
    code_now: Annotated[str, Field(alias="codeNu")]
    seed: Annotated[int, Field(alias="seed")]
    furthest: Annotated[
        float,
        Field(
            alias="grootsteKansverschil",
            description="Tussen de bewaarde en de opnieuw berekende kans.",
        ),
    ]
    children: Annotated[list[ReplayedChild], Field(alias="kinderen")]


def replay(session: Session, run: MatchRun) -> Replay:
    """Solve a finished run again; raises Conflict where it is not done, too old or too large."""
    standing = standing_of(session, run)
    case = standing.case
    if len(case.problem.children) > EXACT_UP_TO:
        raise Conflict(_TOO_LARGE.format(most=f"{EXACT_UP_TO:,}".replace(",", ".")))
    again = solve(case.problem, case.scores.scored, case.policy, seed=run.seed)
    moved = [
        ReplayedChild(
            number=number,
            then=_proposed(standing, int(case.plan.family[at])),
            now=_proposed(standing, int(again.family[at])),
        )
        for number, at in standing.children.items()
        if again.family[at] != case.plan.family[at]
    ]
    furthest = _furthest(session, run, standing)
    return Replay(
        run=run.id, is_equal=not moved and furthest == 0, code_then=run.code_version,
        code_now=version("pleegzorg"), seed=run.seed, furthest=furthest, children=moved,
    )  # fmt: skip


def _proposed(standing: Standing, family: int) -> Proposed | None:
    return None if family < 0 else standing.names.now[family]


def _furthest(session: Session, run: MatchRun, standing: Standing) -> float:
    """Return the largest difference between a stored chance and the same one worked out now."""
    case = standing.case
    scored = case.scores.scored
    chance = np.where(np.array(case.plan.split)[scored.child], scored.chance_split, scored.chance)
    known = {
        (int(child), int(family)): float(value)
        for child, family, value in zip(scored.child, scored.family, chance, strict=True)
    }
    apart = [
        abs(known[standing.child(number), standing.names.position[family_id]] - stored)
        for number, family_id, stored in chances_of_run(session, run.id)
        if number in standing.children and family_id in standing.names.position
    ]
    return max(apart, default=0.0)
