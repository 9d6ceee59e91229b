"""What goes out when two match runs are compared."""

from datetime import date
from enum import StrEnum
from uuid import UUID

from pydantic import Field

from app.http.schema import Schema


class Move(StrEnum):
    """What is different for a child in this run, seen from the other one."""

    GAINED = "kreeg een voorstel"
    LOST = "verloor het voorstel"
    OTHER_FAMILY = "ander gezin"
    NEW = "nieuw in deze run"
    GONE = "niet meer in deze run"


class ComparedRun(Schema):
    """One of the two runs."""

    id: UUID
    snapshot_day: date = Field(alias="peildatum")
    policy: str = Field(alias="beleid")


class ComparedGoal(Schema):
    """A goal's value in both runs; null where that run's policy does not count it."""

    code: str
    sentence: str = Field(alias="zin")
    unit: str = Field(alias="eenheid")
    sense: str = Field(alias="richting")
    here: float | None = Field(alias="deze")
    other: float | None = Field(alias="met")


class Proposed(Schema):
    """A family that a run proposes."""

    family: str = Field(alias="gezin")
    provider: str = Field(alias="aanbieder")


class ComparedChild(Schema):
    """A child for whom the two runs differ."""

    number: str = Field(alias="aanmeldnummer")
    move: Move = Field(alias="verandering")
    before: Proposed | None = Field(alias="van")
    after: Proposed | None = Field(alias="naar")


class Comparison(Schema):
    """This run beside another: goals, and the children for whom something changed."""

    here: ComparedRun = Field(alias="deze")
    other: ComparedRun = Field(alias="met")
    goals: list[ComparedGoal] = Field(alias="doelen")
    same: int = Field(alias="gelijk", description="Kinderen voor wie niets veranderde.")
    children: list[ComparedChild] = Field(alias="kinderen")
