"""What the door of the weights tells and asks."""

from datetime import date, datetime
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import Field, StringConstraints

from app.http.schema import Schema
from app.kernel.small_cells import SMALLEST
from app.models import DecisionKind

Reason = Annotated[str, StringConstraints(strip_whitespace=True, min_length=10, max_length=2000)]
Version = Annotated[str, Field(alias="versie")]


class WeightsState(StrEnum):
    """Where a version of the weights stands (*stand*)."""

    PROPOSED = "voorstel"
    IN_FORCE = "in werking"
    REPLACED = "vervangen"
    ROLLED_BACK = "teruggedraaid"
    REJECTED = "afgewezen"
    LAPSED = "vervallen"


class InForceBy(StrEnum):
    """By what weights are in force (*bron*)."""

    REGION = "besluit van de regio"
    SETTING = "instelling van de dienst"
    SHIPPED = "meegeleverd"


class Interval(Schema):
    """A number with its 95% interval."""

    value: float = Field(alias="waarde")
    low: float = Field(alias="laag")
    high: float = Field(alias="hoog")


class FifthOut(Schema):
    """A fifth of the placements by predicted chance: predicted, and seen with its interval."""

    placements: int = Field(alias="plaatsingen")
    predicted: float = Field(alias="voorspeld")
    observed: float = Field(alias="gezien")
    low: float = Field(alias="laag")
    high: float = Field(alias="hoog")


class JudgedOut(Schema):
    """How well one version predicts breakdown within a year."""

    concordance: Interval = Field(alias="concordantie")
    slope: Interval = Field(alias="helling")
    brier: float
    expected: float = Field(alias="verwacht")
    observed: float = Field(alias="gezien")
    fifths: list[FifthOut] = Field(alias="vijfden")


class ComparisonOut(Schema):
    """Two versions on the same placements; the new one by cross-validation."""

    new: JudgedOut = Field(alias="nieuw")
    present: JudgedOut = Field(alias="geldend")
    brier_base: float = Field(alias="brierBasiskans")
    present_learnt_from: int = Field(
        alias="geldendGeleerdVan",
        description="Van zoveel plaatsingen leerde de geldende versie; op die lijkt zij beter dan "
        "zij is.",
    )


_SMALL = f"null bij minder dan {SMALLEST} kinderen, of als dat anders te herleiden is."


class RerankedGroup(Schema):
    """What would have ranked differently in one group."""

    name: str = Field(alias="groep")
    children: int | None = Field(alias="kinderen", description=_SMALL)
    first: int | None = Field(alias="andereEersteKeus")
    proposed: int | None = Field(alias="anderVoorstel")


class RerankedGrouping(Schema):
    """One grouping of the children of a run."""

    name: str = Field(alias="naam")
    groups: list[RerankedGroup] = Field(alias="groepen")


class RerankingOut(Schema):
    """What the last finished run would have ranked differently; reden where there was none."""

    reason: str | None = Field(alias="reden")
    run: UUID | None = Field(alias="matchrun")
    on_day: date | None = Field(alias="peildatum")
    children: int = Field(alias="kinderen")
    first: int = Field(alias="andereEersteKeus")
    proposed: int = Field(alias="anderVoorstel")
    groups: list[RerankedGrouping] = Field(alias="groepen")


class LeftOutOut(Schema):
    """How many placements did not count, by why."""

    to_review: int = Field(alias="teBeoordelen")
    no_ending: int = Field(alias="zonderReden")
    no_facts: int = Field(alias="zonderFeiten")
    unreadable: int = Field(alias="onleesbaar")
    later: int
    taken_over: int = Field(
        default=0,
        alias="overgenomen",
        description="Liepen al toen de dienst ervan hoorde (`overgenomen`, `eigen netwerk`): wat "
        "eerder afbrak is nooit gemeld.",
    )


class FactorOut(Schema):
    """What one factor weighs: published, and as learnt; changes of the log hazard."""

    code: str
    label: str
    published: float = Field(alias="literatuur")
    published_error: float = Field(alias="literatuurFout")
    learnt: float = Field(alias="geschat")
    learnt_error: float = Field(alias="geschatFout")


class DecisionOut(Schema):
    """What a person decided about the score."""

    kind: DecisionKind = Field(alias="besluit")
    version: str | None = Field(alias="versie")
    reason: str = Field(alias="reden")
    actor: str = Field(alias="door")
    role: str = Field(alias="rol")
    at: datetime = Field(alias="op")


class WeightsSummary(Schema):
    """A version as a line of a list."""

    version: str = Field(alias="versie")
    state: WeightsState = Field(alias="stand")
    learned_until: date = Field(alias="peildatum")
    placements: int = Field(alias="plaatsingen")
    breakdowns: int
    is_calibrated: bool = Field(alias="gekalibreerd")
    made_at: datetime = Field(alias="gemaaktOp")


class WeightsOut(WeightsSummary):
    """A version with what it was learnt from and what it would change."""

    explanation: str = Field(alias="toelichting")
    compared_with: str = Field(alias="vergelekenMet")
    left_out: LeftOutOut = Field(alias="teltNietMee")
    factors: list[FactorOut] = Field(alias="factoren")
    comparison: ComparisonOut | None = Field(
        alias="naastElkaar", description="null bij te weinig uitkomsten voor een vergelijking."
    )
    reranking: RerankingOut | None = Field(
        alias="andersGerangschikt", description="null zolang dat nog wordt uitgerekend."
    )
    decision: DecisionOut | None = Field(alias="besluit")
    can_accept: bool = Field(alias="aanvaardbaar")
    why_not: str | None = Field(alias="waaromNiet")


class InForce(Schema):
    """Which weights a run uses that is asked for now, and by what."""

    version: str = Field(alias="versie")
    by: InForceBy = Field(alias="bron")
    is_calibrated: bool = Field(alias="gekalibreerd")
    previous: str | None = Field(
        alias="vorige",
        description="Waarnaar terugdraaien leidt; null als er niets terug te draaien is.",
    )
    chances_off: bool = Field(alias="kansenUitgezet")


class WeightsList(Schema):
    """The versions, the newest first, with what is in force and what was decided last."""

    in_force: InForce = Field(alias="geldend")
    versions: list[WeightsSummary] = Field(alias="versies")
    decisions: list[DecisionOut] = Field(alias="besluiten")


class ReasonIn(Schema):
    """Why somebody decides this."""

    reason: Reason = Field(alias="reden")


class LearningAsked(Schema):
    """That the outcomes will be learnt from."""

    message: str = Field(alias="melding")
