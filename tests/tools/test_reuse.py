"""What `make reuse` asks of the project has teeth: what nobody accounted for is refused."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
REUSE = Path(sys.executable).with_name("reuse")
KEPT = ("REUSE.toml", "LICENSES", "LICENSE", "app/reference", "pyproject.toml")


def lint(folder: Path) -> tuple[int, str]:
    done = subprocess.run(
        [REUSE, "--root", folder, "--no-multiprocessing", "lint", "--lines"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    return done.returncode, done.stdout


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """The licences, what is of somebody else, and a file of our own."""
    for name in KEPT:
        source, target = ROOT / name, tmp_path / name
        target.parent.mkdir(parents=True, exist_ok=True)
        (shutil.copytree if source.is_dir() else shutil.copy)(source, target)
    return tmp_path


def test_a_folder_that_nobody_told_is_refused(small: Path) -> None:
    """What is of somebody else does not come under our licence by itself."""
    assert lint(small) == (0, "")
    (small / "vreemd").mkdir()
    (small / "vreemd" / "tabel.csv").write_text("a;b\n", "utf-8")
    code, told = lint(small)
    assert code == 1
    assert "vreemd/tabel.csv: no license identifier" in told


def test_a_licence_without_its_text_is_refused(small: Path) -> None:
    """The areas of GeoNames are under another licence than the rest."""
    (small / "LICENSES" / "CC-BY-4.0.txt").unlink()
    code, told = lint(small)
    assert code == 1
    assert "app/reference/pc4.csv: missing license 'CC-BY-4.0'" in told


def test_the_licence_is_the_same_in_both_places() -> None:
    """Who changes one of the two changes the other."""
    texts = {(ROOT / name).read_text("utf-8") for name in ("LICENSE", "LICENSES/EUPL-1.2.txt")}
    assert len(texts) == 1
