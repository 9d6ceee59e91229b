"""From beds with forms and days of their own to proposals, each child on a bed that fits it."""

from datetime import date

import numpy as np
import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.kernel.words import CareForm
from app.models import Place, Proposal, ProposalRole, Registration
from app.proposals.assemble import assemble
from app.proposals.snapshot import dump_problem, load_problem
from tests.proposals.running import DAY, entries, run_here
from tests.rows import make_family, make_registration

FORMS = (CareForm.CRISIS, CareForm.LONG_TERM)


def unlike(session: Session, *offers: dict[str, object]) -> list[Place]:
    """Give one family these beds, in this order."""
    family = make_family(session, reference="SPI-1", places=len(offers), forms=FORMS)
    beds = list(
        session.scalars(select(Place).where(Place.family_id == family.id).order_by(Place.ordinal))
    )
    for bed, offer in zip(beds, offers, strict=True):
        for name, value in offer.items():
            setattr(bed, name, value)
    session.flush()
    return beds


def test_each_child_gets_the_bed_that_is_for_it(session: Session) -> None:
    """The crisis bed is not for who comes to stay: of two such children one gets a place."""
    crisis, other = unlike(session, {"forms": ["crisis"]}, {})
    make_registration(session, number="AM-1")
    make_registration(session, number="AM-2")
    make_registration(session, number="AM-3", care_form=CareForm.CRISIS)
    run_here(session)
    rows = session.execute(
        select(Registration.number, Proposal.place_id)
        .join(Proposal, Proposal.registration_id == Registration.id)
        .where(Proposal.role == ProposalRole.PROPOSED)
        .order_by(Registration.number)
    ).all()
    beds = dict(rows)
    assert beds["AM-3"] == crisis.id
    assert [place for number, place in rows if number != "AM-3"] == [other.id]


def test_a_bed_that_ends_is_not_for_who_stays_longer(session: Session) -> None:
    """The reason says so; and the same days on the family itself only need to cover the start."""
    unlike(session, {"available_until": date(2027, 1, 31)})
    make_registration(session, number="AM-1", expected_months=24)
    run_here(session)
    found = entries(session)["AM-1"]
    assert found["gezin"] is None
    problem = assemble(session, DAY).problem
    assert len(problem.beds) == 1


def test_beds_that_are_alike_stay_one_number(session: Session) -> None:
    """No row a bed for a family that tells nothing of its beds."""
    unlike(session, {}, {})
    problem = assemble(session, DAY).problem
    assert (len(problem.beds), problem.families.free_places.tolist()) == (0, [2])


def test_a_stored_run_keeps_its_beds(session: Session) -> None:
    """In the archive bed by bed."""
    unlike(session, {"forms": ["crisis"]}, {"available_from": date(2026, 12, 1)})
    problem = assemble(session, DAY).problem
    again = load_problem(dump_problem(problem)).beds
    assert np.array_equal(again.forms, problem.beds.forms)
    assert again.since.tolist() == problem.beds.since.tolist() == [None, date(2026, 12, 1)]


@pytest.mark.parametrize("forms", [[], ["nachtopvang"]])
def test_the_database_refuses_a_form_that_is_none(session: Session, forms: list[str]) -> None:
    """Whoever writes."""
    with pytest.raises(IntegrityError):
        unlike(session, {"forms": forms})
