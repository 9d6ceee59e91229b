"""Which versions of the key something may be sealed with, and whether they are still the same."""

from datetime import datetime

from sqlalchemy import CheckConstraint, func
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Base


class KeyVersion(Base):
    """A version of the key with which this database was written (*sleutelversie*).

    proof: tells whether a key is the same one; nothing of the key itself. It goes when nothing is
    sealed with the version any more and its key was let go.
    """

    __tablename__ = "key_version"
    __table_args__ = (CheckConstraint("version BETWEEN 1 AND 65535", name="version"),)

    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    proof: Mapped[bytes]
    since: Mapped[datetime] = mapped_column(server_default=func.now())
