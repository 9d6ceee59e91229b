"""Providers of foster care: configuration with an identity of its own."""

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Base, HasId


class Provider(HasId, Base):
    """A provider (*aanbieder*); code is the word on the command line and in paths."""

    __tablename__ = "provider"
    __table_args__ = (CheckConstraint("code ~ '^[a-z][a-z0-9-]+$'", name="code_is_kebab_case"),)

    code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
