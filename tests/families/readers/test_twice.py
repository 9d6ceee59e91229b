"""A field that stands twice costs its own family only: nobody knows which value is meant."""

import json
from pathlib import Path

import pytest

from app.families.canonical import FamilyReading
from app.families.readers.stream import collect
from app.families.readers.youke import stream_youke
from app.families.told_stream import stream_told
from tests.families.readers.conftest import EXPORTS, REGIO
from tests.families.telling import TOLD

SAID = "staat meer dan eens in één object"


def told(number: str) -> str:
    return json.dumps({"nummer": number} | TOLD, ensure_ascii=False)


def read(path: Path, text: str) -> FamilyReading:
    path.write_text(text, encoding="utf-8")
    return collect(stream_told(path))


@pytest.mark.parametrize("shape", ["[{}, {}, {}]", "{}\n{}\n{}\n"])
@pytest.mark.parametrize(
    ("added", "field"),
    [
        ('"naam": "X", "naam":', "naam"),
        ('"x": {"y": 1, "y": 2}, "naam":', "y"),
        ('"x1": 1, "x1": 2, "naam":', "gezin"),  # a name with digits is not told again
    ],
)
def test_many_in_one_call(tmp_path: Path, shape: str, added: str, field: str):
    """Refused by its number and the field, in a list and in lines; the others are kept."""
    wrong = told("SPI-2").replace('"naam":', added)
    found = read(tmp_path / "veel.json", shape.format(told("SPI-1"), wrong, told("SPI-3")))
    assert [family.record.reference for family in found.families] == ["SPI-1", "SPI-3"]
    (refusal,) = found.refusals
    assert (refusal.record, refusal.field) == ("SPI-2", field)
    assert SAID in refusal.message
    assert "x1" not in refusal.message


def test_a_file_of_a_provider(tmp_path: Path):
    """The same in the JSON export of a provider, also deeper than the columns go."""
    families = json.loads((REGIO / EXPORTS["youke"]).read_text())[:3]
    parts = [json.dumps(family) for family in families]
    parts[1] = parts[1].replace('"postcode":', '"postcode": "1011AB", "postcode":')
    path = tmp_path / "youke.json"
    path.write_text(f"[{', '.join(parts)}]")
    found = collect(stream_youke(path))
    assert len(found.families) == 2
    (refusal,) = found.refusals
    assert (refusal.record, refusal.field) == (families[1]["gezinId"], "postcode")
    assert SAID in refusal.message
