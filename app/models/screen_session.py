"""Who is signed in at the screens, and what they had typed when that ended."""

from datetime import datetime

from sqlalchemy import LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Base, HasId


class ScreenSession(HasId, Base):
    """A browser that is signed in (*sessie*).

    key_hash: SHA-256 of the secret in its cookie. sealed: its tokens, under a key that only that
    secret gives: who reads this table can neither take a session over nor act with its tokens.
    """

    __tablename__ = "screen_session"

    key_hash: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    seen_at: Mapped[datetime]
    ends_at: Mapped[datetime]


class KeptForm(HasId, Base):
    """A form that came in after its session had ended: kept until its maker is back.

    sealed: address, fields and maker, under a key from a cookie of its own.
    """

    __tablename__ = "kept_form"

    key_hash: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    ends_at: Mapped[datetime]
