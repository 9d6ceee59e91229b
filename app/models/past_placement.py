"""Placements of before the service, without anybody's identity: to learn from alone."""

from datetime import date
from typing import Any

from sqlalchemy import CheckConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Base, HasId, closed_list
from app.kernel.words import CareForm, FamilyKind


class PastPlacementRow(HasId, Base):
    """One row of `plaatsingen-historie.csv`: the file's own number, facts by column, course.

    ending: the file's own word (`volgens plan`, `voortijdig afgebroken`, `loopt`).
    """

    __tablename__ = "past_placement"
    __table_args__ = (
        CheckConstraint("ended_on >= began_on", name="in_order"),
        CheckConstraint("(ended_on IS NULL) = (ending = 'loopt')", name="ended"),
        CheckConstraint(
            "ending IN ('volgens plan', 'voortijdig afgebroken', 'loopt')", name="ending"
        ),
    )

    number: Mapped[str] = mapped_column(unique=True)
    facts: Mapped[dict[str, Any]] = mapped_column(JSONB)
    form: Mapped[CareForm] = mapped_column(closed_list(CareForm, "form"))
    kind: Mapped[FamilyKind] = mapped_column(closed_list(FamilyKind, "kind"))
    began_on: Mapped[date]
    ended_on: Mapped[date | None]
    ending: Mapped[str]
