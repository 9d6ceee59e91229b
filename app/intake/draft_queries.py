"""The SELECTs on drafts."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.kernel.stages import DRAFTS
from app.models import Draft


def find_draft(session: Session, id_: UUID) -> Draft | None:
    """Return a draft, or None; also one that was withdrawn."""
    return session.get(Draft, id_, populate_existing=True)


def draft_for_change(session: Session, id_: UUID) -> Draft | None:
    """Return a draft that nobody else can change until the transaction ends, or None."""
    return session.get(Draft, id_, with_for_update=True, populate_existing=True)


def list_drafts(session: Session, *, after: UUID | None, size: int) -> Sequence[Draft]:
    """Return at most size drafts that are still written, the oldest first."""
    statement = select(Draft).where(Draft.state.in_(DRAFTS)).order_by(Draft.id).limit(size)
    if after is not None:
        statement = statement.where(Draft.id > after)
    return session.scalars(statement).all()
