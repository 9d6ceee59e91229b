"""The SELECT of what is known of a child's order for placement out of the home."""

from sqlalchemy.orm import Session

from app.kernel.legal_frame import Frame
from app.models import LegalFrame, Registration


def order_of(session: Session, registration: Registration) -> Frame:
    """Return the kind of frame of a registration and its order; the rest is not read here."""
    stored = session.get(LegalFrame, registration.id, populate_existing=True)
    return Frame(
        kind=registration.legal_frame,
        order_issued_on=registration.order_issued_on,
        order_setting=registration.order_setting,
        order_executed_on=stored.order_executed_on if stored else None,
        order_ends_on=stored.order_ends_on if stored else None,
        supervision_ends_on=stored.supervision_ends_on if stored else None,
    )
