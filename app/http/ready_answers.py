"""Answers that the worker makes ready every ten minutes, for whoever looks (ADR 0079).

Counting a whole region takes longer than a page should. Who wants the figures of this very moment
asks for them anew; so does who asks on another day or over another period.
"""

from contextlib import suppress
from datetime import date, datetime, timedelta
from typing import Annotated, TypeVar

from fastapi import Query
from pydantic import Field, ValidationError
from sqlalchemy.orm import Session

from app.db.session import as_system
from app.http.schema import Schema
from app.kernel.clock import now, today_in_amsterdam
from app.models import KeptBoard, KeptBoardName

Anew = Annotated[
    bool,
    Query(
        alias="opnieuw",
        description="Tel opnieuw. Zonder: wat klaarstaat mag, hooguit een kwartier oud (standVan).",
    ),
]
FRESH = timedelta(minutes=15)  # longer than between two rounds of the worker
Days = tuple[date, date]  # from a day until and with another


class Counted(Schema):
    """Figures that tell when they were counted: now, or when the worker made them ready."""

    made_at: datetime = Field(
        alias="standVan",
        description="Het moment waarop dit is geteld; hooguit een kwartier geleden.",
    )


Figures = TypeVar("Figures", bound=Counted)


def ready_answer(
    session: Session, name: KeptBoardName, kind: type[Figures], days: Days, *, anew: bool
) -> Figures | None:
    """Return what stands ready of a board for a period; None where it must be counted.

    The caller has judged that the asker may see it. anew: counted in any case.
    """
    if anew:
        return None
    with as_system(session):
        row = session.get(KeptBoard, (name, *days))
    if row is None or row.on_day != today_in_amsterdam():
        return None
    if not now() - FRESH < row.made_at <= now() + FRESH:
        return None
    with suppress(ValidationError):  # of a version that told other figures
        return kind.model_validate_json(row.answer)
    return None


def ready_row(name: KeptBoardName, days: Days, figures: Counted, *, today: date) -> KeptBoard:
    """Return the row by which figures stand ready."""
    return KeptBoard(
        name=name,
        first=days[0],
        last=days[1],
        on_day=today,
        made_at=figures.made_at,
        answer=figures.model_dump_json(by_alias=True),
    )
