"""One endless tag or text in XML or JSON: refused before it is parsed; minified files are not."""

import json
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from app.families.readers import read_export
from app.kernel.errors import InputRefused

REGIO = Path(__file__).parents[2] / "data" / "regio-1"
HUGE = 100 * 2**20
MAX_SECONDS = 3  # it takes a tenth; before the bound it took half a minute or forever
MINIFIED = 2000  # families: about 3 MB on one line


def refused_at_once(provider: str, path: Path) -> str:
    began = time.monotonic()
    with pytest.raises(InputRefused) as refused:
        read_export(provider, path)
    assert time.monotonic() - began < MAX_SECONDS
    return str(refused.value)


@pytest.mark.parametrize(
    "begin",
    ['<Pleeggezin id="', "<Naam>", "<!-- <", "<?p <", "<![CDATA[<", "<"],
    ids=["attribute", "text", "comment", "instruction", "cdata", "tag"],
)
def test_endless_xml(tmp_path: Path, begin: str):
    """100 MB of one attribute, text, comment or name is refused at once, at its line."""
    path = tmp_path / "vitree.xml"
    sign = "<" if begin.endswith(" <") else "x"
    path.write_text("<Pleeggezinnen>\n" + begin + sign * HUGE)
    assert "regel 2, heeft meer dan 1 MB tussen twee '<'-tekens" in refused_at_once("vitree", path)


def test_endless_doctype(tmp_path: Path):
    """A document type with an endless name in it is refused as a document type."""
    path = tmp_path / "vitree.xml"
    path.write_text('<!DOCTYPE x SYSTEM "' + "<" * HUGE)
    assert "DOCTYPE" in refused_at_once("vitree", path)


@pytest.mark.parametrize(
    ("begin", "sign", "line"), [('[{"gezinId":"', "x", 2), ('[{"gezinId":', "9", 2), ("[", "[", 1)]
)
def test_endless_json(tmp_path: Path, begin: str, sign: str, line: int):
    """100 MB of one text, number or list is refused at once, at the line of the last quote."""
    path = tmp_path / "youke.json"
    path.write_text("\n" + begin + sign * HUGE)
    said = refused_at_once("youke", path)
    assert f"regel {line}, heeft meer dan 1 MB tussen twee aanhalingstekens" in said


def test_long_text_full_of_quotes(youke: Callable[..., Path]):
    """A long text that holds quotes passes the bound; only its family is refused, soon."""
    path = youke({"naam": '"' * 3 * 2**20}, {"gezinId": "YOU-2"})
    began = time.monotonic()
    reading = read_export("youke", path)
    assert time.monotonic() - began < MAX_SECONDS
    assert [refusal.field for refusal in reading.refusals] == ["naam"]
    assert len(reading.families) == 1


def test_minified_json(tmp_path: Path):
    """Thousands of families on one physical line are an ordinary export."""
    example = json.loads((REGIO / "pleeggezinnen-youke.json").read_text())[0]
    path = tmp_path / "youke.json"
    families = [{**example, "gezinId": f"YOU-{rank}"} for rank in range(MINIFIED)]
    path.write_text(json.dumps(families, separators=(",", ":")))
    assert path.stat().st_size > 2**20
    assert len(read_export("youke", path).families) == MINIFIED


def test_minified_xml(tmp_path: Path):
    """The same in XML."""
    text = (REGIO / "pleeggezinnen-vitree.xml").read_text(encoding="utf-8")
    begin, end = text.index("<Pleeggezin "), text.index("</Pleeggezin>") + len("</Pleeggezin>")
    family = "".join(line.strip() for line in text[begin:end].splitlines())
    numbered = (family.replace("VIT-10086", f"VIT-{rank}") for rank in range(MINIFIED))
    path = tmp_path / "vitree.xml"
    path.write_text(
        f'<Pleeggezinnen peildatum="2026-11-01">{"".join(numbered)}</Pleeggezinnen>',
        encoding="utf-8",
    )
    assert path.stat().st_size > 2**20
    assert len(read_export("vitree", path).families) == MINIFIED
