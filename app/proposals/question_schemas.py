"""What goes out when a run is asked a question; the Dutch names are aliases, only here."""

from uuid import UUID

from pydantic import Field

from app.http.schema import Schema
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
