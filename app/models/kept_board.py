"""Answers of boards that the worker made ready, for whoever looks in the next minutes."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Base, closed_list


class KeptBoardName(StrEnum):
    """Which board (*bord*)."""

    REGION = "regio"
    REGION_WITHOUT_LIST = "regio zonder lijst"
    WAITING = "wachttijden"
    PLACEMENTS = "plaatsingen"
    PLACES = "plekken"
    PREVENTION = "preventie"
    COUNTRY = "vergelijkingen"
    YEAR = "jaarverslag"
    FAIRNESS = "eerlijkheid"


class KeptBoard(Base):
    """One answer as the API gives it: counts of the region, small ones left out for its readers.

    on_day: the day that it was made for. answer: the JSON itself, its order kept.
    """

    __tablename__ = "kept_board"
    __table_args__ = (CheckConstraint("first <= last", name="in_order"),)

    name: Mapped[KeptBoardName] = mapped_column(
        closed_list(KeptBoardName, "name"), primary_key=True
    )
    first: Mapped[date] = mapped_column(primary_key=True)
    last: Mapped[date] = mapped_column(primary_key=True)
    on_day: Mapped[date]
    made_at: Mapped[datetime]
    answer: Mapped[str] = mapped_column(Text)
