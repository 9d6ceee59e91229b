"""The printed result: one line a child, and why the others have no proposal."""

from typing import Any

from rich import box
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from app.cli.tradeoffs import print_tradeoffs
from app.kernel.chance_band import FROM_LITERATURE

MAX_ROWS = 40


def print_result(report: dict[str, Any], console: Console, *, limit: int = MAX_ROWS) -> None:
    """Print summary, proposals, children without one and refused rows of a run's report."""
    _print_summary(report["run"], console)
    placed = [entry for entry in report["voorstellen"] if entry["gezin"]]
    order = {"crisis": 0, "spoed": 1, "regulier": 2}
    placed.sort(key=lambda entry: (order[entry["urgentie"]], entry["aanmeldnummer"]))
    console.print(_proposals(placed[:limit]))
    if len(placed) > limit:
        console.print(f"… en nog {len(placed) - limit} voorstellen; alle staan in het bestand.")
    _print_underway(report["voorstellen"], console, limit)
    _print_unplaced(report["voorstellen"], console, limit)
    _print_refused(report["geweigerd"], console)
    print_tradeoffs(report["run"]["afwegingen"], console)


def _print_summary(run: dict[str, Any], console: Console) -> None:
    counts = run["aantallen"]
    console.print(
        f"\n[bold]{counts['geplaatst']} van {counts['kinderen']} wachtende kinderen hebben een "
        f"voorstel[/] · peildatum {run['peildatum']} · beleid {run['beleid']['naam']} · "
        f"{run['oplosser']['bewijs']} · gewichten {run['gewichten']} ({run['grondslag']})",
        soft_wrap=True,
    )
    for rank, goal in enumerate(run["doelen"], start=1):
        console.print(f"  {rank}. {escape(goal['zin'])}: {_number(goal['waarde'])}")
    console.print("Een voorstel is advies; mensen besluiten.\n")


def _number(value: float) -> str:
    return f"{value:g}" if float(value).is_integer() else f"{value:.2f}".replace(".", ",")


def _proposals(entries: list[dict[str, Any]]) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, expand=True, show_lines=False)
    for name in ("Kind", "Urgentie", "Gezin", "Aanbieder", _chance_head(entries)):
        table.add_column(name, no_wrap=True)
    table.add_column("Drie sterkste redenen", overflow="fold", ratio=1)
    table.add_column("Anders", no_wrap=True)
    for entry in entries:
        table.add_row(
            entry["aanmeldnummer"],
            entry["urgentie"],
            _family(entry),
            entry["aanbieder"],
            chance_text(entry),
            escape("\n".join(f"{_sign(r)} {r['zin']}" for r in strongest(entry["redenen"]))),
            "\n".join(other["gezin"] for other in entry["alternatieven"][:3]) or "geen",
        )
    return table


def _family(entry: dict[str, Any]) -> str:
    marks = (("verzoek", "(verzoek)"), ("steunplanNodig", "(met steunplan)"))
    return "\n".join([entry["gezin"], *(text for name, text in marks if entry[name])])


def _chance_head(entries: list[dict[str, Any]]) -> str:
    if any(entry["grondslag"] == FROM_LITERATURE for entry in entries):
        return "Kans op afbreuk\n(inschatting\nuit literatuur)"
    return "Kans dat\nhet houdt"


def chance_text(entry: dict[str, Any]) -> str:
    """Return how large the chance of breakdown is in a word, until outcomes bear out the number.

    Then the chance that a placement holds, with its interval, as whole percentages.
    """
    if entry["breakdownKans"] is None:
        return str(entry["grondslag"])
    if entry["grondslag"] == FROM_LITERATURE:
        return str(entry["klasse"])
    low, high = entry["interval"]
    return f"{1 - entry['breakdownKans']:.0%} ({1 - high:.0%}–{1 - low:.0%})"


def strongest(reasons: list[dict[str, Any]], count: int = 3) -> list[dict[str, Any]]:
    """Return the first reasons of an entry: those about child and family together come first.

    What holds for the child with every family cannot be why this one was chosen.
    """
    return reasons[:count]


def _sign(reason: dict[str, Any]) -> str:
    return "+" if reason["bijdrage"] < 0 else "−" if reason["bijdrage"] > 0 else "·"


def _print_underway(entries: list[dict[str, Any]], console: Console, limit: int) -> None:
    underway = [entry for entry in entries if entry["alInGang"]]
    if underway:
        console.print(f"[bold]Al in gang voor {len(underway)} kinderen[/]")
    for entry in underway[:limit]:
        family = entry["alInGang"]
        what = "verzoek, " if family["verzoek"] else ""
        line = f"{entry['aanmeldnummer']}: {family['gezin']} ({what}sinds {family['sinds']})"
        console.print(f"  {escape(line)}", soft_wrap=True)
    if len(underway) > limit:
        console.print("  … de andere staan in het bestand.")


def _print_unplaced(entries: list[dict[str, Any]], console: Console, limit: int) -> None:
    unplaced = [entry for entry in entries if entry["waaromNiet"]]
    if not unplaced:
        return
    console.print(f"[bold]Geen voorstel voor {len(unplaced)} kinderen[/]")
    # Brothers and sisters share their reason: said once, for all of them.
    shared: dict[str, list[dict[str, Any]]] = {}
    for entry in unplaced:
        shared.setdefault(_why_not(entry["waaromNiet"]), []).append(entry)
    for sentence, entries_ in list(shared.items())[:limit]:
        who = ", ".join(entry["aanmeldnummer"] for entry in entries_)
        kind = f"{entries_[0]['urgentie']}, {entries_[0]['vorm']}"
        console.print(f"  {who} ({kind}): {escape(sentence)}", soft_wrap=True)
    if len(shared) > limit:
        console.print("  … de andere redenen staan in het bestand.")


def _why_not(why_not: dict[str, Any]) -> str:
    change = why_not["kleinsteWijziging"]
    reason = str(why_not["zin"])
    return f"{reason}\n    → {change['zin']}" if change else reason


def _print_refused(refused: list[dict[str, Any]], console: Console) -> None:
    if refused:
        console.print(f"\n[bold]Geweigerde regels: {len(refused)}[/]")
    for row in refused:
        where = f"{row['bestand']}, rij {row['rij']}, veld {row['veld']}"
        console.print(f"  {escape(where)}: {escape(row['melding'])}", soft_wrap=True)
