"""Drafts: registrations that are still being written."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Base, HasId, closed_list
from app.db.sealed import SealedText, SealedUse
from app.kernel.stages import Stage
from app.kernel.words import CareForm, Urgency


class Draft(HasId, Base):
    """A draft (*concept*): what has been told so far, sealed, as a document in interface names.

    Handed in, it becomes a registration with the same id, so that the history goes on. The columns
    besides the document are what a waiting list shows; staying_now is sealed as that of the
    registration, for one list shows both. started_on: the clock runs from here, or from the day of
    registration that the document tells, if that is earlier. missing: how many fields are.
    sibling_group: the code of the group, by which brothers and sisters find each other.
    kept, kept_by, kept_at: what a draft told that was withdrawn a moment ago, sealed, by whom and
    when; the worker lets it go when it cannot be taken back any more.
    """

    __tablename__ = "draft"
    __table_args__ = (
        CheckConstraint("state IN ('concept', 'compleet', 'ingetrokken')", name="state_of_draft"),
        CheckConstraint("(state = 'ingetrokken') = (sealed IS NULL)", name="empty_if_withdrawn"),
        CheckConstraint(
            "(kept IS NULL) = (kept_at IS NULL) AND (kept IS NULL OR state = 'ingetrokken')",
            name="kept_for_a_while",
        ),
    )

    state: Mapped[Stage] = mapped_column(closed_list(Stage, "state"))
    sealed: Mapped[bytes | None] = mapped_column(info=SealedUse("concept", "id").info())
    started_on: Mapped[date]
    number: Mapped[str | None]
    care_form: Mapped[CareForm | None] = mapped_column(closed_list(CareForm, "care_form"))
    urgency: Mapped[Urgency | None] = mapped_column(closed_list(Urgency, "urgency"))
    staying_now: Mapped[str | None] = mapped_column(SealedText("registration.staying_now"))
    secret_placement: Mapped[bool | None]
    leave_by: Mapped[date | None]
    born_on: Mapped[date | None]
    postcode: Mapped[str | None]
    municipality: Mapped[str | None]
    sibling_group: Mapped[str | None] = mapped_column(index=True)
    missing: Mapped[int]
    owner_organisation: Mapped[str | None] = mapped_column(index=True)
    kept: Mapped[bytes | None] = mapped_column(info=SealedUse("concept", "id").info())
    kept_by: Mapped[str | None]
    kept_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012
