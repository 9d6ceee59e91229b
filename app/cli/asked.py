"""A folder that is matched in order to be asked something: what all questions share."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import wraps
from inspect import Parameter, Signature, signature
from pathlib import Path
from typing import Annotated, Any

import typer

from app.cli.arrivals import read_arrivals
from app.cli.console import ERR
from app.cli.match import open_for_match
from app.cli.options import DayOption, parse_day
from app.cli.region import load_folder, require_folder, run_match
from app.cli.steps import Steps
from app.cli.weights import WeightsWish, choose_weights
from app.db.session import session_for
from app.kernel.actor import SYSTEM
from app.matching.policy import load_policy
from app.proposals.queries import find_run
from app.proposals.standing import Standing, standing_of
from app.settings import load_settings

DataFolder = Annotated[Path, typer.Option("--data", help="Map met de vijf exports.", metavar="MAP")]
PolicyName = Annotated[str, typer.Option("--policy", help="Naam of bestand van het beleid.")]
WeightsName = Annotated[
    str | None,
    typer.Option("--weights", help="Gewichten om te gebruiken.", metavar="NAAM|BESTAND"),
]
NoLearning = Annotated[
    bool, typer.Option("--no-learning", help="Leer niet van plaatsingen: houd de literatuur aan.")
]
JsonOption = Annotated[bool, typer.Option("--json", help="Schrijf het antwoord als JSON.")]


@dataclass(frozen=True, slots=True)
class Ask:
    """Which folder, on which day, by which policy and weights."""

    data: Path
    policy: str
    peildatum: str | None
    weights: str | None
    learns: bool = True


def _options(
    *,
    data: DataFolder,
    peildatum: DayOption = None,
    policy: PolicyName = "zorgvuldig",
    weights: WeightsName = None,
    no_learning: NoLearning = False,
) -> Ask:
    return Ask(data, policy, peildatum, weights, learns=not no_learning)


def with_folder(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options that say what is matched; it gets them as one `ask`."""
    shared = signature(_options).parameters
    own = [p for p in signature(command).parameters.values() if p.name != "ask"]
    options = [p.replace(kind=Parameter.KEYWORD_ONLY) for p in (*own, *shared.values())]

    @wraps(command)
    def called(**given: Any) -> None:
        ask = _options(**{name: given.pop(name) for name in shared})
        command(ask=ask, **given)

    called.__signature__ = Signature(options)  # type: ignore[attr-defined]
    called.__annotations__ = {p.name: p.annotation for p in options}
    return called


@contextmanager
def asked(ask: Ask) -> Iterator[Standing]:
    """Match a folder on a fresh database, and yield its run ready for questions."""
    require_folder(ask.data)
    chosen, day = load_policy(ask.policy), parse_day(ask.peildatum)
    wish = WeightsWish(ask.weights, learns=ask.learns)
    wish.check()
    with Steps(ERR) as steps, open_for_match(None, steps) as database:
        loaded = load_folder(database, ask.data, settings=load_settings(), day=day, steps=steps)
        weights = choose_weights(wish, ask.data, until=loaded.snapshot_day, steps=steps)
        run_id = run_match(
            database,
            chosen,
            snapshot_day=loaded.snapshot_day,
            seed=0,
            steps=steps,
            weights=weights,
            past=read_arrivals(ask.data, chosen, loaded.snapshot_day),
        )
        with session_for(database.sessions, SYSTEM) as session:
            standing = standing_of(session, find_run(session, run_id))
    yield standing
