"""`pleegzorg historie`: placements of before, kept by number."""

from collections.abc import Callable
from pathlib import Path

from tests.cli.conftest import Outcome
from tests.cli.test_sync import migrated  # noqa: F401
from tests.conftest import REGION

Command = Callable[..., Outcome]


def test_a_file_is_kept_once(pleegzorg: Command, migrated: str, tmp_path: Path) -> None:  # noqa: F811
    """The second time nothing is new; what is no history says so and leaves with 2."""
    lines = (REGION / "plaatsingen-historie.csv").read_text("utf-8").splitlines()
    file = tmp_path / "plaatsingen-historie.csv"
    file.write_text("\n".join(lines[:6]), "utf-8")
    first = pleegzorg("historie", file, "--database-url", migrated)
    assert first.code == 0, first.err
    again = pleegzorg("historie", file, "--database-url", migrated)
    assert again.code == 0 and first.out != again.out
    file.write_text("a,b\n1,2\n", "utf-8")
    wrong = pleegzorg("historie", file, "--database-url", migrated)
    assert wrong.code == 2 and "mist in regel 1" in " ".join(wrong.err.split())
