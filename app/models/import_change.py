"""Which records an import changed, and in which fields; never what they say."""

from enum import StrEnum
from uuid import UUID

from sqlalchemy import ARRAY, ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Base, closed_list


class ChangeKind(StrEnum):
    """What an import did to a record; asked about: it was missing, back: it is there again."""

    ADDED = "nieuw"
    CHANGED = "gewijzigd"
    ASKED_ABOUT = "navragen"
    BACK = "terug"


class ImportChange(Base):
    """One record that an import added, changed, asks about or put back; ordinal counts from 1.

    number: of the registration, or the provider's own number of the family. fields: Dutch names,
    None where what was stored before cannot be compared field by field.
    """

    __tablename__ = "import_change"
    __table_args__ = (UniqueConstraint("import_id", "number"),)

    import_id: Mapped[UUID] = mapped_column(
        ForeignKey("import_batch.id", ondelete="CASCADE"), primary_key=True
    )
    ordinal: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[ChangeKind] = mapped_column(closed_list(ChangeKind, "kind"))
    number: Mapped[str]
    fields: Mapped[list[str] | None] = mapped_column(ARRAY(Text))
