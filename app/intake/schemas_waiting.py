"""What the door of the waiting list shows."""

from datetime import date
from uuid import UUID

from pydantic import Field

from app.http.schema import Schema
from app.kernel.stages import Stage
from app.kernel.words import CareForm, Urgency


class WaitingChild(Schema):
    """One child that waits: no name, no birth date, no BSN."""

    id: UUID = Field(description="Te lezen op /v1/kinderen/{id}, of als concept.")
    number: str | None = Field(alias="aanmeldnummer")
    stage: Stage = Field(alias="stand")
    care_form: CareForm | None = Field(alias="vorm")
    urgency: Urgency | None = Field(alias="urgentie")
    first_registered_on: date = Field(
        alias="eersteAanmeldingOp", description="Ook van een eerdere aanmelding of een concept."
    )
    since: date = Field(
        alias="wachtSinds",
        description="De eerste dag, later gezet om de dagen dat het kind in een gezin woonde dat "
        "geen overbrugging was.",
    )
    days: int = Field(alias="dagenGewacht", ge=0)
    staying_now: str | None = Field(alias="verblijftNu")
    secret_placement: bool | None = Field(
        alias="geheimePlaatsing",
        description="null: in een concept nog niet verteld. Bij een geheime plaatsing ziet een "
        "verwijzer `verblijftNu` niet.",
    )
    leave_by: date | None = Field(alias="moetWegOp")
    options: int | None = Field(
        alias="opties",
        description="Hoeveel gezinnen de laatste matchrun voor dit kind had en geen nee zeiden, "
        "ten hoogste zes; null als het kind niet meedeed of er nog geen run was.",
    )
    missing: int = Field(alias="ontbreekt", description="Hoeveel er in de aanmelding ontbreekt.")


class WaitingList(Schema):
    """One page; the header Link leads to the next one."""

    children: list[WaitingChild] = Field(alias="wachtenden")
