"""What the door of the waiting list shows."""

from datetime import date
from uuid import UUID

from pydantic import Field

from app.http.schema import Schema
from app.intake.schemas_out import HIDES_HOME
from app.kernel.stages import Stage
from app.kernel.words import CareForm, SiblingWish, Urgency


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
    home_is_secret: bool = Field(alias="woonplekGeheim", description=HIDES_HOME)
    leave_by: date | None = Field(alias="moetWegOp")
    age: int | None = Field(alias="leeftijd", description="In jaren; null als die nog ontbreekt.")
    municipality: str | None = Field(alias="gemeente")
    area: str | None = Field(
        alias="gebied", description="De eerste vier cijfers van de postcode van huis."
    )
    siblings: int | None = Field(
        alias="broersZussen",
        description="Hoeveel broers en zussen uit dezelfde groep ook wachten; null zonder groep.",
    )
    wish: SiblingWish | None = Field(
        alias="broersZussenWens", description="Wat de aanmelding wenst; van een concept null."
    )
    on_hold: bool = Field(
        alias="groepNavragen",
        description="Over de broers en zussen staat iets open: niemand wordt voorgesteld.",
    )
    options: int | None = Field(
        alias="opties",
        description="Hoeveel gezinnen de laatste matchrun voor dit kind had en geen nee zeiden, "
        "ten hoogste zes; null als het kind niet meedeed of er nog geen run was.",
    )
    missing: int = Field(alias="ontbreekt", description="Hoeveel er in de aanmelding ontbreekt.")


class WaitingList(Schema):
    """One page; the header Link leads to the next one."""

    total: int = Field(alias="totaal", description="Hoeveel er zijn, op alle pagina's samen.")
    children: list[WaitingChild] = Field(alias="wachtenden")


class WaitingFigures(Schema):
    """How many children wait that the asker may see, and of what kinds; one can be in several."""

    waiting: int = Field(alias="wachtenden")
    crisis: int
    urgent: int = Field(alias="spoed")
    few_options: int | None = Field(
        alias="weinigOpties",
        description="Voor wie de laatste matchrun minder dan drie gezinnen had; null als er nog "
        "geen run was of voorstellen niet voor deze rol zijn.",
    )
    drafts: int = Field(alias="concepten")
    proposed: int = Field(alias="voorgesteld")
    on_hold: int = Field(alias="groepNavragen")
    municipalities: list[str] = Field(alias="gemeenten", description="Waar zij vandaan komen.")
