"""The SELECTs on drafts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from app.kernel.stages import DRAFTS, Stage
from app.models import Draft


@dataclass(frozen=True, slots=True)
class WrittenDraft:
    """What of a draft is compared with another; what it tells of the person is sealed."""

    id: UUID
    sealed: bytes | None
    number: str | None
    state: Stage
    started_on: date
    born_on: date | None
    postcode: str | None


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


def written_drafts(session: Session, which: ColumnElement[bool]) -> list[WrittenDraft]:
    """Return the drafts that are still written, the newest first."""
    columns = (Draft.id, Draft.sealed, Draft.number, Draft.state, Draft.started_on, Draft.born_on)
    rows = session.execute(
        select(*columns, Draft.postcode)
        .where(Draft.state.in_(DRAFTS), which)
        .order_by(Draft.id.desc())
    )
    return [WrittenDraft(*row) for row in rows]
