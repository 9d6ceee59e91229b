"""What the calibration board tells."""

from datetime import date
from enum import StrEnum

from pydantic import Field

from app.http.schema import Schema
from app.kernel.small_cells import SMALLEST
from app.models import AlarmKind
from app.outcomes.schemas import Interval, LeftOutOut

_SMALL = f"null bij minder dan {SMALLEST} plaatsingen, of als dat anders te herleiden is."

_FOLLOWED = (
    "Van hoeveel de hele termijn van de kans voorbij is, naar beneden op vijftallen. Alleen over "
    "die gaan voorspeld en gezien."
)
_PREDICTED = "Gemiddelde kans bij de start; null zolang gezien null is."
_OBSERVED = (
    "Afgebroken binnen de termijn (Kaplan-Meier), met 95%-marge; null zolang er te weinig zo lang "
    "zijn gevolgd."
)


class CalibratedGroup(Schema):
    """Placements of one group: what was stated at the start, and what was seen."""

    name: str = Field(alias="groep")
    placements: int | None = Field(alias="plaatsingen", description=_SMALL)
    followed: int | None = Field(alias="gevolgd", description=_FOLLOWED)
    predicted: float | None = Field(alias="voorspeld", description=_PREDICTED)
    observed: Interval | None = Field(alias="gezien", description=_OBSERVED)
    ratio: Interval | None = Field(
        alias="gezienTegenVerwacht",
        description="Breakdowns tot nu toe, gedeeld door wat tot nu toe te verwachten was.",
    )


class OverallOut(Schema):
    """All placements with a stated chance together; null where it cannot be said."""

    placements: int = Field(alias="plaatsingen")
    breakdowns: int
    without_chance: int = Field(alias="zonderKans")
    followed: int = Field(alias="gevolgd", description=_FOLLOWED)
    predicted: float | None = Field(alias="voorspeld", description=_PREDICTED)
    observed: Interval | None = Field(alias="gezien", description=_OBSERVED)
    expected: float = Field(alias="verwachtTotNuToe", description="In aantal breakdowns.")
    ratio: Interval | None = Field(alias="gezienTegenVerwacht")
    slope: Interval | None = Field(alias="helling")
    concordance: Interval | None = Field(alias="concordantie")
    brier: float | None
    brier_base: float | None = Field(alias="brierBasiskans")


class DriftState(StrEnum):
    """What the test of drift says (*stand*)."""

    TOO_FEW = "te weinig om te toetsen"
    QUIET = "geen verandering"
    ALARM = "alarm"


class DriftOut(Schema):
    """The last window against the time before it."""

    state: DriftState = Field(alias="stand")
    sentence: str = Field(alias="zin")
    first: date = Field(alias="sinds")
    seen: int = Field(alias="gezien")
    expected: float = Field(alias="verwacht")
    seen_before: int = Field(alias="gezienDaarvoor")
    expected_before: float = Field(alias="verwachtDaarvoor")
    p: float | None
    threshold: float = Field(alias="drempel")
    level_p: float | None = Field(
        alias="pNiveau", description="Van het laatste venster tegen de genoemde kansen zelf."
    )
    explanation: str = Field(alias="toelichting")


class AlarmOut(Schema):
    """One alarm of the board: who subscribes to it was told once, when it began."""

    kind: AlarmKind = Field(alias="alarm")
    since: date = Field(alias="vanaf")
    last_on: date = Field(alias="laatstGezien")
    until: date | None = Field(alias="voorbijOp", description="null: het staat nog.")


class LimitOut(Schema):
    """One limit of the criterion; met: null with too few outcomes to say."""

    code: str
    sentence: str = Field(alias="zin")
    reason: str = Field(alias="reden")
    is_met: bool | None = Field(alias="voldaan", description="true: de kansen horen uit.")


class CriterionOut(Schema):
    """By which criterion the chances are switched off, and how it stands with it."""

    name: str = Field(alias="naam")
    valid_from: date = Field(alias="geldigVanaf")
    says_off: bool = Field(alias="uitzetten")
    limits: list[LimitOut] = Field(alias="grenzen")


class CalibrationOut(Schema):
    """The calibration board."""

    on_day: date = Field(alias="peildatum")
    is_enough: bool = Field(alias="genoeg")
    state: str = Field(alias="staat")
    chances_off: bool = Field(alias="kansenUitgezet")
    smallest: int = Field(alias="kleinsteAantal")
    overall: OverallOut = Field(alias="alles")
    left_out: LeftOutOut = Field(alias="teltNietMee")
    by_chance: list[CalibratedGroup] = Field(alias="naarKans")
    by_half_year: list[CalibratedGroup] = Field(alias="naarHalfjaar")
    by_provider: list[CalibratedGroup] = Field(alias="naarAanbieder")
    by_form: list[CalibratedGroup] = Field(alias="naarVorm")
    drift: DriftOut
    criterion: CriterionOut = Field(alias="criterium")
    alarms: list[AlarmOut] = Field(
        alias="alarmen", description="Wat de wekelijkse blik vond, het nieuwste eerst."
    )
