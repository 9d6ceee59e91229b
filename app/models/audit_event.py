"""Who saw or changed what: lines that are only ever added."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import BigInteger, Identity, Index, func, text
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Base, closed_list
from app.kernel.purposes import Purpose


class AuditOutcome(StrEnum):
    """How it ended (*uitkomst*)."""

    DONE = "gelukt"
    REFUSED = "geweigerd"


class AuditEvent(Base):
    """One line of the log of NEN 7513 (*logboek*): no name, no BSN, no text that somebody typed.

    operation: what was done, by its name in the contract, or in `doelen.toml` where no route did
    it. purpose: for what. client: the application that asked. subject, reference: about what, as a
    closed word and our own id (or a provider and its own number of a family); None for a list.
    provider_id, organisation: for whom the actor works; neither means the joint access itself.
    request_id, trace_id: the same as in the technical log. The application's role may add lines and
    nothing else; a trigger lets nobody change one, and lets one go only after five years.
    """

    __tablename__ = "audit_event"
    __table_args__ = (
        Index("ix_audit_event_reference", "reference", "id"),
        Index("ix_audit_event_actor", "actor", "id"),
        Index("ix_audit_event_emergency", "id", postgresql_where=text("purpose = 'noodtoegang'")),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    at: Mapped[datetime] = mapped_column(server_default=func.clock_timestamp())
    operation: Mapped[str]
    actor: Mapped[str]
    role: Mapped[str]
    provider_id: Mapped[UUID | None]
    organisation: Mapped[str | None]
    subject: Mapped[str | None]
    reference: Mapped[str | None]
    outcome: Mapped[AuditOutcome] = mapped_column(closed_list(AuditOutcome, "outcome"))
    request_id: Mapped[str | None]
    client: Mapped[str | None]
    purpose: Mapped[Purpose] = mapped_column(
        closed_list(Purpose, "purpose"), server_default=Purpose.UNKNOWN.value
    )
    trace_id: Mapped[str | None]
