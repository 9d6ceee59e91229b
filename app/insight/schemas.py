"""What the door of the figures tells."""

from datetime import date

from pydantic import Field

from app.http.ready_answers import Counted
from app.http.schema import Schema
from app.kernel.small_cells import FEW

_SMALL = (
    f"null bij 1 tot en met {FEW - 1}: dan is te herkennen om wie het gaat. Ook null waar zo'n "
    "klein aantal er anders uit af te leiden is."
)
_TOTAL = (
    f"null bij 1 tot en met {FEW - 1}, behalve voor wie de lijst van kinderen heeft; dan is er ook "
    "geen uitsplitsing."
)


class GroupOut(Schema):
    """One group of a grouping."""

    name: str = Field(alias="groep")
    count: int | None = Field(alias="aantal", description=_SMALL)
    median_days: float | None = Field(alias="mediaanDagen")


class MunicipalityOut(GroupOut):
    """One municipality, with its middle for a map."""

    lat: float | None = Field(alias="breedte")
    lon: float | None = Field(alias="lengte")


class WaitingTimes(Schema):
    """How long who waits."""

    on_day: date = Field(
        alias="peildatum",
        description="Vandaag; in een jaarverslag van een afgelopen jaar de laatste dag daarvan, "
        "met vorm, urgentie en adres zoals die nu staan.",
    )
    count: int | None = Field(alias="aantal", description=_TOTAL)
    drafts: int | None = Field(
        alias="concepten",
        description=f"{_TOTAL} Van een afgelopen jaar: zoals bewaard, en null waar dat niet zo is.",
    )
    median_days: float | None = Field(alias="mediaanDagen")
    ninth_decile_days: float | None = Field(
        alias="negenVanTienDagen", description="Negen van de tien wachten hoogstens zo lang."
    )
    by_form: list[GroupOut] = Field(alias="naarVorm")
    by_age: list[GroupOut] = Field(alias="naarLeeftijd")
    by_urgency: list[GroupOut] = Field(alias="naarUrgentie")
    by_area: list[MunicipalityOut] = Field(alias="naarGemeente")


class PlacedFigures(Schema):
    """Who found a home in the period."""

    count: int | None = Field(alias="aantal", description=_TOTAL)
    median_waited_days: float | None = Field(alias="mediaanGewachtDagen")
    by_form: list[GroupOut] = Field(alias="naarVorm")


class HomeFigures(Schema):
    """How near to their own life the placed children came to live (*zo thuis mogelijk*)."""

    own_municipality: int | None = Field(alias="eigenGemeente", description=_SMALL)
    elsewhere: int | None = Field(alias="andereGemeente", description=_SMALL)
    in_network: int | None = Field(alias="inNetwerkgezin", description=_SMALL)
    siblings_together: int | None = Field(alias="metBroerOfZus", description=_SMALL)
    siblings_apart: int | None = Field(alias="zonderBroerOfZus", description=_SMALL)


class EndedFigures(Schema):
    """Placements that ended in the period, however they ended: this is no breakdown rate."""

    count: int | None = Field(alias="aantal", description=_SMALL)
    within_year: int | None = Field(alias="binnenEenJaar", description=_SMALL)


class ShortageOut(Schema):
    """Children for whom the last run had nobody, in one group."""

    form: str = Field(alias="vorm")
    age: str = Field(alias="leeftijd")
    count: int | None = Field(alias="aantal", description=_SMALL)


class ShortageFigures(Schema):
    """Which families are missing, by the last run; null where there was none.

    In the report of a past year: the last run of that year, with all for whom it had nobody.
    """

    on_day: date | None = Field(alias="peildatum")
    policy: str | None = Field(alias="beleid")
    count: int | None = Field(alias="aantal", description=_SMALL)
    groups: list[ShortageOut] = Field(alias="groepen")
    by_area: list[MunicipalityOut] = Field(alias="naarGemeente")


class NoOut(Schema):
    """How often one kind of no was given."""

    by: str = Field(alias="door")
    reason: str = Field(alias="reden")
    count: int | None = Field(alias="aantal", description=_SMALL)


class ProposalFigures(Schema):
    """What became of proposals that people took up in the period."""

    begun: int | None = Field(alias="begonnen", description=_TOTAL)
    first_choice: int | None = Field(alias="eersteKeus", description=_SMALL)
    placed: int | None = Field(alias="geplaatst", description=_SMALL)
    running: int | None = Field(alias="loopt", description=_SMALL)
    declined: int | None = Field(alias="nee", description=_SMALL)
    expired: int | None = Field(alias="verlopen", description=_SMALL)
    reasons: list[NoOut] = Field(
        alias="redenen", description="Redenen, niet wie er nee zei: geen ranglijst van aanbieders."
    )


class RegionFigures(Counted):
    """The region in figures, over a period."""

    first: date = Field(alias="van")
    last: date = Field(alias="totEnMet")
    small: int = Field(
        alias="kleinsteAantal", description="Kleinere aantallen worden niet genoemd."
    )
    waiting: WaitingTimes = Field(alias="wachtenden")
    placed: PlacedFigures = Field(alias="geplaatst")
    home: HomeFigures = Field(alias="thuis")
    ended: EndedFigures = Field(alias="beeindigd")
    shortages: ShortageFigures = Field(alias="tekorten")
    proposals: ProposalFigures = Field(alias="voorstellen")
