"""What the boards of the region tell; every count is None where it is small or would give one."""

from datetime import date

from pydantic import Field

from app.http.ready_answers import Counted
from app.http.schema import Schema
from app.insight.schemas import ShortageFigures
from app.kernel.small_cells import FEW

HIDDEN = f"null: 1 tot en met {FEW - 1}, of er is een klein aantal uit af te leiden."


class CountOut(Schema):
    """One part of a whole."""

    name: str = Field(alias="groep")
    count: int | None = Field(alias="aantal", description=HIDDEN)


class MonthOut(Schema):
    """One month: who waited at its end, who came and went in it."""

    month: str = Field(alias="maand", examples=["2026-03"])
    on_day: date = Field(alias="peildatum")
    waiting: int | None = Field(alias="wachtenden", description=HIDDEN)
    median_days: float | None = Field(alias="mediaanDagen")
    came: int | None = Field(alias="aangemeld", description=HIDDEN)
    placed: int | None = Field(alias="geplaatst", description=HIDDEN)
    otherwise: int | None = Field(alias="andersGeeindigd", description=HIDDEN)


class WaitingBoard(Counted):
    """Waiting, month by month."""

    first: date = Field(alias="van")
    last: date = Field(alias="totEnMet")
    months: list[MonthOut] = Field(alias="maanden")
    lost: int | None = Field(
        alias="zonderEinddatum",
        description="Aanmeldingen waarvan niet bekend is wanneer het wachten eindigde; die tellen "
        "in geen maand mee.",
    )


class RungFigure(Schema):
    """One rung of the ladder home."""

    name: str = Field(alias="trede")
    begun: int | None = Field(alias="begonnen", description=HIDDEN)
    running: int | None = Field(alias="looptAanHetEind", description=HIDDEN)


class DistanceOut(Schema):
    """How far from home."""

    median_km: float | None = Field(alias="mediaanKm")
    groups: list[CountOut] = Field(alias="groepen")


class CurvePoint(Schema):
    """The share that holds after so many months, with its interval of 95%."""

    month: int = Field(alias="maand")
    share: float = Field(alias="houdtStand", ge=0, le=1)
    low: float | None = Field(alias="laag")
    high: float | None = Field(alias="hoog")
    at_risk: int = Field(alias="nogGevolgd", description="Naar beneden afgerond op vijf.")


class CurveOut(Schema):
    """Placements that began in one half-year, or in all of them, and how many held how long."""

    half: str = Field(alias="halfjaar", examples=["2025-1", "alle"])
    first: date = Field(alias="van")
    last: date = Field(alias="totEnMet")
    placements: int | None = Field(alias="plaatsingen", description=HIDDEN)
    broken: int | None = Field(alias="afgebroken", description=HIDDEN)
    points: list[CurvePoint] | None = Field(
        alias="punten",
        description="null waar de aantallen niet genoemd worden. Tussen twee punten, voor het "
        f"eerste en na het laatste is er geen afbraak, of minstens {FEW}.",
    )


class BreakdownBoard(Schema):
    """Breakdown by half-year of start (Kaplan-Meier), as known on a day."""

    on_day: date = Field(alias="peildatum")
    in_review: int | None = Field(alias="teBeoordelen", description="Telt niet mee.")
    no_end: int | None = Field(alias="zonderVastgelegdEinde", description="Telt niet mee.")
    taken_over: int | None = Field(
        alias="overgenomen",
        description="Liepen al toen de dienst ervan hoorde, terwijl van hun halfjaar en soort vorm "
        "geen tien andere zo lang waren gevolgd. Telt niet mee: wat eerder afbrak is niet gemeld. "
        "Een ander dat al liep telt mee vanaf de dag van melden.",
    )
    whole: CurveOut = Field(alias="alle")
    halves: list[CurveOut] = Field(alias="halfjaren")


class RecordFigures(Schema):
    """What breakdown records of the period say; who, why and tried: of breakdowns, not of nearly.

    A record may name several reasons and things that were tried.
    """

    broken: int | None = Field(alias="afgebroken", description=HIDDEN)
    nearly: int | None = Field(alias="bijnaAfgebroken", description=HIDDEN)
    initiative: list[CountOut] = Field(alias="initiatief")
    reasons: list[CountOut] = Field(
        alias="redenen", description="Een verslag kan er meer noemen: telt niet op tot het geheel."
    )
    tried: list[CountOut] = Field(alias="geprobeerd", description="Als bij redenen.")


class PlacementBoard(Counted):
    """Placements that began in the period: on which rung, with whom, how far, and do they hold.

    Of those that ended in it: where the child went, and what was recorded of breakdowns.
    """

    first: date = Field(alias="van")
    last: date = Field(alias="totEnMet")
    rungs: list[RungFigure] = Field(alias="treden")
    siblings: list[CountOut] = Field(alias="broersZussen")
    distance: DistanceOut = Field(alias="afstand")
    school: list[CountOut]
    breakdown: BreakdownBoard = Field(alias="afbreuk")
    after: list[CountOut] = Field(
        alias="naPlaatsing", description="Waarheen kinderen gingen van wie de plaatsing eindigde."
    )
    records: RecordFigures = Field(alias="afbreukverslagen")


class PlacesOut(Schema):
    """Places of one form or in one municipality, by what they are now."""

    name: str = Field(alias="groep")
    count: int | None = Field(alias="plekken", description=HIDDEN)
    in_use: int | None = Field(alias="inGebruik", description=HIDDEN)
    held: int | None = Field(alias="vastgehouden", description=HIDDEN)
    free: int | None = Field(alias="vrij", description=HIDDEN)
    not_now: int | None = Field(alias="nuNiet", description=HIDDEN)


class CarersOut(Schema):
    """Families that came, paused, went on, stopped or moved, in one month or all of them."""

    month: str = Field(alias="maand", examples=["2026-03", "totaal"])
    new: int | None = Field(alias="nieuw", description=HIDDEN)
    paused: int | None = Field(alias="gepauzeerd", description=HIDDEN)
    resumed: int | None = Field(alias="hervat", description=HIDDEN)
    stopped: int | None = Field(alias="gestopt", description=HIDDEN)
    moved: int | None = Field(alias="naarAndereAanbieder", description=HIDDEN)


class CarerBoard(Schema):
    """Carers in and out, and what is not recorded of them."""

    months: list[CarersOut] = Field(alias="maanden")
    total: CarersOut = Field(alias="totaal")
    known_since: date | None = Field(
        alias="standBekendSinds", description="Pauzes en stoppen van daarvoor zijn niet vastgelegd."
    )
    unknown: list[str] = Field(alias="nietVastgelegd")


class PlacesBoard(Counted):
    """Places, what is missing, and carers in and out."""

    first: date = Field(alias="van")
    last: date = Field(alias="totEnMet")
    on_day: date | None = Field(
        alias="peildatum",
        description="Vandaag; in een jaarverslag van een afgelopen jaar de laatste dag waarvan de "
        "plekken zijn bewaard, en null waar dat er geen is.",
    )
    total: PlacesOut = Field(alias="totaal")
    by_form: list[PlacesOut] = Field(alias="naarVorm")
    by_age: list[PlacesOut] = Field(
        alias="naarLeeftijd", description="Een plek staat bij elke leeftijd die het gezin opvangt."
    )
    by_area: list[PlacesOut] = Field(alias="naarGemeente")
    shortages: ShortageFigures = Field(alias="tekorten")
    carers: CarerBoard = Field(alias="pleegouders")


class DomainOut(Schema):
    """One of the five domains of life (BIG5), by how it was judged."""

    domain: str = Field(alias="leefgebied")
    judged: list[CountOut] = Field(alias="oordelen")


class RespiteOut(Schema):
    """Respite by part-time placements."""

    begun: int | None = Field(alias="begonnen", description=HIDDEN)
    running: int | None = Field(alias="looptAanHetEind", description=HIDDEN)
    families: int | None = Field(
        alias="gezinnenDieHetBieden",
        description="Waar een respijtronde vandaag in zoekt (in een jaarverslag van een afgelopen "
        "jaar: toen, zoals bewaard): actief, met de vorm deeltijd en een "
        f"plek daarvoor; of die vrij is hangt van het weekend af. {HIDDEN}",
    )


class SupportFigure(Schema):
    """Support offered, and whether it helped."""

    by_kind: list[CountOut] = Field(alias="naarSoort")
    by_outcome: list[CountOut] = Field(alias="naarUitkomst")


class PreventionBoard(Counted):
    """What was done before a placement, of registrations that came in; and what helps to hold."""

    first: date = Field(alias="van")
    last: date = Field(alias="totEnMet")
    registered: int | None = Field(alias="aanmeldingen", description=HIDDEN)
    network: list[CountOut] = Field(alias="netwerkonderzoek")
    mentors: list[CountOut] = Field(alias="jim")
    big5: list[DomainOut] = Field(alias="big5")
    without: list[CountOut] = Field(alias="zonderPlaatsingGeeindigd")
    respite: RespiteOut = Field(alias="respijt")
    support: SupportFigure = Field(alias="ondersteuning")


class CountryFigure(Schema):
    """A figure of the region beside one of the country."""

    key: str = Field(alias="sleutel")
    name: str = Field(alias="cijfer")
    region: float | None = Field(alias="regio", description="null: niet bekend, of te klein.")
    unit: str = Field(alias="eenheid")
    country: str | None = Field(alias="landelijk", description="null: geen cijfer bekend.")
    source: str | None = Field(alias="bron")
    year: int | None = Field(alias="jaar")
    comparable: str = Field(alias="vergelijkbaar", examples=["ja", "deels", "nee", "onbekend"])
    note: str = Field(alias="toelichting")


class CountryBoard(Counted):
    """The region beside the country."""

    as_of: date = Field(alias="bijgewerktOp")
    figures: list[CountryFigure] = Field(alias="cijfers")
