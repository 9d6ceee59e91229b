"""What goes out about the choices of a run: one more child, and other orders of goals."""

from pydantic import Field

from app.http.schema import Schema

WHY_NOT = "Waarom dit niet is uitgerekend; anders leeg."


class Point(Schema):
    """The fewest expected breakdowns with which so many children, or more, can be placed."""

    placed: int = Field(alias="geplaatst")
    breakdowns: float
    bound: float = Field(
        alias="grens", description="Minder kan niet; gelijk aan breakdowns waar dat bewezen is."
    )
    extra: float | None = Field(description="Wat het laatste van deze kinderen kost.")
    within_price: bool | None = Field(
        alias="binnenPrijs", description="Of dat binnen de prijs van het beleid is, als die er is."
    )
    is_plan: bool = Field(alias="ditPlan", description="Zo veel kinderen plaatst dit plan.")


class OneMore(Schema):
    """What placing one more child costs, around the plan of the run; null: not worked out."""

    why_not: str | None = Field(alias="reden", description=WHY_NOT)
    placed: int = Field(alias="geplaatst", description="In het plan van deze run.")
    breakdowns: float = Field(
        description="Verwachte breakdowns in dit plan; door de doelen soms meer dan het minste."
    )
    most: int | None = Field(alias="hoogstensTePlaatsen")
    price: float | None = Field(alias="prijsPerPlaatsing", description="Uit het beleid.")
    points: list[Point] = Field(alias="punten")


class SomeChildren(Schema):
    """Children by number, and how many."""

    count: int = Field(alias="aantal")
    numbers: list[str] = Field(alias="kinderen")


class OtherOrder(Schema):
    """What the best plan in another order of goals would change."""

    name: str = Field(alias="naam")
    goals: list[str] = Field(alias="doelen")
    proof: str = Field(alias="bewijs")
    placed: int = Field(alias="geplaatst")
    placed_more: int = Field(alias="verschilGeplaatst")
    breakdowns: float
    breakdowns_more: float = Field(alias="verschilBreakdowns")
    gained: SomeChildren = Field(alias="erbij", description="Alleen daar een voorstel.")
    lost: SomeChildren = Field(alias="eraf", description="Alleen in deze run een voorstel.")
    moved: SomeChildren = Field(alias="anderGezin")


class OtherOrders(Schema):
    """Two other orders, or why there are none."""

    why_not: str | None = Field(alias="reden", description=WHY_NOT)
    orders: list[OtherOrder] = Field(alias="volgordes")


class FloorPrice(Schema):
    """What a floor costs, beside the best plan without it."""

    group_more: int = Field(alias="groepErbij", description="Meer geplaatst uit de groep.")
    others_fewer: int = Field(alias="anderenEraf", description="Minder geplaatst van de anderen.")
    breakdowns: float = Field(description="Meer verwachte breakdowns; onder nul: minder.")


class FloorOut(Schema):
    """What a floor of the policy came to: met or short, why, and its price."""

    group: str = Field(alias="groep")
    sentence: str = Field(alias="zin")
    waiting: int = Field(alias="wachtend")
    asked: int = Field(alias="gevraagd")
    placed: int = Field(alias="geplaatst")
    short: int = Field(alias="tekort", description="Zo veel kinderen te weinig; 0 is gehaald.")
    is_proved: bool = Field(alias="bewezen", description="Of bewezen is dat er niet meer kan.")
    homeless: int = Field(alias="zonderGezin", description="Voor wie geen enkel gezin kan.")
    why: str | None = Field(alias="waarom", description="Waarom de ondergrens niet is gehaald.")
    price: FloorPrice = Field(alias="prijs")


class GroupCostOut(Schema):
    """One group of waiting children, with the cap and in the best plan without it."""

    group: str = Field(alias="groep")
    waiting: int = Field(alias="wachtend")
    placed: int = Field(alias="geplaatst")
    placed_without: int = Field(alias="geplaatstZonder")


class CapCostOut(Schema):
    """The best plan without a cap, beside that of the run; all other limits are kept."""

    placed: int = Field(alias="geplaatst")
    placed_without: int = Field(alias="geplaatstZonder")
    breakdowns: float
    breakdowns_without: float = Field(alias="breakdownsZonder")
    groups: list[GroupCostOut] = Field(alias="groepen", description="Een kind kan in meer zitten.")
    gained: SomeChildren = Field(alias="erbij", description="Alleen zonder de grens een voorstel.")
    lost: SomeChildren = Field(alias="eraf", description="Alleen met de grens een voorstel.")
    moved: SomeChildren = Field(alias="anderGezin")


class CapOut(Schema):
    """What a cap of the policy costs."""

    cap: str = Field(
        alias="grens", description="`hoogste_breakdownkans` of `nieuwe_kinderen_per_gezin`."
    )
    sentence: str = Field(alias="zin")
    why_not: str | None = Field(alias="reden", description=WHY_NOT)
    cost: CapCostOut | None = Field(alias="prijs")


class AheadOut(Schema):
    """From what the arrivals of a policy that looks ahead were estimated."""

    source: str = Field(
        alias="bron", description="`aanmeldingen`, `plaatsingshistorie` of `wachtlijst`."
    )
    days: int = Field(alias="dagen", description="Over hoe lang.")
    seen: int = Field(alias="gezien", description="Huishoudens in die tijd.")
    per_week: float = Field(alias="perWeek", description="Verwachte huishoudens per week.")
    unlike_per_week: float = Field(
        alias="nietVoorzienPerWeek", description="Daarvan van een soort waarvan nu niemand wacht."
    )
    sentence: str = Field(alias="zin")


class Tradeoffs(Schema):
    """What the choices of a run cost, worked out when it was made."""

    one_more: OneMore = Field(alias="eenKindMeer")
    other_orders: OtherOrders = Field(alias="andereVolgordes")
    ahead: AheadOut | None = Field(
        default=None, alias="vooruitzien", description="Leeg als het beleid niet vooruitziet."
    )
    floors: list[FloorOut] = Field(
        default=[], alias="ondergrenzen", description="Die van het beleid, in hun volgorde."
    )
    caps: list[CapOut] = Field(
        default=[], alias="bovengrenzen", description="Die van het beleid, met hun prijs."
    )
