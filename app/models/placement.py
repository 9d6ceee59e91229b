"""Placements: which child lives with which family, from when to when."""

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, false, text
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Base, HasId


class Placement(HasId, Base):
    """A placement (*plaatsing*). until: the last day; none while it runs.

    is_bridging: a crisis bed, from which the child is searched for and waits on.
    """

    __tablename__ = "placement"
    __table_args__ = (
        Index(
            "uq_placement_registration_id_running",
            "registration_id",
            unique=True,
            postgresql_where=text("until IS NULL"),
        ),
        CheckConstraint("until >= since", name="in_order"),
    )

    registration_id: Mapped[UUID] = mapped_column(ForeignKey("registration.id"), index=True)
    family_id: Mapped[UUID] = mapped_column(ForeignKey("family.id"), index=True)
    since: Mapped[date]
    until: Mapped[date | None]
    is_bridging: Mapped[bool] = mapped_column(default=False, server_default=false())
