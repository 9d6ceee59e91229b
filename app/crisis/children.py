"""Which one of the children of a report a registered child is, and what differs from what was told.

Six fields told at night are not exact: an age may be a year off, and a gender was perhaps not
known. What differs by more is a question to a person.
"""

from collections.abc import Collection, Sequence
from typing import NamedTuple

from app.crisis.beds import Person
from app.crisis.schemas import SiblingOut
from app.kernel.errors import Conflict
from app.kernel.words import Gender
from app.models import CrisisReport

YEARS_OFF = 1  # a judgement: who calls at night says "about nine"
_IN_WORDS = {Gender.BOY: "een jongen", Gender.GIRL: "een meisje", Gender.X: "een kind"}


class Match(NamedTuple):
    """One of the children of a report; ordinal: 0 for its own child, then its siblings."""

    ordinal: int
    person: Person


def persons_of(report: CrisisReport) -> list[Person]:
    """Return the children of a report: its own child first, then the siblings as told."""
    kin = [SiblingOut.model_validate(given) for given in report.siblings]
    return [Person(report.age, report.gender), *(Person(k.age, k.gender) for k in kin)]


def choose_child(
    persons: Sequence[Person], linked: Collection[int], came: Person, *, differs_because: str | None
) -> int:
    """Return which child of a report came: of those not linked yet the one that it is most like.

    Raises Conflict, that names both, where it is like none of them and nobody said why it is one.
    """
    left = [Match(n, person) for n, person in enumerate(persons) if n not in linked]
    closest = min(left, key=lambda match: (*_distance(match.person, came), match.ordinal))
    if differs_because is None and _differs(closest.person, came):
        told = " of ".join(_in_words(match.person) for match in left)
        raise Conflict(
            f"kind: de melding gaat over {told}, en deze aanmelding is van {_in_words(came)}. "
            "Controleer het id. Is het toch dit kind, zeg dan waarom in redenAnders."
        )
    return closest.ordinal


def _differs(told: Person, came: Person) -> bool:
    is_other, years = _distance(told, came)
    return is_other or years > YEARS_OFF


def _distance(told: Person, came: Person) -> tuple[bool, int]:
    is_known = Gender.X not in (told.gender, came.gender)
    return is_known and told.gender is not came.gender, abs(told.age - came.age)


def _in_words(person: Person) -> str:
    return f"{_IN_WORDS[person.gender]} van {person.age} jaar"
