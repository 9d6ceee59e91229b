"""How the search goes on from a crisis bed: what the doors of steps and placements take in.

The follow-up is begun in the transaction that places the child. Registering is the intake's;
whoever places is given it by the wiring (`app/main.py`).
"""

from datetime import date
from typing import Annotated, Protocol
from uuid import UUID

from fastapi import Depends, Request
from pydantic import BeforeValidator, Field, StrictInt, model_validator
from sqlalchemy.orm import Session

from app.http.schema import Schema
from app.kernel.actor import Actor
from app.kernel.errors import InputRefused
from app.kernel.going_on import GoOn
from app.kernel.reading_days import DayStyle, day
from app.kernel.rhythms import check_rhythm
from app.kernel.words import CareForm, Rhythm, Urgency
from app.models import Registration

FOLLOWING = (
    "Alleen, en altijd, bij de vorm crisis: waarnaar vanaf die dag verder wordt gezocht. De dienst "
    "meldt het kind daarvoor zelf opnieuw aan. Of geef `redenGeenVervolg`."
)
NO_FOLLOWING = "Waarom na de crisisplaatsing niet verder wordt gezocht."


class GoOnIn(Schema):
    """The next search for a child that comes into a crisis bed."""

    form: CareForm = Field(alias="vorm", examples=["opvoeding"])
    rhythm: Rhythm = Field(Rhythm.FULL_TIME, alias="ritme", examples=["voltijd"])
    urgency: Urgency = Field(Urgency.URGENT, alias="urgentie", examples=["spoed"])
    expected_months: Annotated[StrictInt, Field(ge=1, le=276)] = Field(
        alias="verwachteDuurMaanden", examples=[24]
    )
    leave_by: Annotated[date, BeforeValidator(day(DayStyle.ISO))] = Field(
        alias="moetWegOp", description="De laatste dag in het crisisbed.", examples=["2026-12-26"]
    )

    @model_validator(mode="after")
    def _goes_on(self) -> "GoOnIn":
        if self.form is CareForm.CRISIS:
            raise InputRefused("vorm: kies waarnaar na de crisis wordt gezocht; niet weer crisis.")
        check_rhythm(self.form, self.rhythm)
        return self

    def told(self) -> GoOn:
        """Return it as plain values."""
        return GoOn(self.form, self.rhythm, self.urgency, self.expected_months, self.leave_by)


class FollowUps(Protocol):
    """What registers a child anew, on from its crisis placement."""

    def prepare(self, session: Session) -> None:
        """Take the locks of registering: before those on a child, or two wait for each other."""

    def begin(self, session: Session, actor: Actor, registration: Registration, on: GoOn) -> UUID:
        """Begin the search; return the new registration. Raises as registering does."""


async def _follow_ups(request: Request) -> FollowUps:
    wired: FollowUps = request.app.state.follow_ups
    return wired


FollowUpsHere = Annotated[FollowUps, Depends(_follow_ups)]
