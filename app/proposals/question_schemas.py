"""What goes out when a run is asked a question; the Dutch names are aliases, only here."""

from enum import StrEnum
from uuid import UUID

from pydantic import Field

from app.http.schema import Schema
from app.http.told_figures import FamilyWanted
from app.kernel.chance_band import Band
from app.matching.questions.pair import Verdict
from app.proposals.schemas import Option, Reason
from app.proposals.schemas_compare import Move, Proposed

ESTIMATE = (
    "true: een schatting met de prijzen van de plaatsen, omdat het gebied te groot is om het "
    "exact uit te rekenen."
)


class GoalPrice(Schema):
    """One goal in the run's plan and in the best plan that does what was asked."""

    code: str
    sentence: str = Field(alias="zin")
    unit: str = Field(alias="eenheid")
    sense: str = Field(alias="richting")
    before: float = Field(alias="nu")
    after: float = Field(alias="dan")
    loss: float = Field(alias="verlies", description="Hoeveel slechter; onder nul is beter.")


class MovedChild(Schema):
    """A child for whom something changes: from which family, to which."""

    number: str = Field(alias="aanmeldnummer")
    move: Move = Field(alias="verandering")
    before: Proposed | None = Field(alias="van")
    after: Proposed | None = Field(alias="naar")
    is_secret: bool = Field(
        alias="geheimePlaatsing",
        description="Nu, of volgens de run: laat afstanden, ook die van het plan, weg uit wat "
        "wordt getoond.",
    )


class Price(Schema):
    """What a choice costs the whole plan: goal by goal, the first that differs counts."""

    is_estimate: bool = Field(alias="schatting", description=ESTIMATE)
    goals: list[GoalPrice] = Field(alias="doelen")
    children: list[MovedChild] = Field(alias="kinderen")


class Admission(Schema):
    """What would have to change for a refused family to be possible."""

    sentence: str = Field(alias="zin")
    is_negotiable: bool = Field(alias="onderhandelbaar")
    rules: list[str] = Field(alias="regels")


class PairAnswer(Schema):
    """Why a child is not proposed to a family; the family with its chance and reasons."""

    number: str = Field(alias="aanmeldnummer")
    run_id: UUID = Field(alias="matchrun")
    verdict: Verdict = Field(alias="oordeel")
    sentence: str = Field(alias="zin")
    option: Option = Field(
        alias="gezin", description="Waarom wel: kans, redenen met bron, en wat onbekend is."
    )
    refusals: list[Reason] = Field(alias="geweigerdDoor")
    admission: Admission | None = Field(alias="kleinsteWijziging")
    price: Price | None = Field(alias="prijs")


class Alternative(Option):
    """A family that some plan brings the child to, with what choosing it costs."""

    is_proposed: bool = Field(alias="isVoorstel")
    price: Price = Field(alias="prijs")


class Alternatives(Schema):
    """All real alternatives of a child, least regret first."""

    number: str = Field(alias="aanmeldnummer")
    run_id: UUID = Field(alias="matchrun")
    notice: str | None = Field(alias="melding", description="Waarom er geen keus is.")
    alternatives: list[Alternative] = Field(alias="alternatieven")


class AllAlternatives(Schema):
    """All real alternatives of every child of a run, by number."""

    run_id: UUID = Field(alias="matchrun")
    children: list[Alternatives] = Field(alias="kinderen")


class Call(Schema):
    """One call: a family that one question keeps from a child."""

    number: str = Field(alias="aanmeldnummer")
    family: str = Field(alias="gezin")
    provider: str = Field(alias="aanbieder")
    rule: str = Field(alias="regel", description="De regel die nu in de weg staat.")
    label: str = Field(alias="inDeWeg")
    question: str = Field(alias="vraag")
    chance: float | None = Field(
        alias="breakdownKans", ge=0, le=1,
        description="Bij een ja; null als de kansen zijn uitgezet.",
    )  # fmt: skip
    interval: list[float] | None = Field(min_length=2, max_length=2)
    band: Band | None = Field(alias="klasse", description="De kans op afbreuk in een woord.")
    is_above: bool = Field(alias="bovenGrens", description="Die kans is boven de beleidsgrens.")
    gain: Price | None = Field(
        alias="opbrengst",
        description="Wat een ja het hele plan brengt (verlies onder nul is winst), voor welk kind "
        "ook; null waar dat niet is uitgerekend.",
    )


class CallList(Schema):
    """Families that nearly fit, as a list of calls."""

    run_id: UUID = Field(alias="matchrun")
    calls: list[Call] = Field(alias="belregels")


class ListState(StrEnum):
    """Whether a call list is whole."""

    UNDERWAY = "wordt uitgerekend"
    DONE = "klaar"
    FAILED = "mislukt"


class RunCalls(CallList):
    """The call list of a run, as far as it is worked out."""

    state: ListState = Field(
        alias="stand",
        description="`wordt uitgerekend`: er komen nog belregels of opbrengsten bij. `mislukt`: "
        "wie er te bellen is kon niet worden bepaald.",
    )


class ShortChild(Schema):
    """A child with fewer than three real options."""

    number: str = Field(alias="aanmeldnummer")
    options: int = Field(alias="opties")


class Profile(FamilyWanted):
    """A family to recruit: who answers to this serves all of these children."""

    children: list[ShortChild] = Field(alias="kinderen")


_NOT_TOLD = (
    "null voor een regiomanager bij 1 tot en met 4, of als zo'n klein aantal eruit af te leiden is."
)


class Recruitment(Schema):
    """The three-option test of a run, and the families that would be needed."""

    run_id: UUID = Field(alias="matchrun")
    tested: int | None = Field(
        alias="getoetst", description=f"Kinderen voor wie nog wordt gekozen. {_NOT_TOLD}"
    )
    short: int | None = Field(
        alias="teWeinig", description=f"Daarvan met minder dan drie echte keuzes. {_NOT_TOLD}"
    )
    profiles: list[Profile] = Field(alias="profielen")
    left_out: int = Field(
        alias="kleineProfielen",
        description="Profielen voor minder dan 5 kinderen, die uw rol niet ziet: zij zouden een "
        "kind kunnen aanwijzen.",
    )
