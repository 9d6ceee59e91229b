"""What goes in and out of the door of match runs; the Dutch names are aliases, only here."""

from datetime import UTC, date, datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import AfterValidator, Field, StrictInt, field_validator

from app.http.schema import Schema
from app.kernel.chance_band import Band
from app.models import RunState
from app.proposals.schemas_limits import RunLimits
from app.proposals.schemas_why_not import WhyNot

Instant = Annotated[datetime, AfterValidator(lambda instant: instant.astimezone(UTC))]


class MatchRunIn(Schema):
    """A request for a match run."""

    policy: str = Field(
        "zorgvuldig", alias="beleid", pattern="^[a-z][a-z-]*$", max_length=60,
        description="Naam van een meegeleverd beleid.", examples=["zorgvuldig", "maximaal"],
    )  # fmt: skip
    snapshot_day: date | None = Field(
        None,
        alias="peildatum",
        ge=date(2000, 1, 1),
        le=date(2099, 12, 31),
        description="Dag waarop wordt gematcht; anders die van de laatste export, anders vandaag.",
        examples=["2026-11-01"],
    )
    seed: StrictInt = Field(0, ge=0, lt=2**31, description="Kiest nooit tussen gezinnen.")

    @field_validator("snapshot_day", mode="before")
    @classmethod
    def _only_text(cls, value: object) -> object:
        # Pydantic takes the number 0 as 1970-01-01.
        if value is not None and not isinstance(value, str | date):
            raise ValueError("is geen datum; schrijf jaar-maand-dag, zoals 2026-11-01")
        return value


class Goal(Schema):
    """What a run reached on one goal; value equal to bound is proved to be the best."""

    code: str
    sentence: str = Field(alias="zin")
    sense: str = Field(alias="richting")
    value: float = Field(alias="waarde")
    bound: float = Field(alias="grens")
    unit: str = Field(alias="eenheid")


class Progress(Schema):
    """How far a run is; share from 0 to 1, an estimate."""

    step: str = Field(alias="stap")
    share: float = Field(alias="aandeel", ge=0, le=1)
    attempt: int = Field(
        alias="poging", description="Meer dan 1: een andere worker nam het werk over."
    )
    updated_at: Instant = Field(alias="bijgewerktOp")


class MatchRunOut(Schema):
    """A match run as it stands."""

    id: UUID
    region: str = Field(alias="regio")
    state: RunState = Field(alias="stand")
    snapshot_day: date = Field(alias="peildatum")
    policy: str = Field(alias="beleid")
    seed: int
    failure: str | None = Field(
        alias="reden", description="Waarom de run mislukte of werd vervangen."
    )
    replaced_by: UUID | None = Field(alias="vervangenDoor")
    progress: Progress | None = Field(alias="voortgang")
    counts: dict[str, int] = Field(alias="aantallen")
    goals: list[Goal] = Field(alias="doelen")
    limits: RunLimits | None = Field(
        alias="grenzen", description="null waar het beleid van toen niet meer te lezen is."
    )
    requested_at: Instant = Field(alias="aangevraagdOp")
    started_at: Instant | None = Field(alias="begonnenOp")
    finished_at: Instant | None = Field(alias="beeindigdOp")


class MatchRunSummary(Schema):
    """A match run in a list."""

    id: UUID
    state: RunState = Field(alias="stand")
    snapshot_day: date = Field(alias="peildatum")
    policy: str = Field(alias="beleid")
    failure: str | None = Field(alias="reden")
    requested_at: Instant = Field(alias="aangevraagdOp")
    finished_at: Instant | None = Field(alias="beeindigdOp")


class MatchRunList(Schema):
    """One page of runs, the newest first."""

    runs: list[MatchRunSummary] = Field(alias="matchruns")


class Reason(Schema):
    """One reason for or against; contribution to the chance of breakdown, in log-odds."""

    code: str
    kind: str = Field(alias="soort")
    contribution: float = Field(alias="bijdrage")
    sentence: str = Field(alias="zin")
    source: str | None = Field(alias="bron")


class Unknown(Schema):
    """Something that is not known of a pair; it makes the interval wider."""

    code: str
    sentence: str = Field(alias="zin")
    changes_ranking: bool = Field(
        alias="verandertRangorde",
        description="Of het antwoord kan veranderen welk gezin als eerste komt.",
    )


REQUEST = "Daar woont al een broer of zus en er is nu geen vrije plaats: vraag of het kan."

SUPPORT = "Het beleid aanvaardt deze kans op afbreuk alleen met een steunplan."


_OFF = "null als de kansen zijn uitgezet."


class Option(Schema):
    """A family for a child."""

    family: str = Field(alias="gezin")
    provider: str = Field(alias="aanbieder")
    chance: float | None = Field(alias="breakdownKans", ge=0, le=1, description=_OFF)
    interval: list[float] | None = Field(min_length=2, max_length=2, description=_OFF)
    band: Band | None = Field(
        alias="klasse", description=f"De kans op afbreuk in een woord; {_OFF}"
    )
    basis: str = Field(
        alias="grondslag",
        description="'inschatting uit literatuur' tot de uitkomsten van de regio de kans dragen: "
        "toon tot dan de klasse, niet het getal.",
    )
    months: float = Field(alias="horizonMaanden", description="Over hoeveel maanden de kans gaat.")
    unknowns: list[Unknown] = Field(alias="onbekend")
    is_request: bool = Field(alias="verzoek", description=REQUEST)
    needs_support: bool = Field(alias="steunplanNodig", description=SUPPORT)
    reasons: list[Reason] = Field(alias="redenen")


class Underway(Option):
    """A family that was asked already: fixed until a no is recorded or the hold ends."""

    since: date = Field(alias="sinds", description="Dag van het eerste contact.")


class Current(Schema):
    """What is known of a family now, besides what a run says of it."""

    confirm_first: date | None = Field(
        alias="eerstBevestigen",
        description="Sinds deze dag is er te lang niets van het gezin gehoord: bel eerst. null: "
        "niet nodig.",
    )


class CurrentOption(Option, Current):
    """A family for a child, as it now stands."""


class CurrentUnderway(Underway, Current):
    """A family that was asked already, as it now stands."""


class ChildInRun(Schema):
    """What a run proposes for one child; without a family, why not."""

    number: str = Field(alias="aanmeldnummer")
    urgency: str = Field(alias="urgentie")
    care_form: str = Field(alias="vorm")
    family: str | None = Field(alias="gezin")
    provider: str | None = Field(alias="aanbieder")
    chance: float | None = Field(alias="breakdownKans")
    interval: list[float] | None
    band: Band | None = Field(alias="klasse", description="De kans op afbreuk in een woord.")
    basis: str | None = Field(
        alias="grondslag",
        description="'inschatting uit literatuur' tot de uitkomsten van de regio de kans dragen: "
        "toon tot dan de klasse, niet het getal.",
    )
    months: float | None = Field(
        alias="horizonMaanden", description="Over hoeveel maanden de kans gaat."
    )
    unknowns: list[Unknown] = Field(alias="onbekend")
    is_request: bool = Field(alias="verzoek", description=REQUEST)
    needs_support: bool = Field(alias="steunplanNodig", description=SUPPORT)
    reasons: list[Reason] = Field(alias="redenen")
    underway: Underway | None = Field(
        alias="alInGang", description="Waar mensen al mee bezig zijn; dan is er geen voorstel."
    )
    alternatives: list[Option] = Field(alias="alternatieven")
    to_discuss: list[Option] = Field(alias="teBespreken")
    why_not: WhyNot | None = Field(alias="waaromNiet")


class ChildOfRun(Schema):
    """A child that a run names by its number."""

    number: str = Field(alias="aanmeldnummer")
    child_id: UUID = Field(alias="kind")


class ChildrenInRun(Schema):
    """One page of a run's proposals, by number."""

    children: list[ChildInRun] = Field(alias="voorstellen")


class Stale(Schema):
    """What the run read of a child and says something else by now."""

    fields: list[str] = Field(alias="velden")


class ChildProposals(Schema):
    """The ranked proposals of one child, from the newest run that succeeded."""

    number: str = Field(alias="aanmeldnummer")
    is_secret: bool = Field(
        alias="geheimePlaatsing",
        description="De ouders mogen niet weten waar het kind woont: laat plaats en afstand weg "
        "uit wat wordt getoond, afgedrukt of verstuurd.",
    )
    run_id: UUID | None = Field(alias="matchrun")
    snapshot_day: date | None = Field(alias="peildatum")
    policy: str | None = Field(alias="beleid")
    notice: str | None = Field(alias="reden", description="Waarom er nog niets te tonen is.")
    stale: Stale | None = Field(
        alias="verouderd",
        description="Wat na deze run in de aanmelding is gewijzigd en meetelt: vraag een nieuwe "
        "run aan voor u besluit. Het woord 'broersZussen' alleen zegt dat het een broer of zus is "
        "met wie het kind samen gaat.",
    )
    proposed: CurrentOption | None = Field(alias="voorstel")
    underway: CurrentUnderway | None = Field(
        alias="alInGang", description="Waar mensen al mee bezig zijn; dan is er geen voorstel."
    )
    alternatives: list[CurrentOption] = Field(alias="alternatieven")
    to_discuss: list[CurrentOption] = Field(alias="teBespreken")
    why_not: WhyNot | None = Field(alias="waaromNiet")


class Finding(Schema):
    """A refused row, or a warning."""

    file: str = Field(alias="bestand")
    row: int = Field(alias="rij")
    field: str = Field(alias="veld")
    message: str = Field(alias="melding")


class RunReport(Schema):
    """The whole report, as `pleegzorg match` writes it."""

    run: dict[str, Any]
    children: list[ChildInRun] = Field(alias="voorstellen")
    refused: list[Finding] = Field(alias="geweigerd")
