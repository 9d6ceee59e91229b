"""Brothers and sisters whom a crisis parted for a while: one rule for a row and for the SELECTs.

It is judged on what stands in the placement and its registration, and everybody who may see the
placement finds the same. Who lives together again is told by `samen` (a correction).
"""

from datetime import date

from sqlalchemy import ColumnElement, and_, func

from app.kernel.holding import REUNION_NEAR
from app.kernel.words import CareForm, SiblingWish
from app.models import Placement, Registration


def is_parted(placement: Placement, registration: Registration) -> bool:
    """Return whether a child lives apart by a crisis alone, and nobody wishes it to be apart.

    A crisis bed is not one: its day stands in the report of the crisis desk.
    """
    return (
        placement.until is None
        and not placement.is_bridging
        and placement.form is CareForm.CRISIS
        and placement.together is False
        and registration.sibling_wish is not SiblingWish.APART
    )


def reunion_open(today: ColumnElement[date]) -> ColumnElement[bool]:
    """Return whether such a placement has no day that ends it, or that day is near or past."""
    return and_(
        Placement.until.is_(None),
        ~Placement.is_bridging,
        Placement.form == CareForm.CRISIS,
        Placement.together.is_(False),
        # By the database itself: a provider no longer sees the registration of who lives there.
        func.pleegzorg_reunion_open(Placement.registration_id, today + REUNION_NEAR.days),
    )
