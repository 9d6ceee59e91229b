"""Providers of foster care: configuration with an identity and a history of its own."""

from datetime import date
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Base, HasId, closed_list


class Provider(HasId, Base):
    """A provider (*aanbieder*); code is the word on the command line and in paths.

    dialect: which of the readers reads its own export; None: it tells its families over the API.
    merged_into_id, merged_on: the provider that it became part of, from that day. It stays as a
    row: its code goes on to be understood, and its system may go on to tell of its families.
    """

    __tablename__ = "provider"
    __table_args__ = (
        CheckConstraint("code ~ '^[a-z][a-z0-9-]+$'", name="code_is_kebab_case"),
        CheckConstraint("merged_into_id <> id", name="merged_into_another"),
        CheckConstraint("(merged_into_id IS NULL) = (merged_on IS NULL)", name="merged_on_a_day"),
    )

    code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    dialect: Mapped[str | None]
    merged_into_id: Mapped[UUID | None] = mapped_column(ForeignKey("provider.id"))
    merged_on: Mapped[date | None]


class RetiredCode(Base):
    """A code that a provider had before it was renamed; never given to another one."""

    __tablename__ = "retired_code"

    code: Mapped[str] = mapped_column(primary_key=True)
    provider_id: Mapped[UUID] = mapped_column(ForeignKey("provider.id"))
    retired_on: Mapped[date]


class ProviderChangeKind(StrEnum):
    """What happened to a provider."""

    ADDED = "toegevoegd"
    RENAMED = "hernoemd"
    MERGED = "samengevoegd"


class ProviderChange(HasId, Base):
    """One line of the history of a provider; never changed afterwards.

    code, name: as they were from then on, or at its end for a merger. clearance_lapses: what the
    administrator chose at a merger. families: how many moved with it.
    """

    __tablename__ = "provider_change"
    __table_args__ = (
        CheckConstraint(
            "(kind = 'samengevoegd') = (into_id IS NOT NULL AND clearance_lapses IS NOT NULL)",
            name="merger_says_all",
        ),
    )

    provider_id: Mapped[UUID] = mapped_column(ForeignKey("provider.id"), index=True)
    kind: Mapped[ProviderChangeKind] = mapped_column(closed_list(ProviderChangeKind, "kind"))
    on_day: Mapped[date]
    code: Mapped[str]
    name: Mapped[str]
    into_id: Mapped[UUID | None] = mapped_column(ForeignKey("provider.id"))
    clearance_lapses: Mapped[bool | None]
    families: Mapped[int]
    actor: Mapped[str]
