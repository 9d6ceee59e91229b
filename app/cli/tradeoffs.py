"""Printing what the choices of a run cost: one more child, and other orders of goals."""

from typing import Any

from rich import box
from rich.console import Console
from rich.markup import escape
from rich.table import Table


def print_tradeoffs(told: dict[str, Any] | None, console: Console) -> None:
    """Print the tables of a run's report and what its floors came to, or why one was left out."""
    if told is None:
        return
    _print_one_more(told["eenKindMeer"], console)
    _print_orders(told["andereVolgordes"], console)
    _print_floors(told.get("ondergrenzen") or [], console)
    _print_caps(told.get("bovengrenzen") or [], console)
    if told.get("vooruitzien"):
        console.print(f"\n[bold]Vooruitzien.[/] {told['vooruitzien']['zin']}", soft_wrap=True)


def _print_one_more(told: dict[str, Any], console: Console) -> None:
    console.print("\n[bold]Wat kost één kind meer?[/] (minste verwachte breakdowns)")
    if told["reden"]:
        console.print(told["reden"], soft_wrap=True)
        return
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for name in ("Geplaatst", "Breakdowns", "Eén kind meer", ""):
        table.add_column(name, justify="right" if name else "left", no_wrap=True)
    for point in told["punten"]:
        table.add_row(
            str(point["geplaatst"]),
            decimal(point["breakdowns"]),
            "" if point["extra"] is None else decimal(point["extra"], sign=True),
            _marks(point),
        )
    console.print(table)
    console.print(
        f"Dit plan: {told['geplaatst']} geplaatst, {decimal(told['breakdowns'])} verwachte "
        f"breakdowns; meer dan {told['hoogstensTePlaatsen']} kinderen plaatsen kan niet.",
        soft_wrap=True,
    )


def _marks(point: dict[str, Any]) -> str:
    marks = ["dit plan"] if point["ditPlan"] else []
    marks += ["niet bewezen"] if point["grens"] != point["breakdowns"] else []
    marks += ["boven de prijs van het beleid"] if point["binnenPrijs"] is False else []
    return ", ".join(marks)


def _print_orders(told: dict[str, Any], console: Console) -> None:
    console.print("\n[bold]Wat zou een andere volgorde van doelen veranderen?[/]")
    if told["reden"]:
        console.print(told["reden"], soft_wrap=True)
    for order in told["volgordes"]:
        console.print(f"  {escape(order['naam'])}: {_change(order)}.", soft_wrap=True)
        for key, what in (("erbij", "wel"), ("eraf", "niet meer"), ("anderGezin", "ander gezin")):
            if order[key]["aantal"]:
                numbers = ", ".join(order[key]["kinderen"])
                console.print(f"    {what}: {escape(numbers)}", soft_wrap=True)


def _print_floors(told: list[dict[str, Any]], console: Console) -> None:
    if told:
        console.print("\n[bold]Zijn de ondergrenzen gehaald, en wat kosten ze?[/]")
    for floor in told:
        price = floor["prijs"]
        met = "gehaald" if not floor["tekort"] else escape(floor["waarom"].removesuffix("."))
        console.print(
            f"  {escape(floor['zin'])}: {floor['geplaatst']} van {floor['wachtend']} geplaatst, "
            f"{floor['gevraagd']} gevraagd; {met}.",
            soft_wrap=True,
        )
        console.print(
            f"    prijs: {price['groepErbij']:+d} uit de groep, {-price['anderenEraf']:+d} "
            f"anderen, {decimal(price['breakdowns'], sign=True)} verwachte breakdowns",
            soft_wrap=True,
        )


def _print_caps(told: list[dict[str, Any]], console: Console) -> None:
    if told:
        console.print("\n[bold]Wat kosten de bovengrenzen?[/]")
    for cap in told:
        console.print(f"  {escape(cap['zin'])}", soft_wrap=True)
        if cap["reden"]:
            console.print(f"    {cap['reden']}", soft_wrap=True)
            continue
        cost = cap["prijs"]
        console.print(
            f"    met: {cost['geplaatst']} geplaatst, {decimal(cost['breakdowns'])} verwachte "
            f"breakdowns; zonder: {cost['geplaatstZonder']} geplaatst, "
            f"{decimal(cost['breakdownsZonder'])} verwachte breakdowns",
            soft_wrap=True,
        )
        if cost["erbij"]["aantal"]:
            numbers = ", ".join(cost["erbij"]["kinderen"])
            console.print(f"    kost een voorstel: {escape(numbers)}", soft_wrap=True)


def _change(order: dict[str, Any]) -> str:
    return (
        f"{order['geplaatst']} geplaatst ({order['verschilGeplaatst']:+d}), "
        f"{decimal(order['breakdowns'])} verwachte breakdowns "
        f"({decimal(order['verschilBreakdowns'], sign=True)}); {order['erbij']['aantal']} kinderen "
        f"erbij, {order['eraf']['aantal']} eraf, {order['anderGezin']['aantal']} in een ander gezin"
    )


def decimal(value: float, *, sign: bool = False) -> str:
    """Return a number with two decimals and a comma."""
    return f"{value:{'+' if sign else ''}.2f}".replace(".", ",")
