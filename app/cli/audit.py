"""`pleegzorg audit`: seal the log, prove that it is whole, and take it along."""

from pathlib import Path
from typing import Annotated

import typer

from app.cli.options import DatabaseUrl

_FOLDED = typer.Typer(help="Het logboek: verzegelen, controleren, meenemen.", no_args_is_help=True)
TOLD_FORM = "NUMMER:ZEGEL"


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.add_typer(_FOLDED, name="audit")


@_FOLDED.command("seal")
def seal(database_url: DatabaseUrl = None) -> None:
    """Verzegel wat niet meer kan veranderen, en druk het laatste zegel af om te bewaren."""
    from app.cli.audit_work import seal_now

    seal_now(database_url)


@_FOLDED.command("verify")
def verify(
    *,
    told: Annotated[
        str | None,
        typer.Option(
            "--laatste-zegel",
            metavar=TOLD_FORM,
            help="Een zegel dat u elders bewaarde: het moet er nog zo staan.",
        ),
    ] = None,
    most_minutes: Annotated[
        int,
        typer.Option("--hoogstens", min=1, help="Hoeveel minuten een regel onverzegeld mag zijn."),
    ] = 60,
    database_url: DatabaseUrl = None,
) -> None:
    """Bewijs de keten: 0 is heel, 1 is gebroken, 3 is heel maar te lang niet verzegeld."""
    from app.cli.audit_work import verify_now

    raise typer.Exit(verify_now(database_url, told=told, most_minutes=most_minutes))


@_FOLDED.command("export")
def export(
    out: Annotated[Path, typer.Option("--out", help="Bestand: .csv of .jsonl.")],
    *,
    database_url: DatabaseUrl = None,
) -> None:
    """Schrijf het hele logboek naar een bestand; .jsonl met de zegels, om elders te controleren."""
    from app.cli.audit_work import export_now

    export_now(database_url, out)


@_FOLDED.command("controleer-bestand")
def check_file(
    file: Annotated[Path, typer.Argument(metavar="BESTAND", show_default=False)],
    *,
    public: Annotated[
        list[str] | None,
        typer.Option("--sleutel", help="Openbare sleutel in base64 (anders die van hier)."),
    ] = None,
) -> None:
    """Controleer een .jsonl-bestand van `audit export`, zonder de database."""
    from app.cli.audit_file import check_export

    raise typer.Exit(check_export(file, public or []))
