"""Foster families as their provider last told them."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    BigInteger,
    CheckConstraint,
    FetchedValue,
    ForeignKey,
    Index,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Base, HasId, closed_list
from app.db.sealed import SealedText
from app.kernel.words import FamilyKind, FamilyStatus, GenderPreference


class Family(HasId, Base):
    """A foster family (*pleeggezin*) under its provider's own number.

    needs_confirmation (*navragen*): it was missing from its provider's last full export; it is
    not proposed until the provider confirms it, and never closed by its absence.
    confirmed_at: when its availability was last confirmed in so many words, not by an export;
    confirmed_by, confirmed_in: by whom, in which transaction, and confirmed_before, asked_before:
    what confirmed_at and needs_confirmation were before, so that it can be taken back.
    content_hash tells an unchanged row from a changed one without comparing every table;
    pause_reason, paused_until: of a family that pauses, and of no other.
    field_digests tells in which fields, by Dutch name (None: stored before these were kept).
    content_hash is empty while its present source has told nothing of it yet.
    source_id: the provider, perhaps one that has merged since, whose system tells of the family.
    clearance_lapsed: the last day of a clearance that lapsed when the family went to another
    provider; told again, it does not count. changed_in: the transaction that last changed the
    family or one of its places. The database sets these three (trigger), whoever writes.
    """

    __tablename__ = "family"
    __table_args__ = (
        UniqueConstraint("provider_id", "reference"),
        CheckConstraint("0 <= min_age AND min_age <= max_age AND max_age <= 23", name="ages"),
        CheckConstraint("max_siblings >= 1", name="max_siblings"),
        CheckConstraint("experience_years >= 0", name="experience_years"),
        CheckConstraint("cooperation BETWEEN 1 AND 5", name="cooperation"),
        CheckConstraint("postcode ~ '^[1-9][0-9]{3}([A-Z]{2})?$'", name="postcode"),
        CheckConstraint("available_from <= available_until", name="availability_in_order"),
        CheckConstraint("kind <> 'netwerk' OR network_for IS NOT NULL", name="network_names_child"),
        Index("ix_family_changed_in", "changed_in", "id"),
        Index(
            "ix_family_network_for", "network_for", postgresql_where=text("network_for IS NOT NULL")
        ),
    )

    # Found by the unique index with the number, which begins with it.
    provider_id: Mapped[UUID] = mapped_column(ForeignKey("provider.id"))
    reference: Mapped[str]
    name: Mapped[str] = mapped_column(SealedText("family.name"))
    kind: Mapped[FamilyKind] = mapped_column(closed_list(FamilyKind, "kind"))
    status: Mapped[FamilyStatus] = mapped_column(closed_list(FamilyStatus, "status"))
    postcode: Mapped[str]
    place_name: Mapped[str]
    available_from: Mapped[date | None]
    available_until: Mapped[date | None]
    min_age: Mapped[int]
    max_age: Mapped[int]
    gender_preference: Mapped[GenderPreference] = mapped_column(
        closed_list(GenderPreference, "gender_preference")
    )
    max_siblings: Mapped[int]
    experience_years: Mapped[float]
    trainings: Mapped[list[str]] = mapped_column(ARRAY(Text))
    cooperation: Mapped[int | None]
    pets: Mapped[list[str]] = mapped_column(ARRAY(Text))
    smokes: Mapped[bool]
    wheelchair: Mapped[bool]
    languages: Mapped[list[str]] = mapped_column(ARRAY(Text))
    faith: Mapped[str | None] = mapped_column(SealedText("family.faith"))
    clearance_until: Mapped[date | None]
    prepared: Mapped[bool]
    respite: Mapped[bool]
    network_for: Mapped[str | None]
    needs_confirmation: Mapped[bool] = mapped_column(default=False)
    confirmed_at: Mapped[datetime | None]
    confirmed_by: Mapped[str | None]
    confirmed_in: Mapped[int | None] = mapped_column(BigInteger)
    confirmed_before: Mapped[datetime | None]
    asked_before: Mapped[bool | None]
    # When a purge took away who they were; what its provider tells later stands there again.
    emptied_at: Mapped[datetime | None]
    source_updated_at: Mapped[datetime]
    content_hash: Mapped[str]
    source_id: Mapped[UUID] = mapped_column(
        ForeignKey("provider.id"), index=True, server_default=FetchedValue()
    )
    pause_reason: Mapped[str | None] = mapped_column(SealedText("family.pause_reason"))
    paused_until: Mapped[date | None]
    clearance_lapsed: Mapped[date | None]
    changed_in: Mapped[int] = mapped_column(BigInteger, server_default=FetchedValue())
    field_digests: Mapped[dict[str, str] | None] = mapped_column(JSONB(none_as_null=True))
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012
