"""What the database refuses by itself, whatever Python does."""

import pytest
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.kernel.clock import now
from app.kernel.words import Rhythm
from app.models import Occupation, Place, Registration, RegistrationState
from tests.rows import make_family, make_registration


def occupy(session: Session, place_id: object) -> Occupation:
    occupation = Occupation(place_id=place_id, since=now())
    session.add(occupation)
    session.flush()
    return occupation


def a_place(session: Session) -> object:
    family = make_family(session, reference="SPI-1")
    return session.query(Place).filter_by(family_id=family.id).one().id


def test_a_place_is_never_given_twice(session: Session) -> None:
    """Two open occupations of one place break the partial unique index."""
    place = a_place(session)
    occupy(session, place)
    with pytest.raises(IntegrityError, match="uq_occupation_place_id_open"):
        occupy(session, place)


def test_a_place_is_shared_only_in_other_rhythms(session: Session) -> None:
    """Odd weekends beside even ones; beside either of them full time is refused."""
    place = a_place(session)
    for rhythm in (Rhythm.ODD_WEEKENDS, Rhythm.EVEN_WEEKENDS):
        session.add(Occupation(place_id=place, since=now(), rhythm=rhythm))
    session.flush()
    for rhythm in (Rhythm.EVEN_WEEKENDS, Rhythm.FULL_TIME):
        with (
            pytest.raises(IntegrityError, match="uq_occupation_place_id_open"),
            session.begin_nested(),
        ):
            session.add(Occupation(place_id=place, since=now(), rhythm=rhythm))
            session.flush()


def test_a_released_place_can_be_given_again(session: Session) -> None:
    """Only open occupations count."""
    place = a_place(session)
    first = occupy(session, place)
    first.released_at = now()
    session.flush()
    occupy(session, place)


def test_one_active_registration_a_child(session: Session) -> None:
    """A second searching registration of the same child is refused; a closed one is not."""
    first = make_registration(session, number="AM-1")
    second = make_registration(session, number="AM-2")
    second.child_id = first.child_id
    with pytest.raises(IntegrityError, match="uq_registration_child_id_active"):
        session.flush()


def test_a_closed_registration_leaves_room(session: Session) -> None:
    """After closing, the same child may be registered again."""
    first = make_registration(session, number="AM-1", state=RegistrationState.CLOSED)
    second: Registration = make_registration(session, number="AM-2")
    second.child_id = first.child_id
    session.flush()


@pytest.mark.parametrize(
    ("changes", "constraint"),
    [
        ({"min_age": 12, "max_age": 4}, "ck_family_ages"),
        ({"max_siblings": 0}, "ck_family_max_siblings"),
        ({"cooperation": 6}, "ck_family_cooperation"),
        ({"postcode": "12 AB"}, "ck_family_postcode"),
        ({"kind": "netwerk", "network_for": None}, "ck_family_network_names_child"),
    ],
)
def test_an_impossible_family_is_refused(
    session: Session, changes: dict[str, object], constraint: str
) -> None:
    """Ages in order, known ranges, a network family names its child: in the database too."""
    with pytest.raises(IntegrityError, match=constraint):
        make_family(session, reference="SPI-1", **changes)
