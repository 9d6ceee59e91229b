"""What goes out about the limits of the policy that a run had; the Dutch names are aliases."""

from datetime import date

from pydantic import Field

from app.http.schema import Schema


class SlackDays(Schema):
    """So many days after the day of need a place may still begin."""

    crisis: int
    urgent: int = Field(alias="spoed")
    regular: int = Field(alias="regulier")


class RunLimits(Schema):
    """The limits of the policy of a run, as it stood then; null: the policy has no such limit."""

    valid_from: date = Field(alias="geldigVanaf")
    most_chance: float = Field(
        alias="hoogsteBreakdownkans",
        description="Daarboven is er geen voorstel, alleen iets om te bespreken; 1 is geen grens.",
    )
    leave_within: int = Field(
        alias="moetWegBinnenDagen", description="Wie zo gauw weg moet telt voor `moet_weg`."
    )
    slack: SlackDays = Field(alias="spelingDagen")
    support_above: float | None = Field(alias="steunplanBoven")
    most_new: int | None = Field(alias="nieuweKinderenPerGezin")
    move_price: float | None = Field(alias="prijsPerVeranderdVoorstel")
    placing_price: float | None = Field(alias="prijsPerPlaatsing")
