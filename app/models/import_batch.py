"""Imports: what came in, what it changed, what was refused."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Base, HasId, closed_list


class ImportKind(StrEnum):
    """What an import brings."""

    FAMILIES = "pleeggezinnen"
    REGISTRATIONS = "aanmeldingen"


class ImportState(StrEnum):
    """What became of an import."""

    APPLIED = "verwerkt"
    UNCHANGED = "ongewijzigd"
    HELD = "aangehouden"


class FindingKind(StrEnum):
    """Whether a row was refused, or kept with a remark."""

    REFUSED = "geweigerd"
    WARNING = "waarschuwing"


class ImportBatch(HasId, Base):
    """One file that was offered; held ones changed nothing and wait for a person."""

    __tablename__ = "import_batch"

    kind: Mapped[ImportKind] = mapped_column(closed_list(ImportKind, "kind"))
    provider_id: Mapped[UUID | None] = mapped_column(ForeignKey("provider.id"), index=True)
    state: Mapped[ImportState] = mapped_column(closed_list(ImportState, "state"))
    file: Mapped[str]
    sha256: Mapped[str]
    actor: Mapped[str]
    snapshot_day: Mapped[date | None]
    read: Mapped[int]
    added: Mapped[int]
    changed: Mapped[int]
    unchanged: Mapped[int]
    refused: Mapped[int]
    to_confirm: Mapped[int]
    applied_at: Mapped[datetime | None]


class ImportFinding(HasId, Base):
    """A refused row, or a warning, of one import; message is the sentence for a person."""

    __tablename__ = "import_finding"
    __table_args__ = (Index("ix_import_finding_import_id", "import_id"),)

    import_id: Mapped[UUID] = mapped_column(ForeignKey("import_batch.id", ondelete="CASCADE"))
    kind: Mapped[FindingKind] = mapped_column(closed_list(FindingKind, "kind"))
    file: Mapped[str]
    row: Mapped[int]
    field: Mapped[str]
    message: Mapped[str]
    record: Mapped[str]
