"""Children, and apart from them their BSN."""

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, validates

from app.db.base import Base, HasId, closed_list
from app.db.encryption import digest_name
from app.db.keyring import current_ring
from app.db.sealed import SealedText, SealedUse
from app.kernel.words import Gender


class Child(HasId, Base):
    """A child (*kind, jeugdige*), known to the region through its registrations.

    name_digest: by which a first name is found again; it is set with the name.
    """

    __tablename__ = "child"
    __table_args__ = (CheckConstraint("born_on > DATE '1990-01-01'", name="born_on"),)

    first_name: Mapped[str] = mapped_column(SealedText("child.first_name"))
    name_digest: Mapped[bytes | None] = mapped_column(index=True)
    born_on: Mapped[date]
    gender: Mapped[Gender] = mapped_column(closed_list(Gender, "gender"))

    @validates("first_name")
    def _digest(self, _: str, name: str) -> str:
        self.name_digest = digest_name(name, current_ring())
        return name


class ChildBsn(Base):
    """The BSN, encrypted, in a table of its own so that few roles may touch it.

    Jeugdwet 7.2 mandates it; it may be missing at first. digest finds one again; it is not
    unique, because duplicates are shown to a person, never merged in silence.
    """

    __tablename__ = "child_bsn"

    child_id: Mapped[UUID] = mapped_column(
        ForeignKey("child.id", ondelete="CASCADE"), primary_key=True
    )
    ciphertext: Mapped[bytes] = mapped_column(info=SealedUse("bsn", "child_id").info())
    digest: Mapped[bytes] = mapped_column(index=True)
