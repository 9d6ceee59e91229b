"""A region for a night: families with and without beds, drawn from one seed."""

from datetime import timedelta
from random import Random
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.kernel.clock import today_in_amsterdam
from app.kernel.words import (
    CareForm,
    FamilyKind,
    FamilyStatus,
    GenderPreference,
    HousemateRole,
    Problem,
    Willingness,
)
from app.models import BegunPair, Family, FamilyWillingness, Housemate, Occupation, Place
from tests.rows import make_family, make_registration

TODAY = today_in_amsterdam()
DAY = timedelta(days=1)
FAMILIES = 150
AT_TIMES: list[dict[str, Any]] = [
    {"available_from": None}, {"available_from": TODAY}, {"available_from": TODAY + DAY},
    {"available_until": TODAY}, {"available_until": TODAY - DAY},
]  # fmt: skip


def fill(session: Session) -> None:
    """Insert families of two providers, each drawn, many of them as far away as others."""
    chance = Random(6)
    for number in range(FAMILIES):
        family = make_family(session, reference=f"SPI-{number:03}", **_drawn(chance))
        _tell(session, family, chance)
    session.flush()


def _drawn(chance: Random) -> dict[str, Any]:
    """What one family of a region is; most of it as it should be, and many at the same address."""

    def mostly(usual: object, *others: object) -> Any:
        return chance.choice([usual] * 9 + list(others))

    return {
        "provider": chance.choice(["spirit", "youke"]),
        "places": chance.choice([0, 1, 1, 2, 3]), "max_siblings": chance.randint(1, 4),
        "min_age": chance.choice([0, 0, 5, 8]), "max_age": chance.choice([8, 12, 18]),
        "gender_preference": chance.choice([GenderPreference.NONE, *GenderPreference]),
        "postcode": chance.choice(["1013AB", "1013AB", "1017", "1411AA", "1312AA", "9999ZZ"]),
        "pets": chance.choice([[], ["hond"], ["kat", "hond"]]), "smokes": chance.random() < 0.3,
        "wheelchair": chance.random() < 0.3, "needs_confirmation": chance.random() < 0.3,
        "prepared": chance.random() < 0.9, "network_for": "AM-1",
        "kind": mostly(FamilyKind.RECRUITED, FamilyKind.NETWORK),
        "clearance_until": mostly(TODAY, None, TODAY - DAY),
        "status": mostly(FamilyStatus.ACTIVE, *FamilyStatus),
        "forms": mostly((CareForm.CRISIS, CareForm.LONG_TERM), (CareForm.LONG_TERM,)),
        **mostly({}, *AT_TIMES),
    }  # fmt: skip


def _tell(session: Session, family: Family, chance: Random) -> None:
    """Let a family answer some of what is asked, have carers of some age, and beds in use."""
    for problem in Problem:
        answer = chance.choice([None, *Willingness, Willingness.YES, Willingness.YES])
        if answer:
            told = FamilyWillingness(family_id=family.id, problem=problem, answer=answer)
            session.add(told)
    for years in chance.choice([(), (40,), (40, 21), (40, 20)]):
        session.add(
            Housemate(family_id=family.id, role=HousemateRole.CARER, birth_year=TODAY.year - years)
        )
    for bed in session.scalars(select(Place).where(Place.family_id == family.id)):
        use = chance.choice(["free", "free", "taken", "held", "other form", "later"])
        if use == "taken":
            session.add(Occupation(place_id=bed.id, since=TODAY, from_outside=True))
        elif use == "held":
            _hold(session, bed, chance)
        elif use == "other form":
            bed.forms = [CareForm.LONG_TERM.value]
        elif use == "later":
            bed.available_from = TODAY + DAY


def _hold(session: Session, bed: Place, chance: Random) -> None:
    """Hold a bed for a child that waits; half of the holds are over."""
    child = make_registration(session, number=f"AM-{bed.id}")
    last = TODAY - DAY * chance.randint(0, 1)
    session.add(
        BegunPair(
            registration_id=child.id, family_id=bed.family_id, place_id=bed.id, actor="c",
            is_request=False, rhythm="voltijd", begun_on=TODAY - 9 * DAY, held_until=last,
        )
    )  # fmt: skip
