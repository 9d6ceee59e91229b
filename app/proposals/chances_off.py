"""What changes while the chances are switched off: runs weigh nothing, and no chance is told.

With every weight nought all families have the same chance for a child. What the policy says besides
it decides: its other goals, in their order, and then days, kilometres and numbers, as always.
"""

import re
from functools import lru_cache
from typing import TypeVar

from sqlalchemy.orm import Session

from app.http.schema import Schema
from app.matching.risk.weights import DEFAULT, Weights, load_weights, parse_weights
from app.proposals.secret_now import with_secrecy
from app.proposals.standing import Standing
from app.weights_in_force import WITHOUT, hides_chances, without_chances

Told = TypeVar("Told", bound=Schema)


@lru_cache(maxsize=1)
def weights_without() -> Weights:
    """Return weights that weigh nothing, under a version of their own."""
    text = re.sub(r"^waarde = .*$", "waarde = 0.0", load_weights().text, flags=re.MULTILINE)
    return parse_weights(text.replace(DEFAULT, WITHOUT, 1), source=WITHOUT)


def told_of(session: Session, standing: Standing, answer: Told) -> Told:
    """Return an answer about a run as it may be told now."""
    answer = with_secrecy(session, answer)
    if not hides_chances(session, standing.case.scores.weights.version):
        return answer
    body = without_chances(answer.model_dump(mode="json", by_alias=True))
    return type(answer).model_validate(body)
