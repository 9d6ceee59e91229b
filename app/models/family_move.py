"""The history of a family across providers: from whom to whom, and what lapsed with it."""

from datetime import date
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, FetchedValue, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Base, HasId
from app.db.sealed import SealedText


class FamilyMove(HasId, Base):
    """A family that went to another provider (*overgang*); never changed afterwards.

    is_merger: its whole provider went. clearance_until: the last day of the clearance that lapsed
    with it; None where none did. changed_in: the transaction, for the feed of changes.
    """

    __tablename__ = "family_move"
    __table_args__ = (
        CheckConstraint("from_provider_id <> to_provider_id", name="to_another"),
        Index("ix_family_move_from", "from_provider_id", "from_number"),
        Index("ix_family_move_changed_in", "changed_in", "id"),
    )

    family_id: Mapped[UUID] = mapped_column(ForeignKey("family.id"), index=True)
    from_provider_id: Mapped[UUID] = mapped_column(ForeignKey("provider.id"))
    from_number: Mapped[str]
    to_provider_id: Mapped[UUID] = mapped_column(ForeignKey("provider.id"))
    to_number: Mapped[str]
    is_merger: Mapped[bool]
    on_day: Mapped[date]
    clearance_until: Mapped[date | None]
    reason: Mapped[str] = mapped_column(SealedText("family_move.reason"))
    actor: Mapped[str]
    changed_in: Mapped[int] = mapped_column(BigInteger, server_default=FetchedValue())
