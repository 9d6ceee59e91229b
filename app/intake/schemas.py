"""The registration as it comes in, by file or by API; aliases are the Dutch interface names."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StrictBool, create_model

from app.intake.example import EXAMPLE, show_examples
from app.intake.field_types import (
    Bsn,
    Count,
    Day,
    Judgement,
    LowerText,
    Months,
    Number,
    Pet,
    Postcode,
    RadiusKm,
    SdqTotal,
    Severity,
    ShortText,
    Story,
    VisitsPerMonth,
)
from app.kernel.words import (
    PROBLEMS,
    CareForm,
    Gender,
    NetworkOutcome,
    OtherChildrenWish,
    Problem,
    Rhythm,
    SiblingWish,
    Urgency,
    VisitPlace,
    WishOf,
)

MAX_ITEMS = 50


def is_unsaid(value: object) -> bool:
    """Return whether a field of a later version says no more than leaving it out would.

    Such a field is not written: a registration of before says the same, and its digest stays.
    """
    return value in (None, (), Rhythm.FULL_TIME)


class Incoming(BaseModel):
    """Base of all parts: no unknown fields, unchangeable, and values stay out of error texts."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)


class CareOrder(Incoming):
    """The court's order for out-of-home placement (*machtiging*)."""

    issued_on: Day = Field(alias="afgegevenOp")
    setting: ShortText = Field(alias="soort")


class School(Incoming):
    """Where the child's school is, and whether it should stay there."""

    model_config = ConfigDict(json_schema_extra=show_examples(EXAMPLE["school"]))

    postcode: Postcode
    keep: StrictBool = Field(alias="behouden")


class PairWish(Incoming):
    """What is wished for the child and one brother or sister; it goes before the group's wish."""

    number: Number = Field(alias="aanmeldnummer")
    wish: SiblingWish = Field(alias="wens")
    whose: WishOf | None = Field(alias="wiens", default=None, exclude_if=is_unsaid)
    why: ShortText | None = Field(alias="waarom", default=None, exclude_if=is_unsaid)
    contra_indication: ShortText | None = Field(
        alias="contraindicatie", default=None, exclude_if=is_unsaid
    )


class Siblings(Incoming):
    """The sibling group (*broers en zussen*) and what this registration wishes for it."""

    group: ShortText = Field(alias="groep")
    wish: SiblingWish = Field(alias="wens")
    pair_wishes: tuple[PairWish, ...] = Field(
        alias="wensenPerKind", default=(), max_length=MAX_ITEMS, exclude_if=is_unsaid
    )
    split_reason: ShortText | None = Field(
        alias="apartOmdat",
        default=None,
        exclude_if=is_unsaid,
        description="Waarom broers en zussen niet samen gaan; hoort bij de wens apart.",
    )
    reunite_by: Day | None = Field(
        alias="herenigenVoor",
        default=None,
        exclude_if=is_unsaid,
        description="Bij een crisis die hen tijdelijk scheidt: wanneer zij uiterlijk weer samen "
        "wonen.",
    )


class ExcludedAreaIn(Incoming):
    """An area where the child may not live; radius in km."""

    model_config = ConfigDict(json_schema_extra=show_examples(EXAMPLE["uitgeslotenGebieden"][0]))

    postcode: Postcode
    radius_km: RadiusKm = Field(alias="straalKm")


class NetworkRefusal(Incoming):
    """A person has refused the named network family, with the reason."""

    reason: ShortText = Field(alias="reden")


class Severities(Incoming):
    """How severe each problem is, 0 none to 3 severe; unknown is not 0, so all are asked."""

    externalising: Severity = Field(alias=Problem.EXTERNALISING.value)
    internalising: Severity = Field(alias=Problem.INTERNALISING.value)
    attachment: Severity = Field(alias=Problem.ATTACHMENT.value)
    learning_disability: Severity = Field(alias=Problem.LEARNING_DISABILITY.value)
    psychiatry: Severity = Field(alias=Problem.PSYCHIATRY.value)
    medical: Severity = Field(alias=Problem.MEDICAL.value)
    sexual: Severity = Field(alias=Problem.SEXUAL.value)
    running_away: Severity = Field(alias=Problem.RUNNING_AWAY.value)
    substances: Severity = Field(alias=Problem.SUBSTANCES.value)

    def by_problem(self) -> dict[Problem, int]:
        """Return the severity of each problem, in the order of PROBLEMS."""
        return {problem: getattr(self, problem.name.lower()) for problem in PROBLEMS}


class Big5(Incoming):
    """What keeps a child at home, per domain (*BIG5*)."""

    housing: Judgement = Field(alias="wonen")
    finances: Judgement = Field(alias="financien")
    work_or_school: Judgement = Field(alias="werk_scholing")
    support_network: Judgement = Field(alias="steunnetwerk")
    wellbeing: Judgement = Field(alias="welzijn")


class Prevention(Incoming):
    """What was tried before a placement, and why where it was not."""

    network_outcome: NetworkOutcome | None = Field(
        alias="netwerkonderzoekUitkomst", default=None, exclude_if=is_unsaid
    )
    network_skipped: ShortText | None = Field(
        alias="netwerkonderzoekOvergeslagen", default=None, exclude_if=is_unsaid
    )
    mentor_skipped: ShortText | None = Field(
        alias="jimOvergeslagen", default=None, exclude_if=is_unsaid
    )
    big5_skipped: ShortText | None = Field(
        alias="big5Overgeslagen", default=None, exclude_if=is_unsaid
    )


class RegistrationIn(Incoming):
    """One child's request for foster care (*aanmelding*).

    Durations in months, visits a month, distances in km. What may be absent defaults to None;
    everything else is asked, because a gap that reads as "no" would hide a risk.
    """

    model_config = ConfigDict(json_schema_extra=show_examples(EXAMPLE))

    number: Number = Field(alias="aanmeldnummer")
    bsn: Bsn | None = Field(alias="bsn", default=None, repr=False)
    first_name: ShortText = Field(alias="voornaam", repr=False)
    born_on: Day = Field(alias="geboortedatum", repr=False)
    gender: Gender = Field(alias="geslacht")
    postcode: Postcode
    municipality: ShortText = Field(alias="gemeente")
    referrer: ShortText = Field(alias="verwijzer")
    legal_frame: ShortText = Field(alias="juridischKader")
    care_order: CareOrder | None = Field(alias="machtiging", default=None)
    care_form: CareForm = Field(alias="vorm")
    rhythm: Rhythm = Field(alias="ritme", default=Rhythm.FULL_TIME, exclude_if=is_unsaid)
    urgency: Urgency = Field(alias="urgentie")
    staying_now: ShortText = Field(alias="verblijftNu")
    leave_by: Day | None = Field(alias="moetWegOp", default=None)
    end_unknown: ShortText | None = Field(
        alias="eindeOnbekendOmdat",
        default=None,
        exclude_if=is_unsaid,
        description="Waarom nog niet bekend is wanneer het kind daar weg moet, als het niet thuis "
        "is; in plaats van moetWegOp.",
    )
    registered_on: Day = Field(alias="aangemeldOp")
    needed_from: Day = Field(alias="nodigVanaf")
    expected_months: Months = Field(alias="verwachteDuurMaanden")
    school: School | None = Field(alias="school", default=None)
    siblings: Siblings | None = Field(alias="broersZussen", default=None)
    problems: Severities = Field(alias="problematiek")
    sdq_total: SdqTotal | None = Field(alias="sdqTotaal", default=None)
    earlier_placements: Count = Field(alias="eerderePlaatsingen")
    earlier_breakdowns: Count = Field(alias="eerdereBreakdowns")
    residential_past: StrictBool = Field(alias="residentieelVerleden")
    allergies: Annotated[tuple[Pet, ...], Field(alias="allergieen", max_length=MAX_ITEMS)]
    needs_smoke_free: StrictBool = Field(alias="rookvrijNodig")
    needs_wheelchair: StrictBool = Field(alias="rolstoel")
    languages: Annotated[tuple[ShortText, ...], Field(alias="talen", max_length=MAX_ITEMS)]
    faith_wish: LowerText | None = Field(alias="geloofswens", default=None)
    visits_per_month: VisitsPerMonth = Field(alias="bezoekPerMaand")
    visit_place: VisitPlace = Field(alias="bezoekPlek")
    secret_placement: StrictBool = Field(alias="geheimePlaatsing")
    excluded_areas: Annotated[
        tuple[ExcludedAreaIn, ...], Field(alias="uitgeslotenGebieden", max_length=MAX_ITEMS)
    ]
    network_researched: StrictBool = Field(alias="netwerkonderzoekGedaan")
    network_family: Number | None = Field(alias="netwerkgezin", default=None)
    network_refused: NetworkRefusal | None = Field(alias="netwerkgezinGeweigerd", default=None)
    in_network_since: Day | None = Field(
        alias="woontBijNetwerkgezinSinds", default=None, exclude_if=is_unsaid
    )
    mentor: ShortText | None = Field(alias="jim", default=None, repr=False)
    prevention: Prevention | None = Field(
        alias="preventie",
        default=None,
        exclude_if=is_unsaid,
        description="Wat eerst is geprobeerd.",
    )
    other_children: OtherChildrenWish = Field(alias="andereKinderen")
    child_voice: Story = Field(alias="stemVanHetKind", repr=False)
    big5: Big5


RegistrationChange = create_model(
    "RegistrationChange",
    __base__=RegistrationIn,
    __doc__="""A registration as it should be from now on: whole, like the first time.

    A referrer leaves out what it is not shown of a secret placement; that stays as it is.
    """,
    staying_now=(
        ShortText | None,
        Field(
            alias="verblijftNu",
            default=None,
            description="Mag ontbreken waar u het bij een geheime plaatsing niet ziet: dan blijft "
            "staan wat er stond.",
        ),
    ),
)
