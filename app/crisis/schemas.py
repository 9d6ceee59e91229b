"""What goes in and out at the crisis desk."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, BeforeValidator, Field, StrictInt, StrictStr

from app.crisis.schemas_list import EscalationStep
from app.crisis.words import Flag
from app.http.going_on import NO_FOLLOWING, GoOnIn
from app.http.schema import Schema
from app.kernel.addresses import PROVIDER_CODE
from app.kernel.reading import Unreadable, postcode, reference_number, text
from app.kernel.reading_days import DayStyle, day
from app.kernel.words import Gender
from app.models import CallOutcome, CrisisState

_FOLLOWING = (
    "Alleen, en altijd, als de aanmelding in de vorm crisis zoekt: waarnaar vanaf vandaag verder "
    "wordt gezocht. De dienst meldt het kind daarvoor zelf opnieuw aan. Of geef "
    "`redenGeenVervolg`. Zoekt de aanmelding al een langere vorm, dan zoekt zij door."
)
_PHONE_SIGNS = frozenset("0123456789+-() ")


def check_phone(number: str) -> str:
    """Return a phone number; raises Unreadable for one that nobody can call."""
    number = " ".join(number.split())
    digits = sum(sign.isdigit() for sign in number)
    if not set(number) <= _PHONE_SIGNS or not 8 <= digits <= 15:
        raise Unreadable("is geen telefoonnummer; schrijf 8 tot 15 cijfers, zoals 06-12345678")
    return number


Phone = Annotated[StrictStr, AfterValidator(check_phone), Field(max_length=40)]
Postcode = Annotated[StrictStr, AfterValidator(postcode)]
Age = Annotated[StrictInt, Field(ge=0, le=20)]
Note = Annotated[StrictStr, AfterValidator(text), Field(max_length=500)]
Number = Annotated[StrictStr, AfterValidator(reference_number)]
Day = Annotated[date, BeforeValidator(day(DayStyle.ISO))]


class SiblingIn(Schema):
    """A brother or sister who must come along tonight."""

    age: Annotated[Age, Field(alias="leeftijd")]
    gender: Annotated[Gender, Field(alias="geslacht")]


class CrisisReportIn(Schema):
    """The six fields of the night; nothing else is asked, and nothing of it names a child."""

    age: Annotated[Age, Field(alias="leeftijd", examples=[9])]
    gender: Annotated[Gender, Field(alias="geslacht")]
    flags: Annotated[
        list[Flag],
        Field(alias="veiligheid", max_length=len(Flag), description="Leeg als er niets speelt."),
    ]
    siblings: Annotated[list[SiblingIn], Field(alias="broersZussen", max_length=7)]
    postcode: Annotated[
        Postcode, Field(alias="postcodeNu", description="Waar het kind nu is.", examples=["1012AB"])
    ]
    call_back: Annotated[Phone, Field(alias="terugbelnummer", examples=["06-12345678"])]


class CallIn(Schema):
    """What a call to a family brought."""

    provider: Annotated[str, Field(alias="aanbieder", pattern=PROVIDER_CODE)]
    family: Annotated[Number, Field(alias="gezin")]
    outcome: Annotated[CallOutcome, Field(alias="uitkomst")]
    note: Annotated[Note | None, Field(alias="toelichting")] = None
    reunite_by: Annotated[
        Day | None,
        Field(
            alias="herenigenVoor",
            json_schema_extra={"format": "date"},
            description="Nodig bij een ja voor niet alle kinderen: wanneer zij weer samen zijn.",
        ),
    ] = None


class ReleaseIn(Schema):
    """Why locked beds are given back: all of them, of one child, or of who did not come."""

    reason: Annotated[Note, Field(alias="reden", min_length=1)]
    child: Annotated[
        UUID | None,
        Field(alias="kind", description="Alleen het bed van dit kind, dat er weggaat."),
    ] = None
    beds: Annotated[
        StrictInt | None,
        Field(
            alias="bedden", ge=1, le=8,
            description="Zoveel bedden waaraan niemand is gekoppeld: er kwamen minder kinderen.",
        ),
    ] = None  # fmt: skip


class CloseIn(Schema):
    """Why a report is closed."""

    reason: Annotated[Note, Field(alias="reden", min_length=1)]


class LinkIn(Schema):
    """The registration that has come in meanwhile."""

    child: Annotated[UUID, Field(alias="kind")]
    following: Annotated[GoOnIn | None, Field(alias="vervolg", description=_FOLLOWING)] = None
    no_follow_up_reason: Annotated[
        Note | None, Field(alias="redenGeenVervolg", min_length=1, description=NO_FOLLOWING)
    ] = None
    differs_because: Annotated[
        Note | None,
        Field(
            alias="redenAnders", min_length=1,
            description="Waarom het dit kind is, hoewel geslacht of leeftijd anders werd gemeld.",
        ),
    ] = None  # fmt: skip


class PhoneIn(Schema):
    """Where somebody can be called at night."""

    phone: Annotated[Phone, Field(alias="telefoon", examples=["020-1234567"])]
    remark: Annotated[Note, Field(alias="opmerking")] = ""


class FamilyPhoneIn(Schema):
    """Where a family can be called."""

    phone: Annotated[Phone, Field(alias="telefoon")]


class SiblingOut(Schema):
    """A brother or sister who must come along."""

    age: Annotated[int, Field(alias="leeftijd")]
    gender: Annotated[Gender, Field(alias="geslacht")]


class BedOut(Schema):
    """A family to call: in this order, with what to say or ask first."""

    provider: Annotated[str, Field(alias="aanbieder")]
    family: Annotated[str, Field(alias="gezin")]
    name: Annotated[str, Field(alias="naam")]
    place: Annotated[str, Field(alias="woonplaats")]
    kilometres: Annotated[float | None, Field(alias="kilometers")]
    free: Annotated[int, Field(alias="bedden")]
    phone: Annotated[str | None, Field(alias="telefoon")]
    duty_phone: Annotated[str | None, Field(alias="dienstAanbieder")]
    concerns: Annotated[list[str], Field(alias="letOp")]
    told_on: Annotated[
        date, Field(alias="laatstBevestigd", description="Wanneer iemand zei dat er plaats is.")
    ]


class CallOut(Schema):
    """A call that was made."""

    provider: Annotated[str, Field(alias="aanbieder")]
    family: Annotated[str, Field(alias="gezin")]
    outcome: Annotated[CallOutcome, Field(alias="uitkomst")]
    beds: Annotated[int, Field(alias="beddenVast")]
    note: Annotated[str, Field(alias="toelichting")]
    called_at: Annotated[datetime, Field(alias="gebeldOp")]
    actor: Annotated[str, Field(alias="door")]


class LockedHome(Schema):
    """The family of which beds are held for a report: whom to call about the child's coming."""

    provider: Annotated[str, Field(alias="aanbieder")]
    family: Annotated[str, Field(alias="gezin")]
    name: Annotated[str, Field(alias="naam")]
    place: Annotated[str, Field(alias="woonplaats")]
    beds: Annotated[int, Field(alias="beddenVast")]
    phone: Annotated[str | None, Field(alias="telefoon")]
    duty_phone: Annotated[str | None, Field(alias="dienstAanbieder")]
    concerns: Annotated[
        list[str],
        Field(alias="letOp", description="Wat er sinds het ja aan het gezin is gaan ontbreken."),
    ]


class LinkedChild(Schema):
    """A child of the report whose registration is linked."""

    registration_id: Annotated[UUID, Field(alias="kind", description="De aanmelding.")]
    ordinal: Annotated[
        int,
        Field(alias="wie", description="0: het kind van de melding; verder: welke broer of zus."),
    ]
    placement_id: Annotated[UUID | None, Field(alias="plaatsing")]
    differs_because: Annotated[str | None, Field(alias="redenAnders")]


class CrisisReportOut(Schema):
    """A report as it stands now, with tonight's beds while it still looks for one."""

    id: UUID
    state: Annotated[CrisisState, Field(alias="stand")]
    age: Annotated[int, Field(alias="leeftijd")]
    gender: Annotated[Gender, Field(alias="geslacht")]
    flags: Annotated[list[Flag], Field(alias="veiligheid")]
    siblings: Annotated[list[SiblingOut], Field(alias="broersZussen")]
    postcode: Annotated[str, Field(alias="postcodeNu")]
    call_back: Annotated[str, Field(alias="terugbelnummer")]
    reported_at: Annotated[datetime, Field(alias="gemeldOp")]
    together: Annotated[
        int,
        Field(alias="kinderenSamen", description="Voor zoveel kinderen tegelijk zijn er bedden."),
    ]
    beds: Annotated[list[BedOut], Field(alias="bedden")]
    has_more: Annotated[
        bool,
        Field(
            alias="meer",
            description="Of er meer gezinnen met een bed zijn dan hier staan: vraag om meer met "
            "`aantal`, of om alle zonder.",
        ),
    ]
    locked: Annotated[
        list[LockedHome],
        Field(alias="vastgezet", description="Het gezin dat ja zei, zolang het bed vastligt."),
    ]
    advice: Annotated[str, Field(alias="advies", description="Wat nu te doen.")]
    escalation: Annotated[list[EscalationStep], Field(alias="escalatie")]
    calls: Annotated[list[CallOut], Field(alias="belpogingen")]
    file_due: Annotated[date | None, Field(alias="dossierUiterlijk")]
    reunite_by: Annotated[date | None, Field(alias="herenigenVoor")]
    child: Annotated[UUID | None, Field(alias="kind")]
    children: Annotated[
        list[LinkedChild],
        Field(alias="kinderen", description="Wie is gekoppeld; elk kind heeft een eigen bed."),
    ]
    awaited: Annotated[
        int,
        Field(alias="nogTeKoppelen", description="Bedden waaraan nog geen kind is gekoppeld."),
    ]
    released_because: Annotated[str | None, Field(alias="redenVrijgegeven")]
    closed_because: Annotated[str | None, Field(alias="redenGesloten")]


class CrisisReportSummary(Schema):
    """A report in a list."""

    id: UUID
    state: Annotated[CrisisState, Field(alias="stand")]
    age: Annotated[int, Field(alias="leeftijd")]
    reported_at: Annotated[datetime, Field(alias="gemeldOp")]
    file_due: Annotated[date | None, Field(alias="dossierUiterlijk")]
    is_late: Annotated[bool, Field(alias="dossierTeLaat")]
    reunite_by: Annotated[date | None, Field(alias="herenigenVoor")]
    must_reunite: Annotated[
        bool,
        Field(
            alias="herenigenNu",
            description="Broers en zussen zijn uit elkaar, en de dag waarop zij weer samen moeten "
            "zijn is voorbij of binnen een week.",
        ),
    ]


class CrisisReportList(Schema):
    """Reports, the newest first."""

    reports: Annotated[list[CrisisReportSummary], Field(alias="crisismeldingen")]
