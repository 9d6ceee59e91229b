"""The worker ends by itself what nobody can extend, with the rights of its own role."""

from datetime import timedelta

from sqlalchemy import URL, select
from sqlalchemy.orm import Session

from app.db.session import session_for
from app.kernel.actor import SYSTEM
from app.kernel.clock import now, today_in_amsterdam
from app.models import BegunPair, BegunState, Occupation, Place, RegistrationState
from app.settings import Settings
from tests.databases import copied, work_off
from tests.rows import make_family, make_registration
from tests.told import told_in

GONE, GIVEN_AWAY, FREE, SPARE = "AM-1", "AM-2", "AM-3", "AM-4"


def fill(session: Session) -> None:
    """Steps past their term: of the last two a place is still free, of one that is another one."""
    today = today_in_amsterdam()
    for number in (GONE, GIVEN_AWAY, FREE, SPARE):
        family = make_family(session, reference=f"SPI-{number}", places=1 + (number == SPARE))
        places = select(Place.id).where(Place.family_id == family.id).order_by(Place.ordinal)
        place = session.scalars(places).first()
        state = RegistrationState.WITHDRAWN if number == GONE else RegistrationState.SEARCHING
        child = make_registration(session, number=number, state=state)
        session.add(
            BegunPair(
                registration_id=child.id, family_id=family.id, place_id=place, is_request=False,
                rhythm="voltijd", begun_on=today - timedelta(days=9),
                held_until=today - timedelta(days=1), actor="c",
            )
        )  # fmt: skip
        if number in (GIVEN_AWAY, SPARE):
            other = make_registration(session, number=f"{number}-ander")
            session.add(
                Occupation(place_id=place, registration_id=other.id, rhythm="voltijd", since=now())
            )


def test_a_round_of_the_worker_ends_them(settings: Settings, reference: URL) -> None:
    """Told to the provider; what a person can still extend is left, with word of it."""
    with copied(settings, reference, fill) as database:
        work_off(database)
        with session_for(database.sessions, SYSTEM) as session:
            states = session.scalars(select(BegunPair.state).order_by(BegunPair.id)).all()
            told = [(kind, data["gezin"], whose) for kind, data, whose in told_in(session)]
    assert states == [BegunState.EXPIRED] * 2 + [BegunState.RUNNING] * 2
    ended, over = "stap.beeindigd", "stap.verstreken"
    happened = ((GONE, ended), (GIVEN_AWAY, ended), (FREE, over), (SPARE, over))
    assert sorted(told) == [(kind, f"SPI-{number}", "spirit") for number, kind in happened]
