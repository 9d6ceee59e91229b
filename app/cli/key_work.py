"""What the commands about keys do in a database, as the owner of its tables."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import URL, Engine
from sqlalchemy.exc import IntegrityError

import app.models  # noqa: F401  (registers every table)
from app.cli.console import ERR, OUT
from app.db.embedded import ensure_database, start_embedded
from app.db.keyring import ring_of
from app.db.opened import is_database_current, parse_url
from app.db.roles import MIGRATOR
from app.db.rotation import Sealing, seal_anew
from app.db.sealed_count import enforce, missing_rules
from app.db.session import make_engine
from app.kernel.errors import Conflict, NotReady
from app.settings import Settings

_OWN_DATABASE = "pleegzorg"
_SHOWN = 10  # unreadable rows that are named; the rest is counted


@contextmanager
def as_owner(settings: Settings, given: str | None) -> Iterator[Engine]:
    """Connect as the owner of the tables: most of what is sealed, the service may never change."""
    told = given or settings.migration_url or settings.database_url
    url = parse_url(told) if told else ensure_database(start_embedded(settings), _OWN_DATABASE)
    if not is_database_current(url):
        raise NotReady("De database heeft niet de nieuwste tabellen: voer `pleegzorg migrate` uit.")
    with owner_of(url) as engine:
        yield engine


@contextmanager
def owner_of(url: URL) -> Iterator[Engine]:
    """Connect to a database as the owner of its tables."""
    engine = make_engine(url, role=MIGRATOR, pool_size=2)
    try:
        yield engine
    finally:
        engine.dispose()


def tell_progress(column: str, rows: int) -> None:
    """Tell how far it is, on standard error."""
    ERR.print(f"{column}: {rows}")


def show_sealing(done: Sealing) -> None:
    """Tell what was sealed; raises Conflict where something could not be read or was held."""
    OUT.print(f"Verzegeld: {sum(done.sealed.values())} waarden.")
    show_unreadable(done.unreadable)
    if done.unreadable or done.held:
        raise Conflict(
            f"{len(done.unreadable)} waarden zijn niet te lezen en {done.held} rijen waren bezet: "
            "voer de opdracht opnieuw uit, of zet de sleutel terug waarmee zij verzegeld zijn."
        )


def show_unreadable(found: list[tuple[str, str]]) -> None:
    """Name rows that cannot be read, by table and key and never by what they hold."""
    for column, key in found[:_SHOWN]:
        OUT.print(f"Niet te lezen: {column}, rij {key}.")
    if len(found) > _SHOWN:
        OUT.print(f"... en nog {len(found) - _SHOWN}.")


def enforce_or_tell(engine: Engine) -> int:
    """Let the database refuse plain text; return how many rules that took, or raise Conflict."""
    try:
        return enforce(engine)
    except IntegrityError as error:
        raise Conflict(
            "Er liggen nog gegevens open: voer eerst `pleegzorg sleutels roteer` uit, en kijk of "
            "er nog een oude versie van de dienst draait."
        ) from error


def seal_after_migrating(url: URL, settings: Settings) -> None:
    """Seal what lies open since before there was sealing; batches, so that it can be resumed."""
    with owner_of(url) as engine:
        with engine.connect() as connection:
            if not missing_rules(connection):
                return
        show_sealing(seal_anew(engine, ring_of(settings), only_open=True, told=tell_progress))
    OUT.print(
        "Draait er geen oudere versie van de dienst meer, voer dan `pleegzorg sleutels afdwingen` "
        "uit: daarna weigert de database wat niet verzegeld is."
    )
