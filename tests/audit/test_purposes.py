"""Each operation has a purpose, in the file, in the log and in the document."""

import re
from pathlib import Path

import pytest

from app.audit.purposes import PURPOSE_FILE, load_purposes, purpose_of
from app.kernel.purposes import Purpose
from app.security.access import load_access

ROOT = Path(__file__).parents[2]
APP = ROOT / "app"
_WORK = re.compile(
    r'note_work\(\s*session,\s*"(\w+)"|^    ImportKind\.\w+: "(\w+)"'
    r'|\bwork="(\w+)"|note_export, visit, "(\w+)"',
    re.M,
)


def test_every_operation_has_one_purpose() -> None:
    """And nothing stands there that is no operation."""
    assert load_purposes("contract").keys() == load_access().operations.keys()
    assert Purpose.UNKNOWN not in load_purposes("contract").values()


def test_every_work_besides_has_one_purpose() -> None:
    """What commands, jobs and screens note by name, and no name that nobody notes."""
    noted = {
        word
        for path in APP.rglob("*.py")
        for found in _WORK.findall(path.read_text("utf-8"))
        for word in found
        if word
    }
    listed = load_purposes("werk").keys()
    assert noted == listed


def test_what_is_unknown_has_no_purpose() -> None:
    """It is noted all the same; that it may not stand in the contract says the test above."""
    assert purpose_of("bestaatNiet") is Purpose.UNKNOWN


def test_an_operation_that_stands_there_twice_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else the last one would count, unseen."""
    twice = tmp_path / "doelen.toml"
    twice.write_text('["crisis"]\ncontract = ["a"]\n["beheer"]\ncontract = ["a"]\n', "utf-8")
    monkeypatch.setattr("app.audit.purposes.PURPOSE_FILE", twice)
    with pytest.raises(ValueError, match="twee keer"):
        load_purposes.__wrapped__("contract")


def test_the_document_tells_the_same_table() -> None:
    """`docs/logboek.md` names for each purpose exactly its operations."""
    told = {}
    for line in (ROOT / "docs" / "logboek.md").read_text("utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if len(cells) == 2 and cells[0] in set(Purpose):
            told[cells[0]] = set(re.findall(r"`(\w+)`", cells[1]))
    real: dict[str, set[str]] = {}
    for part in ("contract", "werk"):
        for operation, purpose in load_purposes(part).items():
            real.setdefault(purpose.value, set()).add(operation)
    assert told == real
    assert PURPOSE_FILE.exists()
