"""Backups that were made and found good: only when, and how much; no file's name, no content."""

from datetime import datetime

from sqlalchemy import BigInteger, Identity, func
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Base


class BackupMade(Base):
    """One good backup (*reservekopie*).

    at: the instant of its snapshot. size: bytes of its files. tables, records: what it holds.
    """

    __tablename__ = "backup_made"

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    at: Mapped[datetime] = mapped_column(index=True)
    noted_at: Mapped[datetime] = mapped_column(server_default=func.now())
    size: Mapped[int] = mapped_column(BigInteger)
    tables: Mapped[int]
    records: Mapped[int] = mapped_column(BigInteger)
