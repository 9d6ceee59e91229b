"""What the door shows of one registration besides itself: its history, gaps and doubles."""

from datetime import UTC, date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, Field

from app.http.schema import Schema
from app.intake.completeness import Need
from app.intake.field_types import ShortText
from app.intake.file_queries import Ground
from app.kernel.stages import Stage

Instant = Annotated[datetime, AfterValidator(lambda instant: instant.astimezone(UTC))]


class StageChangeOut(Schema):
    """One step on the road of a registration."""

    from_stage: Stage | None = Field(alias="van", description="null bij de eerste stap.")
    to_stage: Stage = Field(alias="naar")
    at: Instant = Field(alias="op")
    actor: str = Field(alias="wie")
    role: str = Field(alias="rol", description="In welke rol die werkte.")
    reason: str | None = Field(alias="reden")


class HistoryOut(Schema):
    """Where a registration stands, which steps are open, and how it came here."""

    stage: Stage = Field(alias="stand")
    open_steps: list[Stage] = Field(
        alias="mogelijkeStappen", description="Naar welke standen van hier een stap leidt."
    )
    changes: list[StageChangeOut] = Field(alias="stappen", description="De oudste eerst.")


class MissingOut(Schema):
    """One field that is not known yet."""

    field: str = Field(alias="veld")
    need: Need = Field(
        alias="nodigVoor",
        description="`zoeken`: zonder dit wordt niet gezocht; `rangorde`: kan veranderen welk "
        "gezin of kind voorgaat; `plaatsing`: moet er zijn voor een plaatsing begint; `afweging`: "
        "hoort bij de afweging of een plaatsing nodig is.",
    )
    why: str = Field(alias="waarom")


class CompletenessOut(Schema):
    """What is missing, what stops the search first."""

    stops_search: bool = Field(
        alias="houdtZoekenTegen",
        description="Er ontbreekt iets dat nodig is om te zoeken. Een aanmelding die zonder "
        "binnenkwam zoekt wel al: vul haar aan.",
    )
    missing: list[MissingOut] = Field(alias="ontbreekt")
    legal_gaps: list[str] = Field(
        alias="juridischKader",
        description="Wat in het juridisch kader een plaatsing tegenhoudt; zoeken kan wel.",
    )


class DoubleOut(Schema):
    """Another registration or draft that may be of the same child; nothing is merged in silence."""

    id: UUID = Field(description="Bij `concept` en `compleet` van een concept.")
    number: str | None = Field(
        alias="aanmeldnummer", description="null: een concept zonder nummer."
    )
    stage: Stage = Field(alias="stand")
    ground: Ground = Field(
        alias="grond",
        description="`zelfde kind`: hier al als één kind bekend, door het BSN of als vervolg.",
    )
    registered_on: date = Field(
        alias="aangemeldOp", description="Van een concept: de dag waarop het is begonnen."
    )


class DoubleList(Schema):
    """Registrations to compare; a person judges."""

    doubles: list[DoubleOut] = Field(alias="mogelijkDubbel")


class ClosingIn(Schema):
    """Why a registration is closed."""

    reason: ShortText = Field(alias="reden", examples=["De jongere is 18 geworden."])
