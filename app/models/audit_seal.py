"""Seals on the log: a chain of digests over batches of lines, and how verifying it went."""

from datetime import datetime

from sqlalchemy import BigInteger, Identity, LargeBinary, func
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Base


class AuditSeal(Base):
    """A seal on all lines from first_id up to and including last_id; numbers have no gaps.

    rows_digest: SHA-256 over marks, which hold of each line its id (8 bytes) and the SHA-256 of its
    canonical text (32 bytes); they are let go with the lines. digest: SHA-256 over all the rest and
    the digest of the seal before. signature: Ed25519 over it, by a key that is not in the database.
    """

    __tablename__ = "audit_seal"

    number: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    first_id: Mapped[int] = mapped_column(BigInteger, unique=True)
    last_id: Mapped[int] = mapped_column(BigInteger, unique=True)
    count: Mapped[int]
    newest_at: Mapped[datetime]
    rows_digest: Mapped[str]
    previous: Mapped[str]
    sealed_at: Mapped[datetime]
    key_id: Mapped[str]
    digest: Mapped[str]
    signature: Mapped[str]
    marks: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)


class AuditCheck(Base):
    """One time that the chain was verified: what was seen, and the first thing that was wrong."""

    __tablename__ = "audit_check"

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    at: Mapped[datetime] = mapped_column(server_default=func.clock_timestamp())
    seals: Mapped[int]
    lines: Mapped[int] = mapped_column(BigInteger)
    unsealed: Mapped[int] = mapped_column(BigInteger)
    is_whole: Mapped[bool]
    broken_seal: Mapped[int | None] = mapped_column(BigInteger)
    broken_line: Mapped[int | None] = mapped_column(BigInteger)
    why: Mapped[str | None]
