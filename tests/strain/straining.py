"""Placements for tests of strain and respite, and reviews as the room of placements keeps them."""

from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import Connection, func, select
from sqlalchemy.orm import Session, sessionmaker

from app.kernel.clock import AMSTERDAM, now, today_in_amsterdam
from app.kernel.holding import BreakdownKind, BreakdownReason, Initiative
from app.kernel.words import CareForm, Rhythm
from app.models import (
    BreakdownRecord,
    Family,
    Occupation,
    Place,
    Placement,
    PlacementReview,
    RegistrationState,
)
from tests.rows import make_family, make_placement, make_registration

TODAY = today_in_amsterdam()
LONG_AGO = TODAY - timedelta(days=300)


def place_child(
    session: Session,
    number: str,
    *,
    home: str,
    provider: str = "spirit",
    postcode: str = "1011AB",
    **changes: Any,
) -> Placement:
    """Insert a child that lives with a family of its own."""
    family = make_family(
        session, reference=home, provider=provider, places=0, postcode=postcode, name=f"Thuis{home}"
    )
    registration = make_registration(
        session, number=number, state=RegistrationState.PLACED, **changes
    )
    return make_placement(
        session, registration_id=registration.id, family_id=family.id, since=LONG_AGO
    )


def weekend_family(
    session: Session, reference: str, *, postcode: str = "1012AB", **changes: Any
) -> Family:
    """Insert a family that offers respite."""
    values: dict[str, Any] = {"forms": (CareForm.PART_TIME,), "available_from": date(2026, 1, 1)}
    return make_family(session, reference=reference, postcode=postcode, **values | changes)


def take(session: Session, family: Family, rhythm: Rhythm) -> None:
    """Let somebody from outside use the first bed of a family in one rhythm."""
    place = session.scalars(select(Place).where(Place.family_id == family.id)).first()
    assert place is not None
    since = now() - timedelta(days=30)
    session.add(Occupation(place_id=place.id, rhythm=rhythm, since=since, from_outside=True))
    session.flush()


def review(session: Session, placement: Placement, days_ago: int, **told: Any) -> None:
    """Insert a review; held on the day it was due unless held is None."""
    due = TODAY - timedelta(days=days_ago)
    held = told.pop("held", due)
    count = select(func.count()).where(PlacementReview.placement_id == placement.id)
    session.add(
        PlacementReview(
            placement_id=placement.id,
            ordinal=(session.scalar(count) or 0) + 1,
            due=due,
            held_on=held,
            actor="toets" if held else None,
            contacts_per_month=told.pop("contacts", None),
            **told,
        )
    )
    session.flush()


def nearly_broke(session: Session, placement: Placement, days_ago: int) -> None:
    """Insert a record of a breakdown that only just did not come."""
    session.add(
        BreakdownRecord(
            placement_id=placement.id,
            kind=BreakdownKind.NEARLY,
            day=TODAY - timedelta(days=days_ago),
            initiative=Initiative.CARERS,
            reasons=[BreakdownReason.CARERS_LOAD],
            tried=[],
            actor="toets",
            role="coordinator",
        )
    )
    session.flush()


def sessions_on(connection: Connection) -> sessionmaker[Session]:
    """Return sessions on the test's own connection, so that what they store is rolled back."""
    return sessionmaker(
        connection, join_transaction_mode="create_savepoint", expire_on_commit=False
    )


def at_night(hour: int) -> datetime:
    """Return an hour of today in Amsterdam."""
    return datetime.combine(TODAY, time(hour), tzinfo=AMSTERDAM)
