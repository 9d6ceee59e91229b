"""Learning from the service's own outcomes at the command line, without a worker."""

from rich.markup import escape

from app.audit.noted import COMMAND_CLIENT, note_work
from app.cli.console import OUT
from app.cli.who import who_commands
from app.db.opened import open_database
from app.db.session import session_for
from app.kernel.actor import SYSTEM
from app.kernel.clock import today_in_amsterdam
from app.models import WeightsVersion
from app.outcomes.learning import learn_from_outcomes
from app.proposals.weigh_version import weigh_version
from app.settings import load_settings


def learn_here(database_url: str | None) -> None:
    """Store a proposal with what it would rank differently, and print what it says."""
    with open_database(load_settings(), url=database_url) as database:
        with session_for(database.sessions, SYSTEM) as session:
            made = learn_from_outcomes(session, until=today_in_amsterdam())
            note_work(session, "leerWeegfactoren", client=COMMAND_CLIENT, actor=who_commands())
        if made is None:
            OUT.print("Er is niets nieuws te leren: geen plaatsing met gegevens van de start, of "
                      "dezelfde als de vorige keer.", soft_wrap=True)  # fmt: skip
            return
        weigh_version(database.sessions, made.version)
    _print(made)


def _print(made: WeightsVersion) -> None:
    OUT.print(
        f"[bold]{escape(made.version)}[/] · {made.placements} plaatsingen, {made.breakdowns} "
        f"voortijdig afgebroken · vergeleken met {escape(made.compared_with)}",
        soft_wrap=True,
    )
    OUT.print(escape(made.report["toelichting"]), soft_wrap=True)
    OUT.print(
        "Dit is een voorstel: een coördinator aanvaardt het of wijst het af (scherm "
        "Weegfactoren, of POST /v1/weegfactoren/{versie}/_aanvaarden).",
        soft_wrap=True,
    )
