"""Putting a backup back into an empty database, and proving that it is what was kept."""

import json
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from alembic.script import ScriptDirectory
from alembic.util.exc import CommandError
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from sqlalchemy import URL, Connection, create_engine, text
from sqlalchemy.exc import OperationalError

from app.db.migrate import NOT_ANSWERING, alembic_config
from app.db.roles import MIGRATOR, ensure_roles
from app.keeping.backup import backups_in
from app.keeping.checksums import Content, contents, differences
from app.keeping.manifest import DATA, MANIFEST, TABLES, Manifest, read_manifest
from app.keeping.programs import connection_for, find_program, last_line
from app.keeping.readers import Left, let_readers_go_on
from app.keeping.sealed_file import Damaged, unseal_stream
from app.kernel.errors import InputRefused, NotReady
from app.settings import Settings

_AS_MIGRATOR = f"SET LOCAL ROLE {MIGRATOR}"
_TABLES_THERE = "SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace"


@dataclass(frozen=True, slots=True)
class Restored:
    """What was put back and found the same, and what somebody has to look at."""

    manifest: Manifest
    tables: int
    rows: int
    left: Left
    is_newest: bool


def chosen_backup(folder: Path) -> Path:
    """Return the folder itself when it is a backup, else the newest backup in it."""
    if (folder / MANIFEST).exists():
        return folder
    found = backups_in(folder)
    return found[-1] if found else folder


def restore_backup(
    folder: Path, url: URL, *, private: X25519PrivateKey, settings: Settings
) -> Restored:
    """Put a backup back into an empty database, in one transaction, and compare every table.

    Raises InputRefused or NotReady before anything is written, and Damaged when a table is not
    what it was.
    """
    manifest = read_manifest(folder, settings)
    _require_known(manifest.revision)
    wanted = _wanted(folder, private)
    engine = create_engine(url, hide_parameters=True)
    try:
        with engine.begin() as connection:
            _require_empty(connection)
            ensure_roles(connection)
        _load(folder, url, private, manifest.server)
        with engine.begin() as connection:
            connection.execute(text(_AS_MIGRATOR))
            _require_same(wanted, contents(connection))
            return _finish(connection, manifest, wanted)
    except OperationalError as error:
        raise NotReady(NOT_ANSWERING) from error
    finally:
        engine.dispose()


def _require_known(revision: str) -> None:
    try:
        ScriptDirectory.from_config(alembic_config()).get_revision(revision)
    except CommandError as error:
        raise NotReady(
            f"Deze reservekopie heeft tabellen van versie {revision}, die deze dienst niet kent: "
            "zet terug met de versie van de dienst van toen, of een nieuwere."
        ) from error


def _wanted(folder: Path, private: X25519PrivateKey) -> dict[str, Content]:
    told = json.loads(b"".join(_unsealed(folder / TABLES, private)))
    return {name: Content(**content) for name, content in told.items()}


def _require_empty(connection: Connection) -> None:
    if connection.scalar(text(_TABLES_THERE)):
        raise InputRefused(
            "De database is niet leeg: terugzetten gaat alleen in een lege. Maak er een (CREATE "
            "DATABASE …) en geef die met --naar."
        )


def _load(folder: Path, url: URL, private: X25519PrivateKey, server: int) -> None:
    info, environment = connection_for(url)
    command = [
        str(find_program("pg_restore", at_least=server)), "--single-transaction",
        "--exit-on-error", "--no-owner", f"--role={MIGRATOR}", "--no-password", f"--dbname={info}",
    ]  # fmt: skip
    with (
        tempfile.TemporaryFile() as told,
        subprocess.Popen(  # noqa: S603
            command, env=environment, stdin=subprocess.PIPE, stdout=told, stderr=told
        ) as running,
    ):
        try:
            _feed(running, _unsealed(folder / DATA, private))
        except BaseException:
            # Its transaction ends with it: nothing of a damaged file stays.
            running.kill()
            raise
        if running.wait() != 0:
            raise NotReady(f"pg_restore is gestopt, er is niets teruggezet: {last_line(told)}")


def _feed(running: subprocess.Popen[bytes], pieces: Iterator[bytes]) -> None:
    if running.stdin is None:
        return
    try:
        for piece in pieces:
            running.stdin.write(piece)
        running.stdin.close()
    except BrokenPipeError:
        return  # it stopped by itself, and says why


def _unsealed(path: Path, private: X25519PrivateKey) -> Iterator[bytes]:
    with path.open("rb") as opened:
        yield from unseal_stream(opened, private, path.name)


def _require_same(wanted: dict[str, Content], found: dict[str, Content]) -> None:
    other = differences(wanted, found)
    if other:
        raise Damaged(
            f"Teruggezet, maar niet hetzelfde: {', '.join(other)}. Gebruik deze database niet, en "
            "neem een andere reservekopie."
        )


def _finish(connection: Connection, manifest: Manifest, wanted: dict[str, Content]) -> Restored:
    head = ScriptDirectory.from_config(alembic_config()).get_current_head()
    return Restored(
        manifest=manifest,
        tables=len(wanted),
        rows=sum(content.rows for content in wanted.values()),
        left=let_readers_go_on(connection),
        is_newest=manifest.revision == head,
    )
