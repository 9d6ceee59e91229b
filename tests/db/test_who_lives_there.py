"""A provider knows who lives with a family of its own, whatever way the child came there."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.db.session import act_as
from app.kernel.actor import PROVIDER_ROLES, SYSTEM, Actor, ActorRole
from app.kernel.clock import today_in_amsterdam
from app.models import PlacementOrigin, Provider, Registration
from tests.rows import make_family, make_placement, make_registration

DAY = timedelta(days=1)


def seen(session: Session, code: str, role: ActorRole = ActorRole.MATCHER) -> list[str]:
    """The numbers that come out of a query without any WHERE."""
    act_as(session, SYSTEM)
    own = session.scalar(select(Provider.id).where(Provider.code == code))
    session.commit()
    act_as(session, Actor("wie", role, provider_id=own))
    found = list(session.scalars(select(Registration.number)))
    session.commit()
    act_as(session, SYSTEM)
    return found


@pytest.mark.parametrize("origin", list(PlacementOrigin))
@pytest.mark.parametrize("role", sorted(PROVIDER_ROLES))
def test_the_row_is_there_while_the_child_is(
    session: Session, origin: PlacementOrigin, role: ActorRole
) -> None:
    """Without any step; not before the first day, nor after the last, nor for another provider."""
    today = today_in_amsterdam()
    family = make_family(session, reference="SPI-1")
    child = make_registration(session, number="AM-1")
    lives = make_placement(
        session, registration_id=child.id, family_id=family.id, since=today, origin=origin
    )
    session.commit()
    assert (seen(session, "spirit", role), seen(session, "youke", role)) == (["AM-1"], [])
    lives.since = lives.until = today - DAY
    session.commit()
    assert seen(session, "spirit", role) == []
    lives.since, lives.until = today + DAY, None
    session.commit()
    assert seen(session, "spirit", role) == []


def test_a_family_that_went_takes_the_child_with_it(session: Session) -> None:
    """Its provider of now knows who lives there; the one that it left knows no more."""
    family = make_family(session, reference="SPI-1")
    child = make_registration(session, number="AM-1")
    make_placement(
        session, registration_id=child.id, family_id=family.id, since=today_in_amsterdam()
    )
    family.provider_id = session.scalars(select(Provider.id).where(Provider.code == "youke")).one()
    session.commit()
    assert (seen(session, "spirit"), seen(session, "youke")) == ([], ["AM-1"])
