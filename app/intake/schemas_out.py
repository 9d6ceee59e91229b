"""What the intake's door answers, and what it is asked besides a registration itself.

No answer holds a BSN: who needs to know whether it is there reads `bsnBekend`.
"""

from datetime import date, datetime
from uuid import UUID

from pydantic import Field

from app.http.schema import Schema
from app.intake.field_types import Bsn, Number
from app.intake.schemas import (
    Big5,
    CareOrder,
    ExcludedAreaIn,
    NetworkRefusal,
    Prevention,
    School,
    Severities,
    Siblings,
)
from app.intake.schemas_file import DoubleOut
from app.kernel.stages import Stage
from app.kernel.words import CareForm, Gender, OtherChildrenWish, Rhythm, Urgency, VisitPlace
from app.models import HoldReason, WithdrawalReason

HIDES_HOME = (
    "Of de ouders niet mogen weten waar het kind woont: de plaatsing is geheim, of die van een "
    "broer of zus in hetzelfde gezin. Een verwijzer ziet dan niet wat daarheen leidt."
)


class SearchIn(Schema):
    """Ask for a child by BSN or by the number of its registration: exactly one of the two."""

    bsn: Bsn | None = Field(None, repr=False, description="Negen cijfers.", examples=["999990019"])
    number: Number | None = Field(None, alias="aanmeldnummer", examples=["AM-2026-1000"])


class NumberIn(Schema):
    """How the number begins of the registration that is looked for."""

    number: Number = Field(alias="aanmeldnummer", examples=["AM-2026-10"])


class SearchOut(Schema):
    """What was found, the newest first; none is an answer too."""

    ids: list[UUID] = Field(description="Te lezen op /v1/kinderen/{id}.")
    drafts: list[UUID] = Field(alias="concepten", description="Te lezen op /v1/concepten/{id}.")


class WithdrawalIn(Schema):
    """Why the search is ended without a placement."""

    reason: WithdrawalReason = Field(alias="reden", examples=["thuis gebleven"])


class RegisteredOut(Schema):
    """What was made; short, because the answer is kept a while for a repeated request."""

    id: UUID
    number: str = Field(alias="aanmeldnummer")
    stage: Stage = Field(alias="stand")
    doubles: list[DoubleOut] = Field(
        alias="mogelijkDubbel",
        description="Aanmeldingen en concepten die van hetzelfde kind kunnen zijn; een mens "
        "oordeelt.",
    )


class RegistrationSummary(Schema):
    """One line of the list: no name, no birth date, no BSN."""

    id: UUID
    number: str = Field(alias="aanmeldnummer")
    stage: Stage = Field(alias="stand")
    care_form: CareForm = Field(alias="vorm")
    urgency: Urgency = Field(alias="urgentie")
    municipality: str = Field(alias="gemeente")
    registered_on: date = Field(alias="aangemeldOp")
    needed_from: date = Field(alias="nodigVanaf")
    leave_by: date | None = Field(alias="moetWegOp")
    missing: int = Field(
        alias="ontbreekt", description="Hoeveel er ontbreekt; wat, staat onder volledigheid."
    )


class RegistrationList(Schema):
    """One page, by number; the header Link leads to the next one."""

    children: list[RegistrationSummary] = Field(alias="kinderen")


class GroupHold(Schema):
    """One reason why nobody of a group of brothers and sisters is proposed."""

    reason: HoldReason = Field(alias="reden")
    number: str | None = Field(
        alias="aanmeldnummer",
        description="Welke aanmelding is geweigerd; null als de rij geen leesbaar nummer had, en "
        "voor een verwijzer: het kan die van een ander zijn.",
    )


class RegistrationOut(Schema):
    """A registration as it stands: all that was told but the BSN, and what became of it."""

    id: UUID
    stage: Stage = Field(alias="stand")
    bsn_known: bool = Field(alias="bsnBekend", description="Of het BSN bekend is.")
    group_on_hold: bool = Field(
        alias="groepNavragen",
        description="Over de broers en zussen staat iets open: niemand wordt voorgesteld.",
    )
    group_holds: list[GroupHold] = Field(
        alias="groepNavragenRedenen", description="Wat er openstaat, elk apart op te lossen."
    )
    withdrawal_reason: WithdrawalReason | None = Field(alias="intrekkingsreden")
    withdrawn_at: datetime | None = Field(alias="ingetrokkenOp")
    number: str = Field(alias="aanmeldnummer")
    first_name: str = Field(alias="voornaam", repr=False)
    born_on: date = Field(alias="geboortedatum", repr=False)
    gender: Gender = Field(alias="geslacht")
    postcode: str
    municipality: str = Field(alias="gemeente")
    referrer: str = Field(alias="verwijzer")
    legal_frame: str = Field(alias="juridischKader")
    care_order: CareOrder | None = Field(alias="machtiging")
    care_form: CareForm = Field(alias="vorm")
    rhythm: Rhythm = Field(alias="ritme")
    urgency: Urgency = Field(alias="urgentie")
    staying_now: str = Field(alias="verblijftNu")
    leave_by: date | None = Field(alias="moetWegOp")
    end_unknown: str | None = Field(
        alias="eindeOnbekendOmdat",
        description="Waarom niet bekend is wanneer het kind daar weg moet.",
    )
    registered_on: date = Field(alias="aangemeldOp")
    needed_from: date = Field(alias="nodigVanaf")
    expected_months: int = Field(alias="verwachteDuurMaanden")
    school: School | None
    siblings: Siblings | None = Field(alias="broersZussen")
    problems: Severities = Field(alias="problematiek")
    sdq_total: int | None = Field(alias="sdqTotaal")
    earlier_placements: int = Field(alias="eerderePlaatsingen")
    earlier_breakdowns: int = Field(alias="eerdereBreakdowns")
    residential_past: bool = Field(alias="residentieelVerleden")
    allergies: list[str] = Field(alias="allergieen")
    needs_smoke_free: bool = Field(alias="rookvrijNodig")
    needs_wheelchair: bool = Field(alias="rolstoel")
    languages: list[str] = Field(alias="talen")
    faith_wish: str | None = Field(alias="geloofswens")
    visits_per_month: float = Field(alias="bezoekPerMaand")
    visit_place: VisitPlace = Field(alias="bezoekPlek")
    secret_placement: bool = Field(alias="geheimePlaatsing")
    home_is_secret: bool = Field(alias="woonplekGeheim", description=HIDES_HOME)
    excluded_areas: list[ExcludedAreaIn] = Field(alias="uitgeslotenGebieden")
    network_researched: bool = Field(alias="netwerkonderzoekGedaan")
    network_family: str | None = Field(alias="netwerkgezin")
    network_refused: NetworkRefusal | None = Field(alias="netwerkgezinGeweigerd")
    in_network_since: date | None = Field(alias="woontBijNetwerkgezinSinds")
    mentor: str | None = Field(alias="jim", repr=False)
    prevention: Prevention | None = Field(alias="preventie")
    other_children: OtherChildrenWish = Field(alias="andereKinderen")
    child_voice: str = Field(alias="stemVanHetKind", repr=False)
    big5: Big5
