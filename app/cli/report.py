"""Printing the report of an import."""

from collections.abc import Sequence

import typer
from rich.console import Console
from rich.markup import escape

from app.imports.changes import Change
from app.imports.report import ImportReport
from app.models import ImportState

SHOWN_CHANGES = 10
UNKNOWN_FIELDS = "velden niet bekend"


def print_report(report: ImportReport, console: Console) -> None:
    """Print what an import changed, and every refused row in one line."""
    console.print(f"{escape(report.source.name)}: {summary_of(report)}", soft_wrap=True)
    _print_changes(report.changes, console)
    for refusal in report.refusals:
        where = f"regel {refusal.row}, veld {refusal.field}"
        console.print(f"  geweigerd ({escape(where)}): {escape(refusal.message)}", soft_wrap=True)
    for notice in report.notices:
        console.print(f"  let op (regel {notice.row}): {escape(notice.message)}", soft_wrap=True)


def _print_changes(changes: Sequence[Change], console: Console) -> None:
    for change in changes[:SHOWN_CHANGES]:
        names = UNKNOWN_FIELDS if change.fields is None else ", ".join(change.fields)
        told = f"{change.kind.value} {change.number}{': ' if names else ''}{names}"
        console.print(f"  {escape(told)}", soft_wrap=True)
    if len(changes) > SHOWN_CHANGES:
        console.print(f"  … en nog {len(changes) - SHOWN_CHANGES} wijzigingen.")


def stop_if_useless(report: ImportReport, console: Console) -> None:
    """Exit with code 2 when nothing of an import could be taken.

    Wrong rows among good ones are reported, and the command succeeds: the others are kept.
    """
    if report.state is ImportState.HELD:
        console.print("Niets verwerkt: controleer de export, of bevestig hem met --bevestig.")
        raise typer.Exit(2)
    if report.took_nothing():
        console.print(
            "Niets verwerkt: elke regel is geweigerd. Verbeter ze en probeer het opnieuw."
        )
        raise typer.Exit(2)


def summary_of(report: ImportReport) -> str:
    """Return the outcome of an import in one Dutch sentence part."""
    if report.state is ImportState.HELD:
        return f"aangehouden, {report.to_confirm} bekende gezinnen ontbreken; niets veranderd"
    refused = f", {len(report.refusals)} geweigerd" if report.refusals else ""
    if report.state is ImportState.UNCHANGED:
        return f"niets veranderd ({report.unchanged} gelijk{refused})"
    parts = (
        (report.added, "nieuw"),
        (report.changed, "gewijzigd"),
        (report.unchanged, "gelijk"),
        (report.to_confirm, "navragen"),
    )
    return ", ".join(f"{count} {word}" for count, word in parts if count) + refused
