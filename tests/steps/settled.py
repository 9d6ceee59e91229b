"""Children whose legal frame is in order, so that a placement may begin."""

from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from app.kernel.legal_frame import AuthorityKind, Consent
from app.models import AuthorityHolder, LegalFrame, Registration
from tests.rows import make_registration as make_bare


def make_registration(session: Session, **given: Any) -> Registration:
    """Insert a child as `tests.rows` does, with authority, consent and municipality recorded."""
    made = make_bare(session, **given)
    settle_frame(session, made)
    return made


def settle_frame(session: Session, registration: Registration) -> None:
    """Record all that the law asks before a placement."""
    session.add(
        LegalFrame(
            registration_id=registration.id,
            order_executed_on=date(2026, 11, 1),
            order_ends_on=date(2099, 1, 1),
            supervision_ends_on=date(2099, 1, 1),
            responsible_municipality="Amsterdam",
        )
    )
    session.flush()
    session.add(
        AuthorityHolder(
            registration_id=registration.id,
            ordinal=1,
            kind=AuthorityKind.PARENT,
            consent=Consent.YES,
        )
    )
    session.flush()
