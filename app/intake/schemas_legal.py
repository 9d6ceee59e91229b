"""What goes in and out of the door about the legal frame and the contracts of providers."""

from datetime import date
from typing import Annotated

from pydantic import Field

from app.http.schema import Schema
from app.intake.field_types import Day, ShortText
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


class GapOut(Schema):
    """One thing that stops the start of a placement."""

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
    gaps: list[GapOut] = Field(
        alias="hiaten", description="Houdt het begin van een plaatsing tegen, niet de zoektocht."
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
