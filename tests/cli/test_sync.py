"""`sync`, `intake`, `postcodes load` and `migrate` on a database of one's own."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from app.db.embedded import drop_database, ensure_database, start_embedded
from app.db.template import make_migrated
from app.settings import Settings
from tests.cli.conftest import Outcome

Command = Callable[..., Outcome]
NAME = "pleegzorg_synctest"


@pytest.fixture
def url(settings: Settings) -> Iterator[str]:
    """An empty database."""
    server = start_embedded(settings)
    drop_database(server, NAME)
    yield ensure_database(server, NAME).render_as_string(hide_password=False)
    drop_database(server, NAME)


@pytest.fixture
def migrated(settings: Settings) -> Iterator[str]:
    """A migrated database, copied."""
    server = start_embedded(settings)
    drop_database(server, NAME)
    yield make_migrated(server, NAME).render_as_string(hide_password=False)
    drop_database(server, NAME)


def test_an_unmigrated_database_says_what_to_do(url: str, pleegzorg: Command, region: Path) -> None:
    """No table, no import: the sentence names the command that makes them."""
    file = region / "pleeggezinnen-spirit.csv"
    outcome = pleegzorg("sync", "spirit", file, "--database-url", url)
    assert outcome.code == 2
    assert "pleegzorg migrate" in " ".join(outcome.err.split())


def test_migrate_can_be_run_again(url: str, pleegzorg: Command) -> None:
    """Idempotent, like every command here."""
    assert pleegzorg("migrate", "--database-url", url).code == 0
    assert pleegzorg("migrate", "--database-url", url).code == 0


def test_sync_twice(migrated: str, pleegzorg: Command, region: Path) -> None:
    """First everything is new and three rows are refused; then nothing changes, and it says so."""
    words = ("sync", "spirit", region / "pleeggezinnen-spirit.csv", "--database-url", migrated)
    first, second = pleegzorg(*words), pleegzorg(*words)
    assert (first.code, second.code) == (0, 0)
    assert "61 nieuw, 3 geweigerd" in first.out
    assert "regel 22, veld Postcode" in first.out
    assert "niets veranderd (61 gelijk, 3 geweigerd)" in second.out


def test_sync_shows_what_changed(
    migrated: str, pleegzorg: Command, region: Path, tmp_path: Path
) -> None:
    """The first ten records with their fields, and how many more; never what the fields say."""
    whole = region / "pleeggezinnen-spirit.csv"
    first = pleegzorg("sync", "spirit", whole, "--database-url", migrated)
    assert first.out.count("\n  nieuw SPI-") == 10
    assert "… en nog 51 wijzigingen." in first.out
    head, *rows = whole.read_text("utf-8-sig").splitlines()
    place = head.split(";").index("Achternaam")
    changed = rows[0].split(";")
    changed[place] = "Geheimenburg"
    file = tmp_path / "export.csv"
    file.write_text("\n".join([head, ";".join(changed), *rows[1:-1]]) + "\n", "utf-8-sig")
    out = pleegzorg("sync", "spirit", file, "--database-url", migrated).out
    assert f"\n  gewijzigd {changed[0]}: naam\n" in out
    assert f"\n  navragen {rows[-1].split(';')[0]}\n" in out
    assert "Geheimenburg" not in out
    assert "wijzigingen" not in out
    again = pleegzorg("sync", "spirit", file, "--database-url", migrated).out
    assert "gewijzigd" not in again
    back = pleegzorg("sync", "spirit", whole, "--database-url", migrated).out
    assert f"\n  terug {rows[-1].split(';')[0]}\n" in back


def test_sync_with_the_wrong_name(migrated: str, pleegzorg: Command, region: Path) -> None:
    """The export of another provider is recognised before anything is written."""
    file = region / "pleeggezinnen-youke.json"
    outcome = pleegzorg("sync", "spirit", file, "--database-url", migrated)
    assert outcome.code == 2
    assert "youke" in outcome.err


def test_a_held_export(migrated: str, pleegzorg: Command, region: Path, tmp_path: Path) -> None:
    """Half an export changes nothing and exits 2; confirmed it is taken."""
    whole = region / "pleeggezinnen-spirit.csv"
    pleegzorg("sync", "spirit", whole, "--database-url", migrated)
    half = tmp_path / "half.csv"
    half.write_text("\n".join(whole.read_text("utf-8-sig").splitlines()[:30]), "utf-8-sig")
    words = ("sync", "spirit", half, "--database-url", migrated)
    held = pleegzorg(*words)
    assert held.code == 2
    assert "aangehouden" in held.out
    taken = pleegzorg(*words, "--bevestig")
    assert taken.code == 0
    assert "navragen" in taken.out


def test_intake_twice(migrated: str, pleegzorg: Command, region: Path) -> None:
    """A second time nothing changes."""
    words = (
        "intake", region / "aanmeldingen.jsonl",
        "--peildatum", "2026-11-01", "--database-url", migrated,
    )  # fmt: skip
    assert "120 nieuw" in pleegzorg(*words).out
    assert "niets veranderd (120 gelijk)" in pleegzorg(*words).out


def test_postcodes_load(migrated: str, pleegzorg: Command, tmp_path: Path) -> None:
    """A table of one's own is read; a wrong line is named and nothing of it is kept."""
    good = tmp_path / "pc4.csv"
    header = "pc4,plaats,gemeentecode,gemeente,lat,lon,kwaliteit\n"
    good.write_text(f"{header}1011,Amsterdam,0363,Amsterdam,52.37,4.90,exact\n")
    assert (
        "1 postcodegebieden" in pleegzorg("postcodes", "load", good, "--database-url", migrated).out
    )
    bad = tmp_path / "fout.csv"
    bad.write_text(f"{header}1011,Amsterdam,0363,Amsterdam,noord,4.90,exact\n")
    outcome = pleegzorg("postcodes", "load", bad, "--database-url", migrated)
    assert outcome.code == 2
    assert "regel 2" in outcome.err


def test_a_file_in_which_every_row_is_wrong(
    migrated: str, pleegzorg: Command, region: Path, tmp_path: Path
) -> None:
    """Nothing could be taken: the sentence names line and field, and the exit code is 2."""
    line = (region / "aanmeldingen.jsonl").read_text().splitlines()[0]
    bad = tmp_path / "een.jsonl"
    bad.write_text(line.replace('"999530410"', '"999530411"') + "\n")
    outcome = pleegzorg("intake", bad, "--peildatum", "2026-11-01", "--database-url", migrated)
    assert outcome.code == 2
    assert "regel 1, veld bsn" in outcome.out
    assert "999530411" not in outcome.out + outcome.err
