"""What changed in a registration after it was made: the names of fields, and disputed facts."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, Identity, Index, func
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Base, HasId, closed_list
from app.db.sealed import SealedText, SealedUse


class DisputedBy(StrEnum):
    """Who says that a fact is wrong (*betwistDoor*)."""

    CHILD = "kind"
    PARENT = "ouder"
    GUARDIAN = "voogd"
    REFERRER = "verwijzer"
    INTAKE = "aanmeldpunt"
    OTHER = "ander"


class FieldChange(Base):
    """One field of a registration that says something else since; written by the database itself.

    field: by its Dutch name, `a.b` inside another; `aanmelding` where it is not known which.
    """

    __tablename__ = "field_change"
    __table_args__ = (Index("ix_field_change_registration_id_at", "registration_id", "at"),)

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    registration_id: Mapped[UUID] = mapped_column(ForeignKey("registration.id", ondelete="CASCADE"))
    field: Mapped[str]
    actor: Mapped[str]
    at: Mapped[datetime] = mapped_column(server_default=func.clock_timestamp())


class FactCorrection(HasId, Base):
    """A disputed fact that was amended (*correctie*): what it was, sealed, with who and why."""

    __tablename__ = "fact_correction"

    registration_id: Mapped[UUID] = mapped_column(
        ForeignKey("registration.id", ondelete="CASCADE"), index=True
    )
    field: Mapped[str]
    sealed: Mapped[bytes] = mapped_column(info=SealedUse("correctie", "registration_id").info())
    disputed_by: Mapped[DisputedBy] = mapped_column(closed_list(DisputedBy, "disputed_by"))
    reason: Mapped[str] = mapped_column(SealedText("fact_correction.reason"))
    actor: Mapped[str]
    role: Mapped[str]
    at: Mapped[datetime] = mapped_column(server_default=func.clock_timestamp())
