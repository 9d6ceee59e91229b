"""The history of a registration: each step on its road, with who took it and when."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, Identity, func
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Base, closed_list
from app.db.sealed import SealedText
from app.kernel.stages import Stage
from app.models.registration import WithdrawalReason

# Why a registration was withdrawn comes from the database itself, as a word of a closed list.
REASON_WORDS = frozenset(word.value for word in WithdrawalReason)


class StageChange(Base):
    """One step (*geschiedenis*); written by the database itself, so no writer can forget it.

    registration_id: of a draft too, whose registration keeps its id; so it refers to no table.
    actor, role: who asked for the transaction. reason: what was told about it, if anything.
    """

    __tablename__ = "stage_change"

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    registration_id: Mapped[UUID] = mapped_column(index=True)
    from_stage: Mapped[Stage | None] = mapped_column(closed_list(Stage, "from_stage"))
    to_stage: Mapped[Stage] = mapped_column(closed_list(Stage, "to_stage"))
    actor: Mapped[str]
    role: Mapped[str]
    reason: Mapped[str | None] = mapped_column(
        SealedText("stage_change.reason", owner="registration_id", words=REASON_WORDS)
    )
    at: Mapped[datetime] = mapped_column(server_default=func.clock_timestamp())
