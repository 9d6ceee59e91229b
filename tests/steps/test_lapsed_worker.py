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

GONE, GIVEN_AWAY, FREE = "AM-1", "AM-2", "AM-3"


def fill(session: Session) -> None:
    """Three steps past their term: only of the last one is the place still free."""
    today = today_in_amsterdam()
    for number in (GONE, GIVEN_AWAY, FREE):
        family = make_family(session, reference=f"SPI-{number}")
        place = session.scalars(select(Place.id).where(Place.family_id == family.id)).one()
        state = RegistrationState.WITHDRAWN if number == GONE else RegistrationState.SEARCHING
        child = make_registration(session, number=number, state=state)
        session.add(
            BegunPair(
                registration_id=child.id, family_id=family.id, place_id=place, is_request=False,
                rhythm="voltijd", begun_on=today - timedelta(days=9),
                held_until=today - timedelta(days=1), actor="c",
            )
        )  # fmt: skip
        if number == GIVEN_AWAY:
            other = make_registration(session, number="AM-4")
            session.add(
                Occupation(place_id=place, registration_id=other.id, rhythm="voltijd", since=now())
            )


def test_a_round_of_the_worker_ends_them(settings: Settings, reference: URL) -> None:
    """Told to the provider; what a person can still extend is left, and told to be over."""
    with copied(settings, reference, fill) as database:
        work_off(database)
        with session_for(database.sessions, SYSTEM) as session:
            states = session.scalars(select(BegunPair.state).order_by(BegunPair.id)).all()
            told = [(kind, data["gezin"], whose) for kind, data, whose in told_in(session)]
    assert states == [BegunState.EXPIRED, BegunState.EXPIRED, BegunState.RUNNING]
    became = {GONE: "beeindigd", GIVEN_AWAY: "beeindigd", FREE: "verstreken"}
    assert told == [(f"stap.{word}", f"SPI-{number}", "spirit") for number, word in became.items()]
