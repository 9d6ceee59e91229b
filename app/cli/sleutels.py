"""`pleegzorg sleutels`: make key versions, seal anew with them, count what they seal, forget."""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy import text

from app.cli.console import OUT
from app.cli.key_work import (
    as_owner,
    enforce_or_tell,
    show_sealing,
    show_unreadable,
    tell_progress,
)
from app.cli.options import DatabaseUrl
from app.db.key_check import require_keys
from app.db.keyfile import Keys, decode_key, new_key, read_key_file, write_key_file
from app.db.keyring import ring_of
from app.db.rotation import seal_anew
from app.db.sealed_count import Counted, count_sealed, missing_rules
from app.db.session import make_sessions
from app.kernel.errors import Conflict, InputRefused
from app.settings import DEVELOPMENT_KEY, Settings, load_settings

_FORGET = text("DELETE FROM key_version WHERE version = :version")


def register(app: typer.Typer) -> None:
    """Add the commands."""
    group = typer.Typer(help="Sleutels: maken, roteren, controleren, vergeten.")
    group.command("nieuw")(make)
    group.command("roteer")(rotate)
    group.command("controleer")(check)
    group.command("vergeet")(forget)
    group.command("afdwingen")(require_sealed)
    app.add_typer(group, name="sleutels")


def make(
    file: Annotated[
        Path | None, typer.Argument(help="Het sleutelbestand; anders PLEEGZORG_KEYS_FILE.")
    ] = None,
    *,
    only_read: Annotated[
        bool,
        typer.Option(
            "--nog-niet-schrijven", help="Laat processen die nog draaien haar eerst leren lezen."
        ),
    ] = False,
    write: Annotated[
        bool, typer.Option("--schrijf-nieuwste", help="Schrijf met de nieuwste; maak er geen bij.")
    ] = False,
) -> None:
    """Maak een sleutelversie, en zo nodig het bestand; PLEEGZORG_BSN_KEY wordt dan versie 1."""
    settings = load_settings()
    path = _file(settings, file)
    keys = read_key_file(path) if path.exists() else _first_keys(settings)
    if write:
        keys = replace(keys, writes=max(keys.versions))
    else:
        version = max(keys.versions, default=0) + 1
        writes = keys.writes if only_read and keys.versions else version
        keys = replace(keys, versions={**keys.versions, version: new_key()}, writes=writes)
    write_key_file(path, keys)
    OUT.print(
        f"{path}: versies {_joined(keys.versions)}; geschreven wordt met versie {keys.writes}. "
        "Bewaar een kopie los van de back-ups van de database, en start de dienst opnieuw."
    )


def rotate(database_url: DatabaseUrl = None) -> None:
    """Verzegel alles opnieuw met de sleutel die schrijft; kan onderbroken en hervat worden."""
    settings = load_settings()
    with as_owner(settings, database_url) as engine:
        require_keys(make_sessions(engine), ring_of(settings), settings)
        show_sealing(seal_anew(engine, ring_of(settings), told=tell_progress))


def check(database_url: DatabaseUrl = None) -> None:
    """Tel per kolom met welke versie verzegeld is, en noem wat niet te lezen is."""
    settings = load_settings()
    with as_owner(settings, database_url) as engine:
        counted = count_sealed(engine, ring_of(settings))
        with engine.connect() as connection:
            missing = missing_rules(connection)
    _show(counted)
    if missing:
        OUT.print(
            f"{len(missing)} kolommen nemen nog open tekst aan: `pleegzorg sleutels afdwingen`."
        )
    if counted.unreadable or counted.lying_open:
        raise Conflict(
            f"{len(counted.unreadable)} waarden zijn niet te lezen, {counted.lying_open} liggen "
            "open."
        )
    OUT.print("Alles is te lezen.")


def forget(
    version: Annotated[int, typer.Argument(metavar="VERSIE", min=1)],
    database_url: DatabaseUrl = None,
) -> None:
    """Vergeet een sleutelversie; geweigerd zolang er iets mee verzegeld is."""
    settings = load_settings()
    ring = ring_of(settings)
    if version == ring.writes:
        raise Conflict(f"Met versie {version} wordt geschreven: maak eerst een nieuwe, en roteer.")
    with as_owner(settings, database_url) as engine:
        counted = count_sealed(engine, ring)
        if counted.unreadable:
            show_unreadable(counted.unreadable)
            raise Conflict("Niet alles is te lezen: vergeet dan geen sleutel, en zoek eerst uit.")
        if uses := counted.uses(version):
            raise Conflict(
                f"Versie {version} wordt nog door {uses} waarden gebruikt: voer eerst "
                "`pleegzorg sleutels roteer` uit."
            )
        with engine.begin() as connection:
            connection.execute(_FORGET, {"version": version})
    _drop_from_file(settings, version)


def require_sealed(database_url: DatabaseUrl = None) -> None:
    """Laat de database weigeren wat niet verzegeld is; als geen oudere versie meer draait."""
    with as_owner(load_settings(), database_url) as engine:
        made = enforce_or_tell(engine)
    OUT.print(f"De database weigert open tekst; {made} regels zijn erbij gekomen.")


def _file(settings: Settings, given: Path | None) -> Path:
    path = given or settings.keys_file
    if path is None:
        raise InputRefused(
            "BESTAND ontbreekt: noem het sleutelbestand, of zet PLEEGZORG_KEYS_FILE."
        )
    return path


def _first_keys(settings: Settings) -> Keys:
    """Return what a new file begins with: what was in use, or nothing."""
    single = settings.bsn_key.get_secret_value()
    if single == DEVELOPMENT_KEY:
        return Keys({}, writes=0, compare=new_key())
    known = decode_key(single, name="PLEEGZORG_BSN_KEY")
    return Keys({1: known}, writes=1, compare=known)


def _drop_from_file(settings: Settings, version: int) -> None:
    path = settings.keys_file
    if path is None:
        OUT.print(f"Versie {version} is niet meer nodig: haal haar uit PLEEGZORG_KEYS.")
        return
    keys = read_key_file(path)
    left = {number: key for number, key in keys.versions.items() if number != version}
    write_key_file(path, replace(keys, versions=left))
    OUT.print(
        f"Versie {version} is vergeten. Back-ups van voor de rotatie zijn zonder haar niet te "
        "lezen: bewaar haar los tot die weg zijn."
    )


def _show(counted: Counted) -> None:
    for found in (counted.versions, counted.digests):
        for column, versions in sorted(found.items()):
            told = ", ".join(f"{word}: {count}" for word, count in sorted(versions.items()))
            OUT.print(f"{column:45} {told}")
    show_unreadable(counted.unreadable)


def _joined(versions: Iterable[int]) -> str:
    return ", ".join(str(version) for version in sorted(versions))
