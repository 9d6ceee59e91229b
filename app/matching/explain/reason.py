"""One reason: typed data and one sentence that a parent may read."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a reason says of a pair."""

    FITS = "past"
    CONCERN = "zorgpunt"
    UNKNOWN = "onbekend"
    REFUSED = "past niet"


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a pair is as it is.

    contribution: change of the log hazard of breakdown, rounded to six decimals; below zero lowers
    the risk, 0.0 for a fact, a concern to settle or something unknown. source: the research, law
    or policy behind it. changes_ranking: of something unknown, whether the answer could change
    which family comes first.
    """

    code: str
    kind: Kind
    contribution: float
    sentence: str
    source: str
    changes_ranking: bool = False
