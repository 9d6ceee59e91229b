"""Events that are told to others: what happened, in the order of the transactions that did it."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Identity, Index, func, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Base
from app.db.xid8 import Xid8
from app.kernel.ids import new_id


class Event(Base):
    """Something that happened, written in the transaction that did it, and never changed.

    kind: the part of its type after `nl.pleegzorg.`, from the catalogue (app/events). data: ids and
    words of closed lists by Dutch name. provider_id: the provider that it is for; None for staff
    alone. era, transaction_id and sequence are its place: what lies below the oldest transaction
    that is still open can get nothing before it any more. The era goes up when the data move to
    another server, whose transactions have numbers of their own.
    """

    __tablename__ = "event"
    __table_args__ = (
        CheckConstraint("kind ~ '^[a-z]+[.][a-z]+$'", name="kind_is_two_words"),
        Index("ix_event_place", "era", "transaction_id", "sequence"),
        Index("ix_event_provider_id_place", "provider_id", "era", "transaction_id", "sequence"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    era: Mapped[int] = mapped_column(
        BigInteger, server_default=text("pg_sequence_last_value('event_era'::regclass)")
    )
    transaction_id: Mapped[int] = mapped_column(Xid8, server_default=func.pg_current_xact_id())
    sequence: Mapped[int] = mapped_column(BigInteger, Identity(always=True))
    kind: Mapped[str]
    data: Mapped[dict[str, str]] = mapped_column(JSONB)
    provider_id: Mapped[UUID | None] = mapped_column(ForeignKey("provider.id"))
    recorded_at: Mapped[datetime] = mapped_column(server_default=func.clock_timestamp())


class EventHorizon(Base):
    """The place of the last event that was let go, in one row; none before the first is."""

    __tablename__ = "event_horizon"
    __table_args__ = (CheckConstraint("id = 1", name="only_one"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    era: Mapped[int] = mapped_column(BigInteger)
    transaction_id: Mapped[int] = mapped_column(Xid8)
    sequence: Mapped[int] = mapped_column(BigInteger)
    purged_at: Mapped[datetime]
