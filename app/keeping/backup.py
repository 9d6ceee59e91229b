"""Making a backup: one snapshot, dumped and summed, sealed while it is read, whole or not there."""

import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import IO, BinaryIO

from alembic.runtime.migration import MigrationContext
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey
from sqlalchemy import URL, Connection, create_engine, insert, text

from app.db.roles import BACKUP
from app.keeping.checksums import contents
from app.keeping.keys import fingerprints
from app.keeping.manifest import DATA, TABLES, Manifest, part_of, write_manifest
from app.keeping.programs import connection_for, find_program, last_line
from app.keeping.sealed_file import seal_stream
from app.kernel.errors import InputRefused, NotReady
from app.models import BackupMade
from app.settings import Settings

_PREFIX = "pleegzorg-"
_HALF = ".deel"
_AS_BACKUP = f"SET LOCAL ROLE {BACKUP}"
_NO_LIMITS = """
    SELECT set_config('statement_timeout', '0', true),
           set_config('idle_in_transaction_session_timeout', '0', true)
"""
_LOOKS_PAST = "SELECT rolbypassrls OR rolsuper FROM pg_roles WHERE rolname = current_user"
_MAY_TAKE = "SELECT pg_has_role(oid, 'SET') FROM pg_roles WHERE rolname = :role"


@dataclass(frozen=True, slots=True)
class Backup:
    """What was made: where, of which instant, and how much is in it."""

    folder: Path
    at: datetime
    tables: int
    rows: int
    size: int


def make_backup(
    url: URL, into: Path, *, recipient: X25519PublicKey, settings: Settings, keep: int | None = None
) -> Backup:
    """Write a backup in a folder of its own and note that it was made.

    keep: how many to keep there, the oldest go. Raises NotReady when the role or pg_dump lacks
    something; what was half written is removed.
    """
    engine = create_engine(url, isolation_level="REPEATABLE READ", hide_parameters=True)
    try:
        with engine.connect() as connection:
            made = _write(connection, into, url=url, recipient=recipient, settings=settings)
        with engine.begin() as connection:
            connection.execute(text(_AS_BACKUP))
            noted = {"at": made.at, "size": made.size, "tables": made.tables, "records": made.rows}
            connection.execute(insert(BackupMade).inline().values(noted))
    finally:
        engine.dispose()
    if keep is not None:
        for old in backups_in(into)[:-keep]:
            shutil.rmtree(old)
    return made


def backups_in(folder: Path) -> list[Path]:
    """Return the backups in a folder, the oldest first; what is half written is none."""
    found = (path for path in folder.glob(f"{_PREFIX}*") if path.is_dir())
    return sorted(path for path in found if not path.name.endswith(_HALF))


def _write(
    connection: Connection,
    into: Path,
    *,
    url: URL,
    recipient: X25519PublicKey,
    settings: Settings,
) -> Backup:
    at, snapshot = _begin(connection)
    name = f"{_PREFIX}{at:%Y%m%dT%H%M%S}Z"
    half = _half_folder(into, name)
    try:
        with _sealed(half / DATA) as out:
            seal_stream(_dumped(connection, url, snapshot), out, recipient)
        found = contents(connection)
        told = json.dumps({table: asdict(content) for table, content in found.items()}).encode()
        with _sealed(half / TABLES) as out:
            seal_stream([told], out, recipient)
        write_manifest(half, _manifest(connection, half, at, settings), settings)
        size = sum(path.stat().st_size for path in half.iterdir())
        for path in [*half.iterdir(), half]:
            _keep_on_disk(path)
        half.rename(into / name)
        _keep_on_disk(into)
    except BaseException:
        shutil.rmtree(half, ignore_errors=True)
        raise
    return Backup(into / name, at, len(found), sum(c.rows for c in found.values()), size)


def _begin(connection: Connection) -> tuple[datetime, str]:
    """Begin as the backup role; return the instant of the snapshot, in UTC, and its name."""
    if not connection.scalar(text(_MAY_TAKE), {"role": BACKUP}):
        raise NotReady(
            f"Deze login mag niet werken als {BACKUP}: laat de beheerder hem lid maken (GRANT "
            f"{BACKUP} TO …), of geef met BACKUP_DATABASE_URL de login voor reservekopieën."
        )
    connection.execute(text(_AS_BACKUP))
    if not connection.scalar(text(_LOOKS_PAST)):
        raise NotReady(
            f"De rol {BACKUP} mag niet voorbij de rijbeveiliging kijken, dus een reservekopie zou "
            f"niet volledig zijn: laat een superuser ALTER ROLE {BACKUP} BYPASSRLS uitvoeren."
        )
    connection.execute(text(_NO_LIMITS))
    at, snapshot = connection.execute(text("SELECT now(), pg_export_snapshot()")).one()
    return at.astimezone(UTC), snapshot


def _dumped(connection: Connection, url: URL, snapshot: str) -> Iterator[bytes]:
    info, environment = connection_for(url)
    program = find_program("pg_dump", at_least=_major(connection))
    command = [
        str(program), "--format=custom", "--no-password", f"--snapshot={snapshot}",
        f"--role={BACKUP}", "--lock-wait-timeout=60s", "--no-publications", "--no-subscriptions",
        f"--dbname={info}",
    ]  # fmt: skip
    with (
        tempfile.TemporaryFile() as told,
        subprocess.Popen(  # noqa: S603
            command, env=environment, stdout=subprocess.PIPE, stderr=told
        ) as running,
    ):
        try:
            yield from _pieces(running.stdout)
        except BaseException:
            running.kill()
            raise
        if running.wait() != 0:
            raise NotReady(f"pg_dump is gestopt: {last_line(told)}")


def _pieces(source: IO[bytes] | None) -> Iterator[bytes]:
    while source is not None and (piece := source.read(1 << 16)):
        yield piece


def _half_folder(into: Path, name: str) -> Path:
    half = into / f"{name}{_HALF}"
    try:
        half.mkdir(mode=0o700)
    except OSError as error:
        raise InputRefused(
            f"In {into} kan geen reservekopie worden geschreven ({error.strerror}): geef een map "
            "die er is en waarin u mag schrijven."
        ) from error
    return half


def _keep_on_disk(path: Path) -> None:
    # What has its name must have its content, also when the power fails right after.
    opened = os.open(path, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def _sealed(path: Path) -> BinaryIO:
    # For nobody else from the first byte on, and never over something that is there.
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")


def _manifest(connection: Connection, half: Path, at: datetime, settings: Settings) -> Manifest:
    return Manifest(
        made_at=at,
        revision=MigrationContext.configure(connection).get_current_revision() or "",
        service=version("pleegzorg"),
        server=_major(connection),
        keys=fingerprints(settings),
        parts={name: part_of(half / name) for name in (DATA, TABLES)},
    )


def _major(connection: Connection) -> int:
    return int(connection.scalar(text("SHOW server_version_num")) or 0) // 10_000
