"""Rights of the person: statements, requests for destruction, legal holds, reports of purges."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Base, HasId, closed_list
from app.db.sealed import SealedText
from app.models.field_change import DisputedBy


class Asker(StrEnum):
    """Who asks for destruction (*gevraagdDoor*); who may follows from the child's age."""

    CHILD_16 = "kind vanaf 16"
    CHILD_12 = "kind van 12 tot 16"
    REPRESENTATIVE = "wettelijk vertegenwoordiger"


class ErasureState(StrEnum):
    """How it stands with a request for destruction (*stand*)."""

    RECEIVED = "ontvangen"
    GRANTED = "toegewezen"
    REFUSED = "geweigerd"
    DONE = "uitgevoerd"


class RefusalGround(StrEnum):
    """Why a request is refused (*weigeringsgrond*); the law knows no other grounds."""

    OTHERS_INTEREST = "aanmerkelijk belang van een ander"
    LEGAL_DUTY = "wettelijke plicht"
    NOT_ENTITLED = "vrager niet bevoegd"


class LegalHoldKind(StrEnum):
    """Why a file must stay, whatever its term says (*soort*)."""

    COMPLAINT = "klacht"
    COURT_CASE = "rechtszaak"
    DISCIPLINARY = "tuchtzaak"
    INSPECTION = "onderzoek van de inspectie"


class PurgeState(StrEnum):
    """How far a purge is (*stand*)."""

    PROPOSED = "voorgesteld"
    APPROVED = "goedgekeurd"
    RUNNING = "bezig"
    DONE = "klaar"


class FileStatement(HasId, Base):
    """The person's own statement in the file (*verklaring*), as with a correction that was refused.

    field: about which field, None for the file as a whole. refusal: why the correction was refused;
    None where none was asked. Never changed afterwards.
    """

    __tablename__ = "file_statement"
    __table_args__ = (
        CheckConstraint("refusal IS NULL OR field IS NOT NULL", name="refusal_of_a_field"),
    )

    registration_id: Mapped[UUID] = mapped_column(
        ForeignKey("registration.id", ondelete="CASCADE"), index=True
    )
    field: Mapped[str | None]
    stated_by: Mapped[DisputedBy] = mapped_column(closed_list(DisputedBy, "stated_by"))
    text: Mapped[str] = mapped_column(SealedText("file_statement.text"))
    refusal: Mapped[str | None] = mapped_column(SealedText("file_statement.refusal"))
    actor: Mapped[str]
    role: Mapped[str]


class ErasureRequest(HasId, Base):
    """A request that a file be destroyed (*vernietigingsverzoek*), and then the proof that it was.

    registration_id: our own id, which leads to nothing once the file is gone; so it refers to no
    table. due: the last day to decide and perform (three months). note, reason: typed; empty after
    the destruction. counts: then how many rows went, by table.
    """

    __tablename__ = "erasure_request"
    __table_args__ = (
        CheckConstraint("due > asked_on", name="in_order"),
        CheckConstraint("(state = 'geweigerd') = (ground IS NOT NULL)", name="refused_on_a_ground"),
        CheckConstraint("(state = 'ontvangen') = (decided_by IS NULL)", name="decided_by_someone"),
        CheckConstraint("(decided_by IS NULL) = (decided_at IS NULL)", name="decided_on_a_day"),
        CheckConstraint("(state = 'uitgevoerd') = (executed_at IS NOT NULL)", name="done_on_a_day"),
        CheckConstraint(
            "state <> 'uitgevoerd' OR (note IS NULL AND reason IS NULL)", name="nothing_typed_stays"
        ),
        Index(
            "uq_erasure_request_registration_id_open",
            "registration_id",
            unique=True,
            postgresql_where=text("state IN ('ontvangen', 'toegewezen')"),
        ),
    )

    registration_id: Mapped[UUID] = mapped_column(index=True)
    asked_by: Mapped[Asker] = mapped_column(closed_list(Asker, "asked_by"))
    asked_on: Mapped[date]
    due: Mapped[date]
    note: Mapped[str | None] = mapped_column(SealedText("erasure_request.note"))
    state: Mapped[ErasureState] = mapped_column(
        closed_list(ErasureState, "state"), default=ErasureState.RECEIVED
    )
    ground: Mapped[RefusalGround | None] = mapped_column(closed_list(RefusalGround, "ground"))
    reason: Mapped[str | None] = mapped_column(SealedText("erasure_request.reason"))
    actor: Mapped[str]
    role: Mapped[str]
    decided_by: Mapped[str | None]
    decided_at: Mapped[datetime | None]
    executed_at: Mapped[datetime | None]
    counts: Mapped[dict[str, Any]] = mapped_column(JSONB, default=dict, server_default="{}")


class LegalHold(HasId, Base):
    """A file that must stay (*bewaarplicht*): while it runs nothing of it is destroyed."""

    __tablename__ = "legal_hold"
    __table_args__ = (
        CheckConstraint("(lifted_at IS NULL) = (lifted_by IS NULL)", name="lifted_whole"),
    )

    registration_id: Mapped[UUID] = mapped_column(
        ForeignKey("registration.id", ondelete="CASCADE"), index=True
    )
    kind: Mapped[LegalHoldKind] = mapped_column(closed_list(LegalHoldKind, "kind"))
    note: Mapped[str] = mapped_column(SealedText("legal_hold.note"))
    actor: Mapped[str]
    role: Mapped[str]
    lifted_at: Mapped[datetime | None]
    lifted_by: Mapped[str | None]


class PurgeReport(HasId, Base):
    """One purge of what was kept long enough (*opschoning*): counts alone, nothing about anybody.

    as_of: the day by which the terms were judged. due: what was to go, removed: what went, both by
    class and table. One at a time is not finished.
    """

    __tablename__ = "purge_report"
    __table_args__ = (
        CheckConstraint("(state = 'klaar') = (finished_at IS NOT NULL)", name="finished"),
        CheckConstraint(
            "(state = 'voorgesteld') = (approved_by IS NULL)", name="approved_by_someone"
        ),
        Index(
            "uq_purge_report_open",
            text("(state <> 'klaar')"),
            unique=True,
            postgresql_where=text("state <> 'klaar'"),
        ),
    )

    state: Mapped[PurgeState] = mapped_column(closed_list(PurgeState, "state"))
    as_of: Mapped[date]
    due: Mapped[dict[str, Any]] = mapped_column(JSONB)
    removed: Mapped[dict[str, Any]] = mapped_column(JSONB, default=dict, server_default="{}")
    actor: Mapped[str]
    approved_by: Mapped[str | None]
    approved_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]
