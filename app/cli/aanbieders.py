"""`pleegzorg aanbieders`: who the providers are; added, renamed and merged by an administrator."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Annotated

import typer
from sqlalchemy.orm import Session

from app.cli.console import OUT
from app.cli.options import DatabaseUrl
from app.cli.prepare import prepare_reference
from app.db.opened import open_database
from app.db.session import session_for
from app.kernel.actor import SYSTEM
from app.kernel.errors import InputRefused
from app.reference.merge import Merger, merge_providers, stop_system
from app.reference.providers import Renaming, add_provider, rename_provider
from app.reference.queries import ListedProvider, list_providers
from app.reference.schemas import Clearances, OldSystem
from app.settings import load_settings

_providers = typer.Typer(help="De aanbieders: bekijken, toevoegen, hernoemen, samenvoegen.")

Code = Annotated[str, typer.Argument(metavar="CODE", help="Het woord in adressen en bestanden.")]
Day = Annotated[str, typer.Option("--per", help="Vanaf welke dag, JJJJ-MM-DD.", metavar="DATUM")]
DoIt = Annotated[
    bool, typer.Option("--voer-uit", help="Doe het echt; anders wordt alleen gezegd wat er komt.")
]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.add_typer(_providers, name="aanbieders")


@_providers.callback(invoke_without_command=True)
def _list(context: typer.Context, database_url: DatabaseUrl = None) -> None:
    """Toon de aanbieders, en onder welke codes ze eerder bekend waren."""
    if context.invoked_subcommand is not None:
        return
    with _session(database_url) as session:
        for listed in list_providers(session):
            OUT.print(_line(listed), highlight=False, soft_wrap=True)


@_providers.command("nieuw")
def add(
    code: Code,
    name: Annotated[str, typer.Argument(metavar="NAAM")],
    *,
    dialect: Annotated[
        str | None, typer.Option(help="Op wiens export de eigen export lijkt; anders geen.")
    ] = None,
    do_it: DoIt = False,
    database_url: DatabaseUrl = None,
) -> None:
    """Voeg een aanbieder toe."""

    def work(session: Session) -> str:
        made = add_provider(session, actor=SYSTEM, code=code, name=name, dialect=dialect)
        return f"{made.code} ({made.name}) is toegevoegd."

    _perform(work, do_it=do_it, database_url=database_url)


@_providers.command("hernoem")
def rename(
    code: Code,
    *,
    on_day: Day,
    name: Annotated[str | None, typer.Option("--naam", help="De nieuwe naam.")] = None,
    new_code: Annotated[
        str | None, typer.Option("--code", help="De nieuwe code; de oude blijft werken.")
    ] = None,
    do_it: DoIt = False,
    database_url: DatabaseUrl = None,
) -> None:
    """Geef een aanbieder een andere naam, een andere code, of beide."""
    wish = Renaming(name, new_code, _day(on_day))

    def work(session: Session) -> str:
        renamed = rename_provider(session, actor=SYSTEM, code=code, wish=wish)
        return f"{code} heet nu {renamed.code} ({renamed.name})."

    _perform(work, do_it=do_it, database_url=database_url)


@_providers.command("samenvoegen")
def merge(
    code: Code,
    into: Annotated[str, typer.Argument(metavar="IN", help="De aanbieder waarin deze opgaat.")],
    *,
    on_day: Day,
    clearances: Annotated[
        Clearances,
        typer.Option(
            "--vgb",
            help="Vervalt als een andere rechtspersoon de gezinnen gaat begeleiden; blijft als de "
            "rechtspersoon zelf overgaat.",
        ),
    ],
    system: Annotated[
        OldSystem,
        typer.Option("--systeem", help="Of het oude systeem zijn gezinnen blijft doorgeven."),
    ],
    do_it: DoIt = False,
    database_url: DatabaseUrl = None,
) -> None:
    """Laat een aanbieder opgaan in een andere; de gezinnen gaan mee."""
    merger = Merger(
        source=code,
        into=into,
        on_day=_day(on_day),
        clearance_lapses=clearances is Clearances.LAPSE,
        system_stops=system is OldSystem.STOPS,
    )

    def work(session: Session) -> str:
        done = merge_providers(session, actor=SYSTEM, merger=merger)
        return (
            f"{done.source.code} is opgegaan in {done.into.code}: {done.families} gezinnen gingen "
            f"mee, {done.lapsed} verklaringen van geen bezwaar vervielen."
        )

    _perform(work, do_it=do_it, database_url=database_url)


@_providers.command("stop-systeem")
def stop(code: Code, *, do_it: DoIt = False, database_url: DatabaseUrl = None) -> None:
    """Laat het systeem van de opvolger voortaan de gezinnen bijhouden."""

    def work(session: Session) -> str:
        return (
            f"{stop_system(session, code=code)} gezinnen horen nu bij het systeem van de opvolger."
        )

    _perform(work, do_it=do_it, database_url=database_url)


def _perform(work: Callable[[Session], str], *, do_it: bool, database_url: str | None) -> None:
    """Do the work; unless it is meant, take it all back after telling what came of it."""
    with _session(database_url) as session:
        told = work(session)
        if not do_it:
            session.rollback()
    OUT.print(told if do_it else f"Proef: {told}", highlight=False, soft_wrap=True)
    if not do_it:
        OUT.print("Er is niets veranderd; herhaal dit met --voer-uit om het te doen.")


@contextmanager
def _session(database_url: str | None) -> Iterator[Session]:
    with open_database(load_settings(), url=database_url) as database:
        prepare_reference(database)
        with session_for(database.sessions, SYSTEM) as session:
            yield session


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise InputRefused(
            "--per is geen datum: schrijf jaar-maand-dag, zoals 2026-11-01."
        ) from error


def _line(listed: ListedProvider) -> str:
    row = listed.provider
    line = f"{row.code}  {row.name}"
    if listed.retired:
        line += f"  (eerder {', '.join(old.code for old in listed.retired)})"
    if listed.successor:
        line += f"  opgegaan in {listed.successor} per {row.merged_on}"
    return line
