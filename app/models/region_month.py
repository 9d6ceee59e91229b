"""What the region had at the end of each month: for reports of years that are over."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Base


class RegionMonth(Base):
    """The last state of a month that the worker kept; of the running month it is overwritten.

    month: its first day. on_day: the day of which it is, in that month. state: JSON, counts of the
    region as reports tell them, small ones left out (`MonthState` of app/insight/month_schemas.py).
    """

    __tablename__ = "region_month"
    __table_args__ = (
        CheckConstraint("extract(day from month) = 1", name="first_day"),
        CheckConstraint(
            "on_day >= month AND on_day < month + interval '1 month'", name="within_month"
        ),
    )

    month: Mapped[date] = mapped_column(primary_key=True)
    on_day: Mapped[date]
    made_at: Mapped[datetime]
    state: Mapped[str] = mapped_column(Text)
