"""Every turn of a step is told, to the family's provider and to staff."""

from datetime import timedelta

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from app.kernel.actor import SYSTEM
from app.kernel.clock import today_in_amsterdam
from app.kernel.phases import DeclineReason
from app.models import BegunPair, NoBy, Registration
from app.steps.schemas import NoIn, StepIn
from app.steps.service import begin_step, end_step, expire_stale, extend_step, record_no
from tests.rows import make_family
from tests.steps.settled import make_registration
from tests.told import kinds_in, told_in

SPI_1 = StepIn(aanbieder="spirit", gezin="SPI-1", redenKeuze="Vertrouwd.")
FREE_TEXT = "Noor wil niet bij een hond wonen."


@pytest.fixture
def child(session: Session) -> Registration:
    make_family(session, reference="SPI-1")
    return make_registration(session, number="AM-1")


def test_begun_extended_and_refused(session: Session, child: Registration) -> None:
    """With ids, the family's number and who said no; never why."""
    step = begin_step(session, actor=SYSTEM, registration_id=child.id, wish=SPI_1)
    later = today_in_amsterdam() + timedelta(days=30)
    extend_step(session, registration_id=child.id, step_id=step, held_until=later)
    no = NoIn(door=NoBy.FAMILY, afwijsreden=DeclineReason.AGE, reden=FREE_TEXT)
    record_no(session, registration_id=child.id, step_id=step, told=no)
    data = {"kind": str(child.id), "stap": str(step), "aanbieder": "spirit", "gezin": "SPI-1"}
    assert told_in(session) == [
        ("stap.begonnen", data, "spirit"),
        ("stap.verlengd", data, "spirit"),
        ("stap.nee", data | {"door": "gezin"}, "spirit"),
    ]


def test_ended_by_people_and_by_its_term(session: Session, child: Registration) -> None:
    """Both are the end of a step without a no."""
    step = begin_step(session, actor=SYSTEM, registration_id=child.id, wish=SPI_1)
    end_step(session, registration_id=child.id, step_id=step, reason=FREE_TEXT)
    begin_step(session, actor=SYSTEM, registration_id=child.id, wish=SPI_1)
    yesterday = today_in_amsterdam() - timedelta(days=1)
    session.execute(update(BegunPair).values(begun_on=yesterday, held_until=yesterday))
    session.expire_all()
    family = session.get_one(BegunPair, step).family_id
    expire_stale(session, registration_id=child.id, family_id=family)
    assert kinds_in(session) == ["stap.begonnen", "stap.beeindigd"] * 2
