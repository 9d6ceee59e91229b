"""Families that respite can be found with: those a round searches, not those who would like to."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.insight.periods import Period
from app.insight.prevention_queries import respite_in
from app.kernel.clock import today_in_amsterdam
from app.kernel.words import CareForm, FamilyStatus
from app.models import Place
from tests.rows import make_family

TODAY = today_in_amsterdam()
YEAR = Period(date(TODAY.year, 1, 1), TODAY)


def found(session: Session) -> int:
    session.flush()
    return respite_in(session, YEAR, TODAY).families


def test_the_form_and_a_place_are_what_counts(session: Session) -> None:
    """Not that it would like to: without the form a round never looks there."""
    make_family(session, reference="SPI-1", forms=(CareForm.LONG_TERM,), respite=True)
    assert found(session) == 0
    make_family(session, reference="SPI-2", forms=(CareForm.PART_TIME,), respite=False)
    assert found(session) == 1
    several = make_family(
        session, reference="SPI-3", forms=(CareForm.PART_TIME, CareForm.LONG_TERM), places=3
    )
    assert found(session) == 2
    for place in session.scalars(select(Place).where(Place.family_id == several.id)):
        place.forms = [CareForm.LONG_TERM]
    assert found(session) == 1


@pytest.mark.parametrize(
    "changed",
    [{"status": FamilyStatus.PAUSED}, {"needs_confirmation": True}, {"places": 0},
     {"available_until": TODAY - timedelta(days=1)},
     {"available_from": TODAY + timedelta(days=1)}],
)  # fmt: skip
def test_who_does_not_take_part_now_is_not_counted(
    session: Session, changed: dict[str, Any]
) -> None:
    """Paused, to be confirmed, without a place, or at another time."""
    make_family(
        session, reference="SPI-1", **{"forms": (CareForm.PART_TIME,), "respite": True} | changed
    )
    assert found(session) == 0
