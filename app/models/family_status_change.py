"""When a family paused, went on or stopped."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, Identity, func
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Base, closed_list
from app.kernel.words import FamilyStatus


class FamilyStatusChange(Base):
    """One change of a family's status; written by the database itself, whoever writes."""

    __tablename__ = "family_status_change"

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    family_id: Mapped[UUID] = mapped_column(ForeignKey("family.id", ondelete="CASCADE"), index=True)
    from_status: Mapped[FamilyStatus] = mapped_column(closed_list(FamilyStatus, "from_status"))
    to_status: Mapped[FamilyStatus] = mapped_column(closed_list(FamilyStatus, "to_status"))
    at: Mapped[datetime] = mapped_column(server_default=func.clock_timestamp(), index=True)
