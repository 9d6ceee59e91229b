"""A child that lives somewhere for now and is searched for again, as a run sees it."""

from datetime import date, timedelta
from typing import Any

from sqlalchemy.orm import Session

from app.kernel.words import CareForm, Rhythm, SiblingWish
from app.models import BegunPair, Registration, RegistrationState, SiblingGroup
from app.proposals.assemble import assemble
from tests.proposals.running import DAY, entries
from tests.rows import make_family, make_placement, make_registration


def kin(session: Session) -> dict[str, Any]:
    group = SiblingGroup(code="BZ-1", wish=SiblingWish.TOGETHER)
    session.add(group)
    session.flush()
    return {"sibling_group_id": group.id, "sibling_wish": SiblingWish.TOGETHER}


def bridged(session: Session, **more: Any) -> tuple[Registration, Any]:
    """Insert a child in a crisis family and its follow-up."""
    home = make_family(session, reference="SPI-1", places=0, forms=(CareForm.CRISIS,))
    first = make_registration(
        session, number="AM-1", state=RegistrationState.PLACED, care_form=CareForm.CRISIS, **more
    )
    make_placement(session, registration_id=first.id, family_id=home.id, since=date(2026, 10, 1))
    again = make_registration(session, number="AM-1-2", child_id=first.child_id, **more)
    return again, home


def test_a_bridging_bed_is_no_family_of_a_placed_sibling(session: Session) -> None:
    """The brother is not sent after the crisis bed: the two are searched for together."""
    group = kin(session)
    bridged(session, **group)
    make_registration(session, number="AM-2", **group)
    make_family(session, reference="SPI-2", places=2, max_siblings=2)
    found = entries(session)
    assert [found[number]["gezin"] for number in ("AM-1-2", "AM-2")] == ["SPI-2", "SPI-2"]
    assert not found["AM-2"]["verzoek"]


def test_a_request_to_the_present_family_is_fixed_and_takes_no_place(session: Session) -> None:
    """The child is underway with where it lives; the free place next door goes to another."""
    again, home = bridged(session)
    make_family(session, reference="SPI-2")
    make_registration(session, number="AM-2")
    session.add(
        BegunPair(
            registration_id=again.id, family_id=home.id, rhythm=Rhythm.FULL_TIME, is_request=True,
            begun_on=DAY, held_until=DAY + timedelta(days=14), actor="c",
        )
    )  # fmt: skip
    session.flush()
    found = entries(session)
    assert found["AM-1-2"]["alInGang"]["gezin"] == "SPI-1"
    assert found["AM-2"]["gezin"] == "SPI-2"


def test_a_run_counts_waiting_by_the_one_clock(session: Session) -> None:
    """Who waited before this registration has waited longer, and never shorter."""
    make_family(session, reference="SPI-1")
    for number, clock in (("AM-1", date(2026, 3, 1)), ("AM-2", date(2026, 12, 1)), ("AM-3", None)):
        make_registration(session, number=number, clock_from=clock)
    problem = assemble(session, DAY).problem
    own = (DAY - date(2026, 9, 1)).days
    assert problem.waiting_days().tolist() == [(DAY - date(2026, 3, 1)).days, own, own]
