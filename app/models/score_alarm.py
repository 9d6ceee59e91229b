"""Alarms of the calibration board: from when, and until when, each of them stood."""

from datetime import date
from enum import StrEnum

from sqlalchemy import CheckConstraint, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Base, HasId, closed_list


class AlarmKind(StrEnum):
    """What an alarm of the board is about (*alarm*)."""

    DRIFT = "verschuiving"
    SWITCH_OFF = "uitzetten"


class ScoreAlarm(HasId, Base):
    """One alarm about the chances (*alarm*): told of once, when it begins, and once when it ended.

    last_on: the last look that still saw it; between two looks it may have been quiet.
    """

    __tablename__ = "score_alarm"
    __table_args__ = (
        CheckConstraint("since <= last_on AND last_on <= until", name="in_order"),
        Index(
            "uq_score_alarm_kind_running",
            "kind",
            unique=True,
            postgresql_where=text("until IS NULL"),
        ),
    )

    kind: Mapped[AlarmKind] = mapped_column(closed_list(AlarmKind, "kind"))
    since: Mapped[date]
    last_on: Mapped[date]
    until: Mapped[date | None]
