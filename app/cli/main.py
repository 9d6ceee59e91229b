"""The command line `pleegzorg`: one command a file, imported only when it is called."""

import sys
from importlib import import_module

import typer

from app.cli.console import ERR
from app.kernel.errors import DomainError

COMMANDS = (
    "demo", "match", "example", "sync", "intake", "postcodes", "migrate", "serve", "worker",
    "bench", "risk", "simulate", "vraag", "token", "aanbieders", "crisislijst", "historie",
    "register", "audit", "bewaar", "opschonen", "sleutels", "backup", "restore",
    "teruggegaan",
)  # fmt: skip
_SERVICES = ("serve", "worker")
_OUR_FAULT = "[bold red]Niet gelukt[/] door een fout in het programma zelf; meld hem"


def build_app(wanted: str | None = None) -> typer.Typer:
    """Return the command line; with a known command only that one is imported.

    SQLAlchemy, FastAPI and the solver take seconds to import: `example` needs none of them.
    """
    app = typer.Typer(
        name="pleegzorg",
        help="Gezamenlijke toegang pleegzorg: aanmelden, gezinnen bijhouden, matchen.",
        no_args_is_help=True,
        pretty_exceptions_enable=False,
        add_completion=False,
    )
    app.callback()(lambda: None)
    for name in [wanted] if wanted in COMMANDS else COMMANDS:
        import_module(f"app.cli.{name}").register(app)
    return app


def run() -> None:
    """Entry point: a DomainError is one sentence on standard error and exit code 2."""
    wanted = next((word for word in sys.argv[1:] if not word.startswith("-")), None)
    app = build_app(wanted)
    try:
        app()
    except DomainError as error:
        ERR.print(
            f"[bold red]Niet gelukt:[/] {str(error).replace('[', chr(92) + '[')}", soft_wrap=True
        )
        sys.exit(2)
    except KeyboardInterrupt:
        ERR.print("Afgebroken; er is niets half weggeschreven.")
        sys.exit(130)
    except Exception as error:
        if wanted in _SERVICES or _shows_faults():
            raise  # a service tells of it by its log
        # The text of an error may hold a name, and what a command writes is kept in many a place.
        _tell_our_fault(error)
        sys.exit(1)


def _tell_our_fault(error: Exception) -> None:
    from app.log.foreign import kind_of, where_of  # not before: a command starts quickly

    ERR.print(f"{_OUR_FAULT} ({kind_of(error)}; {where_of(error)}).", soft_wrap=True)


def _shows_faults() -> bool:
    from app.settings import load_settings

    try:
        return load_settings().environment == "ontwikkeling"
    except ValueError:  # settings that are wrong say nothing
        return False
