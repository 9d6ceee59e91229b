"""A backup is put back the same in every table, or it is refused in one sentence."""

import json
import stat
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from sqlalchemy import URL, create_engine, make_url, text
from sqlalchemy.exc import ProgrammingError

from app.db.opened import Database
from app.db.session import session_for
from app.keeping import backup, restore
from app.keeping.age import backup_age_seconds
from app.keeping.backup import Backup, backups_in, make_backup
from app.keeping.checksums import Content, contents
from app.keeping.manifest import DATA, MANIFEST, TABLES, read_manifest, write_manifest
from app.keeping.programs import connection_for, find_program
from app.keeping.restore import chosen_backup, restore_backup
from app.keeping.sealed_file import Damaged, WrongKey
from app.kernel.actor import SYSTEM
from app.kernel.errors import DomainError, InputRefused, NotReady
from app.settings import Settings
from tests.rows import make_family
from tools.privileges import privilege_rows

FAMILIES = (
    "SELECT md5(string_agg((to_jsonb(f) - 'changed_in')::text, ' ' ORDER BY id)) FROM family f"
)


def as_owner(url: URL, statement: str = "SELECT 1") -> Any:
    """Run a statement as superuser; return its first value, if it has one."""
    engine = create_engine(url)
    with engine.begin() as connection:
        done = connection.execute(text(statement))
        found = done.scalar() if done.returns_rows else None
    engine.dispose()
    return found


def looked_at(url: URL) -> tuple[dict[str, Content], list[tuple[str, ...]]]:
    """Return what every table holds, and who may do what with it."""
    engine = create_engine(url)
    with engine.connect() as connection:
        found = contents(connection), privilege_rows(connection)
    engine.dispose()
    return found


def test_what_is_put_back_is_the_same(
    *, kept: Backup, loaded_region: Database, empty_url: URL, private: X25519PrivateKey,
    settings: Settings,
) -> None:  # fmt: skip
    """Every table by its sum, every right of every role, and the feeds go on where they were."""
    found = restore_backup(kept.folder, empty_url, private=private, settings=settings)
    before, rights = looked_at(loaded_region.url)
    after, rights_after = looked_at(empty_url)
    assert sum(content.rows for content in after.values()) == kept.rows > 1000
    # The backup noted itself afterwards, in the original alone.
    assert (before.pop("backup_made").rows, after.pop("backup_made").rows) == (1, 0)
    # And let every family have an id of a transaction of this server, and nothing else.
    assert before.pop("family") != after.pop("family")
    assert as_owner(empty_url, FAMILIES) == as_owner(loaded_region.url, FAMILIES)
    assert after == before
    assert rights_after == rights
    assert (found.tables, found.rows) == (kept.tables, kept.rows)
    eras = [
        as_owner(url, "SELECT last_value FROM event_era") for url in (loaded_region.url, empty_url)
    ]
    assert eras[1] > eras[0]
    owner = "SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace "
    assert as_owner(empty_url, owner + "AND relowner <> 'pleegzorg_migrator'::regrole") == 0


def test_what_is_written_meanwhile_is_in_neither_part(
    *, loaded_region: Database, empty_url: URL, private: X25519PrivateKey, settings: Settings,
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    """The service goes on: between snapshot and dump, and between dump and sums, families come."""

    def writes_before(call: Callable[..., Any], number: str) -> Callable[..., Any]:
        def writing(*given: Any, **named: Any) -> Any:
            with session_for(loaded_region.sessions, SYSTEM) as session:
                make_family(session, reference=number, name="Tussendoor")
            return call(*given, **named)

        return writing

    monkeypatch.setattr(backup, "find_program", writes_before(backup.find_program, "SPI-A"))
    monkeypatch.setattr(backup, "contents", writes_before(backup.contents, "SPI-B"))
    made = make_backup(
        loaded_region.url, tmp_path, recipient=private.public_key(), settings=settings
    )
    restore_backup(made.folder, empty_url, private=private, settings=settings)
    late = "SELECT count(*) FROM family WHERE reference IN ('SPI-A', 'SPI-B')"
    assert (as_owner(loaded_region.url, late), as_owner(empty_url, late)) == (2, 0)


def flip(folder: Path, name: str) -> None:
    content = bytearray((folder / name).read_bytes())
    content[len(content) // 2] ^= 1
    (folder / name).write_bytes(content)


def retell(folder: Path, **told: object) -> None:
    path = folder / MANIFEST
    path.write_text(json.dumps(json.loads(path.read_text("utf-8")) | told), "utf-8")


SPOILT: dict[str, tuple[Callable[[Path], object], str]] = {
    "a byte of the dump": (lambda folder: flip(folder, DATA), "gegevens.verzegeld is beschadigd"),
    "a byte of the sums": (lambda folder: flip(folder, TABLES), "tabellen.verzegeld is beschadigd"),
    "the end is gone": (
        lambda folder: (folder / DATA).write_bytes((folder / DATA).read_bytes()[:-1]),
        "afgekapt",
    ),
    "a part is missing": (lambda folder: (folder / DATA).unlink(), "ontbreekt"),
    "no manifest": (lambda folder: (folder / MANIFEST).unlink(), "geen reservekopie"),
    "half a manifest": (lambda folder: (folder / MANIFEST).write_text('{"vorm"'), "beschadigd"),
    "another instant": (
        lambda folder: retell(folder, gemaakt="2020-01-01T00:00:00+00:00"), "gewijzigd"
    ),
    "no key named": (lambda folder: retell(folder, waarmerkSleutel="7"), "gewijzigd"),
    "no files named": (lambda folder: retell(folder, bestanden={}), "onvolledig|mist gegevens"),
}  # fmt: skip


@pytest.mark.parametrize("how", SPOILT)
def test_a_spoilt_backup_is_refused_before_anything_is_written(
    *, own_copy: Path, empty_url: URL, private: X25519PrivateKey, settings: Settings, how: str
) -> None:
    """One sentence, that says which file; the database stays empty."""
    spoil, sentence = SPOILT[how]
    spoil(own_copy)
    with pytest.raises(DomainError, match=sentence) as caught:
        restore_backup(own_copy, empty_url, private=private, settings=settings)
    assert "\n" not in str(caught.value)
    assert as_owner(empty_url, "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'") == 0


def test_another_key_is_refused(own_copy: Path, empty_url: URL, settings: Settings) -> None:
    """Of whoever opens it, and of the service: with another the BSNs could never be read."""
    stranger = X25519PrivateKey.generate()
    with pytest.raises(WrongKey, match="--sleutel"):
        restore_backup(own_copy, empty_url, private=stranger, settings=settings)
    other = settings.model_copy(
        update={"bsn_key": type(settings.bsn_key)("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=")}
    )
    with pytest.raises(NotReady, match="sleutelversie 1"):
        read_manifest(own_copy, other)


def test_tables_of_a_later_version_are_refused(
    own_copy: Path, empty_url: URL, private: X25519PrivateKey, settings: Settings
) -> None:
    """An older service does not know what to do with them."""
    told = replace(read_manifest(own_copy, settings), revision="20991231_01")
    write_manifest(own_copy, told, settings)
    with pytest.raises(NotReady, match="20991231_01"):
        restore_backup(own_copy, empty_url, private=private, settings=settings)


def test_a_filled_database_is_refused(
    own_copy: Path, loaded_region: Database, private: X25519PrivateKey, settings: Settings
) -> None:
    """Nothing is ever put over what is there."""
    with pytest.raises(InputRefused, match="niet leeg"):
        restore_backup(own_copy, loaded_region.url, private=private, settings=settings)


def test_a_table_that_differs_is_named(
    *, own_copy: Path, empty_url: URL, private: X25519PrivateKey, settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    """One letter in one row, changed between putting back and looking."""
    load = restore._load

    def load_and_change(*given: Any) -> None:
        load(*given)
        as_owner(empty_url, "UPDATE provider SET name = name || '.' WHERE code = 'spirit'")

    monkeypatch.setattr(restore, "_load", load_and_change)
    with pytest.raises(Damaged, match=r"niet hetzelfde: provider\."):
        restore_backup(own_copy, empty_url, private=private, settings=settings)


def test_the_files_are_for_their_owner_and_tell_nothing(kept: Backup) -> None:
    """No name of a family in them, nor of a table in the readable part."""
    assert stat.S_IMODE(kept.folder.stat().st_mode) == 0o700
    for name in (DATA, TABLES):
        assert stat.S_IMODE((kept.folder / name).stat().st_mode) == 0o600
        assert b"family" not in (kept.folder / name).read_bytes()
    assert "family" not in (kept.folder / MANIFEST).read_text("utf-8")


def test_what_could_not_be_made_leaves_nothing(
    *, loaded_region: Database, private: X25519PrivateKey, settings: Settings, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    """Nor is it counted as a backup."""
    count = "SELECT count(*) FROM backup_made"
    before = as_owner(loaded_region.url, count)
    monkeypatch.setattr(backup, "find_program", lambda *_, **__: Path("/bin/false"))
    with pytest.raises(NotReady, match="pg_dump is gestopt"):
        make_backup(loaded_region.url, tmp_path, recipient=private.public_key(), settings=settings)
    assert list(tmp_path.iterdir()) == []
    assert as_owner(loaded_region.url, count) == before


def test_a_role_that_sees_less_makes_no_half_backup(
    *, loaded_region: Database, private: X25519PrivateKey, settings: Settings, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    """It is refused, and the sums would be too: PostgreSQL leaves no row out in silence."""
    monkeypatch.setattr(backup, "_AS_BACKUP", "SET LOCAL ROLE pleegzorg_app")
    with pytest.raises(NotReady, match="BYPASSRLS"):
        make_backup(loaded_region.url, tmp_path, recipient=private.public_key(), settings=settings)
    with (
        session_for(loaded_region.sessions, SYSTEM) as session,
        pytest.raises(ProgrammingError, match="row-level security"),
    ):
        contents(session.connection())


def test_only_so_many_are_kept_and_the_newest_is_chosen(tmp_path: Path) -> None:
    """One that was never finished is no backup."""
    for name in ("pleegzorg-20260101T000000Z", "pleegzorg-20260102T000000Z", "anders",
                 "pleegzorg-20260103T000000Z.deel"):  # fmt: skip
        (tmp_path / name).mkdir()
    assert [path.name[10:18] for path in backups_in(tmp_path)] == ["20260101", "20260102"]
    assert chosen_backup(tmp_path).name == "pleegzorg-20260102T000000Z"


def test_how_old_the_newest_is_is_known(kept: Backup, loaded_region: Database) -> None:
    """For the metric and its alarm; by its snapshot, not by when it was ready."""
    with session_for(loaded_region.sessions, SYSTEM) as session:
        age = backup_age_seconds(session)
    assert age is not None
    assert 0 < age < 600


def test_a_database_without_a_backup_has_no_age(database: Database) -> None:
    """Not nought, which would look well."""
    with session_for(database.sessions, SYSTEM) as session:
        assert backup_age_seconds(session) is None


def test_a_password_is_on_no_command_line() -> None:
    """Everybody on a machine reads those."""
    info, environment = connection_for(
        make_url("postgresql+psycopg://u:geh%20eim@h/d?sslmode=require")
    )
    assert "geh eim" not in info
    assert "sslmode=require" in info
    assert environment["PGPASSWORD"] == "geh eim"


def test_a_program_that_is_too_old_is_not_taken() -> None:
    """pg_dump reads no server that is newer than itself."""
    assert find_program("pg_dump", at_least=18).is_file()
    with pytest.raises(NotReady, match="PLEEGZORG_PG_BIN"):
        find_program("pg_dump", at_least=99)
