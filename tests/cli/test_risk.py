"""`pleegzorg risk fit`: weights, report and plot from a history, or one sentence why not."""

import json
import random
from collections.abc import Callable
from pathlib import Path

import pytest

from app.matching.risk.weights import load_weights
from tests.cli.conftest import Outcome
from tests.learning.rows import HISTORY, file_of

Type = Callable[..., Outcome]


@pytest.fixture
def history(tmp_path: Path) -> Path:
    """A file with the first 400 past placements of the example region."""
    path = tmp_path / "historie.csv"
    path.write_text("".join(HISTORY.read_text().splitlines(keepends=True)[:401]), encoding="utf-8")
    return path


def test_a_fit_writes_weights_report_and_plot(
    pleegzorg: Type, history: Path, tmp_path: Path
) -> None:
    """All three are there, agree on the version, and the screen says how sure it is."""
    out, report, plot = (tmp_path / name for name in ("w.toml", "r.json", "p.svg"))
    done = pleegzorg(
        "risk", "fit", "--history", history, "--out", out, "--report", report, "--plot", plot,
        "--peildatum", "2026-11-01",
    )  # fmt: skip
    assert done.code == 0
    version = load_weights(str(out)).version
    assert version.startswith("uitkomsten-2026-11-01-")
    told = json.loads(report.read_text(encoding="utf-8"))
    assert told["gewichten"] == version
    assert version in plot.read_text(encoding="utf-8")
    for word in ("400 plaatsingen", "Vijfde", "Concordantie", "basiskans", "helling"):
        assert word in done.out
    assert told["toelichting"] in done.out


def test_the_same_rows_in_any_order_give_the_same_bytes(
    pleegzorg: Type, history: Path, tmp_path: Path
) -> None:
    """The file says nothing about the clock or the order of the rows."""
    header, *rows = history.read_text(encoding="utf-8").splitlines(keepends=True)
    random.Random(2).shuffle(rows)
    other = tmp_path / "anders.csv"
    other.write_text(header + "".join(rows), encoding="utf-8")
    one, two = tmp_path / "een.toml", tmp_path / "twee.toml"
    pleegzorg("risk", "fit", "--history", history, "--out", one)
    pleegzorg("risk", "fit", "--history", other, "--out", two)
    assert one.read_bytes() == two.read_bytes()


def test_wrong_rows_are_told_and_the_others_count(pleegzorg: Type, tmp_path: Path) -> None:
    """Each refused row has its sentence, and repetitions and later beginnings are counted."""
    rows = [{}, {"vorm": "kamp"}, {"start": "2026-06-01", "einde": "2026-07-01"},
            {"plaatsing_id": "H-0"}]  # fmt: skip
    path, out = tmp_path / "historie.csv", tmp_path / "w.toml"
    path.write_text(file_of(*rows), encoding="utf-8")
    done = pleegzorg(
        "risk", "fit", "--history", path, "--out", out, "--peildatum", "2026-01-01"
    )  # fmt: skip
    assert done.code == 0
    assert "Geweigerde regels: 1" in done.err
    assert "rij 3, veld vorm" in done.err
    assert "Herhaalde regels met dezelfde gegevens: 1" in done.err
    assert "Na de peildatum 2026-01-01 begonnen: 1" in done.err
    assert "Te weinig uitkomsten: 1 voortijdig afgebroken en 0 niet" in done.out
    assert out.is_file()


def test_no_plot_is_drawn_of_too_few_outcomes(pleegzorg: Type, tmp_path: Path) -> None:
    """A plot of next to nothing would look like a check: it is refused, in one sentence."""
    path, out, plot = (tmp_path / name for name in ("h.csv", "w.toml", "p.svg"))
    path.write_text(file_of({}), encoding="utf-8")
    done = pleegzorg("risk", "fit", "--history", path, "--out", out, "--plot", plot)
    assert done.code == 2
    assert "te weinig uitkomsten voor een controle" in done.err
    assert not plot.exists()


WRONG = [
    (("--history", "weg.csv", "--out", "w.toml"), "weg.csv"),
    (("--history", "h.csv", "--out", "map/weg/w.toml"), "w.toml"),
    (("--history", "h.csv", "--out", "w.toml", "--peildatum", "gisteren"), "--peildatum"),
    (("--history", "h.csv", "--out", "w.toml", "--prior", "onzin"), "onzin"),
    (("--history", "h.csv", "--out", "w.toml", "--peildatum", "1999-01-01"), "peildatum"),
]


@pytest.mark.parametrize(("words", "said"), WRONG)
def test_what_cannot_be_done_is_one_sentence(  # noqa: PLR0917
    words: tuple[str, ...], said: str, pleegzorg: Type, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    """Exit code 2, one sentence that names what is wrong, and nothing written."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "h.csv").write_text(file_of({}), encoding="utf-8")
    done = pleegzorg("risk", "fit", *words)
    assert done.code == 2
    assert said in done.err
    assert "Traceback" not in done.err
    assert not (tmp_path / "w.toml").exists()
