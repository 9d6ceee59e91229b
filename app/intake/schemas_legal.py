"""What goes in and out of the door about the legal frame and the contracts of providers."""

from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import Field, StrictInt

from app.http.schema import Schema
from app.intake.field_types import Day, ShortText
from app.intake.schemas_file import Instant
from app.kernel.legal_frame import AuthorityKind, Consent, GapCode

MOST_HOLDERS = 6
MOST_MUNICIPALITIES = 400  # there are fewer in the whole country


class Authority(Schema):
    """Somebody with authority over the child: what kind of person, not who, and its consent."""

    kind: AuthorityKind = Field(alias="soort", examples=["ouder"])
    consent: Consent = Field(Consent.UNKNOWN, alias="toestemming", examples=["ja"])
    told_on: Day | None = Field(
        None, alias="gevraagdOp", description="Dag waarop dit is gezegd.", examples=["2026-11-20"]
    )


class LegalFrameIn(Schema):
    """What is recorded besides `juridischKader` and `machtiging` of the registration."""

    holders: Annotated[list[Authority], Field(alias="gezag", max_length=MOST_HOLDERS)]
    order_executed_on: Day | None = Field(
        None,
        alias="machtigingUitgevoerdOp",
        description="Sinds wanneer het kind met deze machtiging uit huis is.",
        examples=["2026-10-05"],
    )
    order_ends_on: Day | None = Field(None, alias="machtigingTotEnMet", examples=["2027-09-30"])
    supervision_ends_on: Day | None = Field(
        None,
        alias="toezichtTotEnMet",
        description="Laatste dag van de OTS of VOTS.",
        examples=["2027-09-30"],
    )
    responsible_municipality: ShortText | None = Field(
        None,
        alias="verantwoordelijkeGemeente",
        description="Volgens het woonplaatsbeginsel (Jeugdwet 1.1); dat kan een andere zijn dan "
        "waar het kind nu is.",
        examples=["Amsterdam"],
    )


class ConsentWithdrawalIn(Schema):
    """A consent that somebody with authority takes back."""

    holder: StrictInt = Field(
        alias="gezag",
        ge=1,
        le=MOST_HOLDERS,
        description="De hoeveelste van `gezag` in het juridisch kader; de eerste is 1.",
        examples=[1],
    )
    withdrawn_on: Day = Field(alias="op", examples=["2026-11-27"])
    reason: ShortText = Field(alias="reden", examples=["De ouder wil het kind weer thuis."])


class ConsentWithdrawalMade(Schema):
    """What was made; short, because the answer is kept a while for a repeated request."""

    id: UUID
    stops_placement: bool = Field(
        alias="houdtPlaatsingTegen",
        description="Of het ontbreken van toestemming nu het begin van een plaatsing tegenhoudt; "
        "met een machtiging onder OTS of VOTS weegt het mee.",
    )
    notice: str | None = Field(
        alias="melding", description="Wat nu te doen is als het kind al in een pleeggezin woont."
    )


class ConsentWithdrawalOut(Schema):
    """A consent that was taken back."""

    kind: AuthorityKind = Field(alias="soort")
    given_on: date | None = Field(alias="gegevenOp")
    withdrawn_on: date = Field(alias="ingetrokkenOp")
    reason: str = Field(alias="reden")
    actor: str = Field(alias="wie", description="Wie het vastlegde.")
    role: str = Field(alias="rol", description="In welke rol die werkte.")
    at: Instant = Field(alias="op", description="Wanneer het is vastgelegd.")


class GapOut(Schema):
    """One thing that stops the start of a placement, or that is to be found out first."""

    code: GapCode
    sentence: str = Field(alias="zin")


class LegalFrameOut(Schema):
    """The legal frame as it stands, with what still stops a placement."""

    kind: str = Field(alias="kader", description="Uit de aanmelding.")
    order_issued_on: date | None = Field(alias="machtigingAfgegevenOp")
    order_setting: str | None = Field(alias="machtigingSoort")
    execute_by: date | None = Field(
        alias="uitvoerenVoor",
        description="Drie maanden na de machtiging vervalt zij als zij niet is uitgevoerd "
        "(BW 1:265c lid 3); null zonder machtiging, of als zij is uitgevoerd.",
    )
    order_executed_on: date | None = Field(alias="machtigingUitgevoerdOp")
    order_ends_on: date | None = Field(alias="machtigingTotEnMet")
    supervision_ends_on: date | None = Field(alias="toezichtTotEnMet")
    responsible_municipality: str | None = Field(alias="verantwoordelijkeGemeente")
    holders: list[Authority] = Field(alias="gezag")
    withdrawals: list[ConsentWithdrawalOut] = Field(
        alias="intrekkingen", description="Toestemming die er was; de oudste eerst."
    )
    gaps: list[GapOut] = Field(
        alias="hiaten", description="Houdt het begin van een plaatsing tegen, niet de zoektocht."
    )
    notices: list[GapOut] = Field(
        alias="navragen",
        description="Houdt niets tegen, maar is niet bekend: of de aanbieder een contract heeft, "
        "of het gezin in het netwerk is waar de machtiging alleen dat noemt.",
    )


class ContractIn(Schema):
    """The municipalities that a provider works for."""

    municipalities: Annotated[
        list[ShortText], Field(alias="gemeenten", max_length=MOST_MUNICIPALITIES)
    ]


class ContractOut(Schema):
    """One provider and the municipalities it works for; null: nobody has configured that."""

    provider: str = Field(alias="aanbieder")
    municipalities: list[str] | None = Field(alias="gemeenten")


class ContractList(Schema):
    """Every provider, by code."""

    contracts: list[ContractOut] = Field(alias="contracten")
