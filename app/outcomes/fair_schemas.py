"""What the fairness board tells."""

from datetime import date
from enum import StrEnum
from uuid import UUID

from pydantic import Field

from app.http.ready_answers import Counted
from app.http.schema import Schema
from app.kernel.small_cells import SMALLEST
from app.outcomes.schemas import Interval

_SMALL = f"null bij minder dan {SMALLEST} kinderen, of als dat anders te herleiden is."


class FairGroup(Schema):
    """One group of children; every number with its 95% interval, null where it is not told."""

    name: str = Field(alias="groep")
    children: int | None = Field(alias="kinderen", description=_SMALL)
    wait: Interval | None = Field(
        alias="wachtdagen", description="Mediaan tot een plaatsing; null als die niet is bereikt."
    )
    options: Interval | None = Field(
        alias="opties", description="Gemiddeld per kind; wat is geteld, staat bij optiesZijn."
    )
    chance: Interval | None = Field(alias="kans", description="Genoemd bij de start, gemiddeld.")
    placed: Interval | None = Field(alias="geplaatst")
    declined: Interval | None = Field(
        alias="nee",
        description=f"Van de gezinnen die zijn gevraagd; null bij minder dan {SMALLEST} daarvan, "
        "of als dat anders te herleiden is.",
    )
    broken: Interval | None = Field(
        alias="afgebroken",
        description="Binnen twaalf maanden, van eerste plaatsingen die een jaar geleden of eerder "
        "begonnen; null zolang er te weinig zo lang zijn gevolgd.",
    )
    joined: list[str] = Field(
        alias="samenVan",
        description="De groepen die zelf niet getoond worden en hier samen staan; meestal leeg.",
    )
    stands_out: list[str] = Field(
        alias="wijktAf", description="Waarin deze groep meer dan toeval afwijkt van de anderen."
    )


class OptionsKind(StrEnum):
    """What is counted of the families of a child (*optiesZijn*)."""

    POSSIBLE = "mogelijke gezinnen"
    NAMED = "genoemde gezinnen, hoogstens zes"


class FairGrouping(Schema):
    """All children by one property."""

    name: str = Field(alias="naam")
    explanation: str = Field(alias="toelichting")
    groups: list[FairGroup] = Field(alias="groepen")


class LimitPrice(Schema):
    """What a floor of the policy cost in the last run, beside the best plan without it."""

    name: str = Field(alias="grens")
    sentence: str = Field(alias="zin")
    group_more: int | None = Field(alias="groepErbij", description=_SMALL)
    others_fewer: int | None = Field(alias="anderenEraf")
    breakdowns: float | None


class CapGroup(Schema):
    """A group of children who wait, with the cap and in the best plan without it."""

    name: str = Field(alias="groep")
    waiting: int | None = Field(alias="wachtend", description=_SMALL)
    placed: int | None = Field(alias="geplaatst")
    placed_without: int | None = Field(alias="geplaatstZonder")


class CapPrice(Schema):
    """What a cap of the policy cost in the last run, beside the best plan without it."""

    cap: str = Field(
        alias="grens", description="`hoogste_breakdownkans` of `nieuwe_kinderen_per_gezin`."
    )
    sentence: str = Field(alias="zin")
    why_not: str | None = Field(alias="reden", description="Waarom dit niet is uitgerekend.")
    placed: int | None = Field(alias="geplaatst", description="Met een voorstel; null met reden.")
    placed_without: int | None = Field(alias="geplaatstZonder")
    breakdowns: float | None
    breakdowns_without: float | None = Field(alias="breakdownsZonder")
    groups: list[CapGroup] = Field(alias="groepen", description="Een kind kan in meer zitten.")


class PriceOfLimits(Schema):
    """The limits of the policy of the last run, with their price."""

    run: UUID | None = Field(alias="matchrun")
    policy: str | None = Field(alias="beleid")
    limits: list[LimitPrice] = Field(alias="grenzen", description="De ondergrenzen.")
    caps: list[CapPrice] = Field(alias="bovengrenzen")


class FairnessOut(Counted):
    """The fairness board. Ethnicity is never stored, so it is not here."""

    first: date = Field(alias="van")
    last: date = Field(alias="totEnMet")
    smallest: int = Field(alias="kleinsteAantal")
    explanation: str = Field(alias="toelichting")
    findings: list[str] = Field(alias="opvallend")
    options_kind: OptionsKind = Field(
        alias="optiesZijn",
        description="Mogelijk: geen harde regel weigert het paar, in de laatste run met het kind. "
        "Runs van voor dit werd bewaard tellen dan niet mee. Zijn er alleen zulke, dan telt wat "
        "de run te lezen gaf: een voorstel en hoogstens vijf andere.",
    )
    everyone: FairGroup = Field(alias="allen")
    groupings: list[FairGrouping] = Field(alias="indelingen")
    price: PriceOfLimits = Field(alias="prijsVanGrenzen")
