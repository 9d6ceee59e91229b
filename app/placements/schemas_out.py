"""What the door shows of placements; the Dutch names are aliases, only here."""

from datetime import date
from enum import StrEnum
from uuid import UUID

from pydantic import Field

from app.http.schema import Schema
from app.kernel.chance_band import Band
from app.kernel.endings import EndCode, EndLabel, WentTo
from app.kernel.holding import PlacementAct
from app.kernel.outside import OutsideGround
from app.kernel.words import CareForm, Rhythm
from app.models import PlacementOrigin
from app.placements.field_types import Instant

_HIDDEN = "De ouders mogen niet weten waar het kind woont."


class PlacementState(StrEnum):
    """Whether a placement runs (*stand*)."""

    RUNNING = "loopt"
    ENDED = "geeindigd"


class Attention(StrEnum):
    """What of a placement waits for somebody (*aandacht*)."""

    REVIEW_OVERDUE = "evaluatie te laat"
    TO_JUDGE = "einde te beoordelen"
    NOT_DESCRIBED = "einde nog te beschrijven"
    NO_RECORD = "afbreukverslag ontbreekt"
    YES_MISSING = "akkoord ontbreekt"
    FOLLOW_UP = "vervolg nog niet begonnen"
    REUNION_OPEN = "hereniging niet gepland"
    REUNION_DUE = "hereniging nadert of is voorbij"


class PlacementLine(Schema):
    """A placement in a list."""

    id: UUID
    registration_id: UUID = Field(alias="kind", description="De aanmelding.")
    number: str = Field(alias="aanmeldnummer")
    first_name: str = Field(alias="voornaam")
    provider: str = Field(alias="aanbieder")
    family: str = Field(alias="gezin")
    form: CareForm = Field(alias="vorm")
    rhythm: Rhythm = Field(alias="ritme")
    since: date = Field(alias="van")
    until: date | None = Field(alias="tot", description="De laatste dag; leeg zolang zij loopt.")
    state: PlacementState = Field(alias="stand")
    origin: PlacementOrigin = Field(alias="herkomst")
    is_bridging: bool = Field(alias="crisisbed", description="Er wordt verder gezocht.")
    outcome: EndLabel | None = Field(alias="uitkomst", description="Waarvoor het einde telt.")
    attention: list[Attention] = Field(alias="aandacht")
    next_review: date | None = Field(alias="volgendeEvaluatie")
    is_secret: bool = Field(alias="geheimePlaatsing", description=_HIDDEN)


class PlacementList(Schema):
    """Placements, the newest first."""

    placements: list[PlacementLine] = Field(alias="plaatsingen")


class StartOut(Schema):
    """What was known when a placement began, and the chance that was stated then."""

    facts: dict[str, str] = Field(alias="feiten")
    chance: float | None = Field(
        alias="breakdownKans",
        ge=0,
        le=1,
        description="Van de laatste matchrun op of voor de eerste dag; null waar er geen was.",
    )
    interval: list[float] | None = Field(alias="interval", min_length=2, max_length=2)
    band: Band | None = Field(
        alias="klasse",
        description="De kans in woorden; een cijfer alleen als uitkomsten van de regio het dragen.",
    )
    grounds: str | None = Field(alias="grondslag", description="Waarop de kans toen rustte.")
    months: int | None = Field(alias="horizonMaanden")
    weights: str | None = Field(alias="gewichten")
    run_id: UUID | None = Field(alias="matchrun")


class JudgementOut(Schema):
    """A judgement of an end; the newest holds."""

    label: EndLabel = Field(alias="uitkomst")
    reason: str = Field(alias="reden")
    actor: str = Field(alias="wie")
    recorded_at: Instant = Field(alias="vastgelegdOp")
    is_secret: bool = Field(alias="geheimePlaatsing", description=_HIDDEN)


class EndingOut(Schema):
    """How a placement ended, and what that counts as."""

    code: EndCode
    meaning: str = Field(alias="betekenis")
    went_to: WentTo = Field(alias="vervolgplek")
    label: EndLabel = Field(alias="uitkomst")
    to_judge: str | None = Field(
        alias="teBeoordelen", description="Wat iemand moet beoordelen, als de code het niet zegt."
    )
    note: str | None = Field(alias="toelichting")
    recorded_at: Instant = Field(alias="vastgelegdOp")
    judgements: list[JudgementOut] = Field(alias="beoordelingen", description="De nieuwste eerst.")
    is_secret: bool = Field(alias="geheimePlaatsing", description=_HIDDEN)


class ChainLink(Schema):
    """A placement in a row of moves."""

    id: UUID
    provider: str = Field(alias="aanbieder")
    family: str = Field(alias="gezin")
    form: CareForm = Field(alias="vorm")
    since: date = Field(alias="van")
    until: date | None = Field(alias="tot")
    label: EndLabel | None = Field(alias="uitkomst")


class FieldTold(Schema):
    """What a field was and became."""

    field: str = Field(alias="veld")
    was: str | None
    became: str | None = Field(alias="werd")


class PlacementChangeOut(Schema):
    """One act on a placement."""

    act: PlacementAct = Field(alias="handeling")
    on_day: date = Field(alias="dag")
    told: list[FieldTold] = Field(alias="velden")
    reason: str | None = Field(alias="reden")
    actor: str = Field(alias="wie")
    role: str = Field(alias="rol")
    recorded_at: Instant = Field(alias="vastgelegdOp")
    is_secret: bool = Field(alias="geheimePlaatsing", description=_HIDDEN)


class PlacementOut(PlacementLine):
    """A placement with all that was done with it."""

    step_id: UUID | None = Field(alias="stap", description="De stap die ertoe leidde.")
    follows_id: UUID | None = Field(alias="volgtOp", description="De plaatsing ervoor.")
    allocation_number: str | None = Field(alias="toewijzingsnummer")
    together: bool | None = Field(
        alias="samen",
        description="Met een broer of zus bij de start; leeg zonder broers of zussen.",
    )
    split_reason: str | None = Field(alias="redenSplitsing")
    reunite_by: date | None = Field(
        alias="herenigenVoor",
        description="Bij een crisis die broers en zussen scheidt: wanneer zij uiterlijk weer samen "
        "wonen. Staat bij de aanmelding, en wijzigt daar.",
    )
    support_plan: str | None = Field(alias="steunplan")
    no_support_reason: str | None = Field(alias="redenGeenSteunplan")
    outside_ground: OutsideGround | None = Field(
        alias="grond", description="Waarom zij niet uit een stap kwam; leeg als dat wel zo is."
    )
    provider_yes_on: date | None = Field(alias="akkoordAanbiederOp")
    referrer_yes_on: date | None = Field(alias="akkoordVerwijzerOp")
    referrer: str | None = Field(alias="akkoordVerwijzer")
    choice_reason: str | None = Field(alias="redenKeuze")
    no_follow_up_reason: str | None = Field(alias="redenGeenVervolg")
    place_name: str = Field(alias="woonplaatsGezin")
    km: float | None = Field(alias="afstandKm", description="Van huis naar het gezin.")
    has_bed: bool = Field(alias="heeftBed", description="Of er een plaats van het gezin bij hoort.")
    start: StartOut | None = Field(alias="bijStart")
    ending: EndingOut | None = Field(alias="einde")
    chain: list[ChainLink] = Field(
        alias="keten", description="Van de eerste plaatsing tot de laatste."
    )
    changes: list[PlacementChangeOut] = Field(alias="wijzigingen", description="De oudste eerst.")


class NextStep(Schema):
    """What becomes of a registration when its placement ends."""

    state: str = Field(alias="stand", description="Waar de aanmelding nu staat.")
    sentence: str = Field(alias="zin")
    path: str | None = Field(alias="adres", description="Waarmee u verder gaat, als dat nodig is.")


class ActOut(Schema):
    """A placement after an act, with what somebody should know."""

    placement: PlacementOut = Field(alias="plaatsing")
    notices: list[str] = Field(alias="meldingen", description="Wat nog geregeld moet worden.")
    following: NextStep | None = Field(alias="aanmelding")


class ToJudge(Schema):
    """An end that waits for a judgement, with what is known of it."""

    placement: PlacementLine = Field(alias="plaatsing")
    ending: EndingOut = Field(alias="einde")
    known: list[str] = Field(alias="bekend", description="Wat er verder van bekend is, in zinnen.")


class ToJudgeList(Schema):
    """Ends to judge, the oldest first."""

    endings: list[ToJudge] = Field(alias="uitkomsten")
