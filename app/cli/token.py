"""`pleegzorg token`: a token to try the API with on one's own machine; not outside development."""

from datetime import timedelta
from typing import Annotated

import typer

from app.kernel.actor import (
    ORGANISATION_ROLES,
    PROVIDER_ROLES,
    SIGNED_IN_ROLES,
    ActorRole,
)
from app.kernel.errors import InputRefused
from app.security.development import make_token
from app.settings import load_settings

_ROLES = ", ".join(role.value for role in SIGNED_IN_ROLES)


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("token")(command)


def command(
    roles: Annotated[list[str], typer.Argument(metavar="ROL...", help=f"Kies uit {_ROLES}.")],
    *,
    organisation: Annotated[
        str | None,
        typer.Option(
            "--organisatie",
            help="De aanbieder (spirit, youke, ...), de organisatie van de verwijzer, of de "
            "gemeentecode (0363).",
        ),
    ] = None,
    subject: Annotated[str, typer.Option("--naam", help="Wie het token draagt.")] = "",
    hours: Annotated[
        float, typer.Option("--uren", min=0.01, max=24, help="Hoe lang het geldt.")
    ] = 8,
) -> None:
    """Geef een token voor een rol, getekend met een sleutel van deze machine."""
    wanted = tuple(_role(name) for name in roles)
    needs = [role.value for role in wanted if role in PROVIDER_ROLES | ORGANISATION_ROLES]
    if needs and organisation is None:
        raise InputRefused(f"--organisatie ontbreekt: {needs[0]} werkt voor één organisatie.")
    lasts = timedelta(hours=hours)
    typer.echo(
        make_token(
            load_settings(), *wanted, organisation=organisation, subject=subject, lasts=lasts
        )
    )


def _role(name: str) -> ActorRole:
    found = next((role for role in SIGNED_IN_ROLES if role.value == name), None)
    if found is None:
        raise InputRefused(f"ROL: {name} is er niet; kies uit {_ROLES}.")
    return found
