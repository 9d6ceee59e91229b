"""Files that are refused as a whole: one Dutch sentence that says what, where and what to do."""

import io
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from app.families.readers import READERS, read_export
from app.families.readers.recognise import NAMES
from app.kernel.errors import InputRefused

REGIO = Path(__file__).parents[2] / "data" / "regio-1"
EXPORTS = {
    "spirit": "pleeggezinnen-spirit.csv",
    "youke": "pleeggezinnen-youke.json",
    "wsp": "pleeggezinnen-wsp.xlsx",
    "leger-des-heils": "pleeggezinnen-leger-des-heils.csv",
    "vitree": "pleeggezinnen-vitree.xml",
}
Write = Callable[..., Path]


def sentence(provider: str, path: Path) -> str:
    with pytest.raises(InputRefused) as refused:
        read_export(provider, path)
    said = str(refused.value)
    assert path.name in said
    assert said.endswith(".")
    assert "\n" not in said
    return said


@pytest.mark.parametrize("provider", list(READERS))
def test_missing_file(tmp_path: Path, provider: str):
    """A file that is not there is refused by name, and so is a folder."""
    assert "niet gevonden" in sentence(provider, tmp_path / "weg.csv")
    assert "niet gevonden" in sentence(provider, tmp_path)


@pytest.mark.parametrize("provider", list(READERS))
def test_empty_file(tmp_path: Path, provider: str):
    """A file without a single byte is refused as empty."""
    path = tmp_path / "leeg.csv"
    path.touch()
    assert "is leeg" in sentence(provider, path)


def test_unknown_provider():
    """A provider that is none of the five is refused with the list of those that are."""
    with pytest.raises(InputRefused, match="kies uit spirit, youke, wsp"):
        read_export("jarabee", REGIO / EXPORTS["spirit"])


@pytest.mark.parametrize("provider", list(READERS))
@pytest.mark.parametrize("other", list(READERS))
def test_file_of_another_provider(provider: str, other: str):
    """The export of another provider is recognised, with whose it is."""
    if provider == other:
        assert read_export(provider, REGIO / EXPORTS[other]).families
    else:
        said = sentence(provider, REGIO / EXPORTS[other])
        assert f"stuur het in als die van {NAMES[other]}" in said


def test_registrations_instead_of_families():
    """A list of registrations is recognised as well."""
    assert "stuur het in als aanmeldingen" in sentence("youke", REGIO / "aanmeldingen.jsonl")


def test_missing_column(spirit: Write, leger_des_heils: Write):
    """A column that is missing is named."""
    assert "'Bereid: lvb'" in sentence("spirit", spirit({}, without="Bereid: lvb"))
    assert "'VGB'" in sentence("leger-des-heils", leger_des_heils({}, without="VGB"))


def test_column_that_stands_twice(spirit: Write):
    """A column that stands twice is refused, because nobody knows which one counts."""
    path = spirit({})
    text = path.read_text(encoding="utf-8-sig").replace("Rookt;", "Talen;Rookt;", 1)
    path.write_text(text, encoding="utf-8")
    assert "twee keer de kolom 'Talen'" in sentence("spirit", path)


def test_extra_column_is_a_notice(spirit: Write):
    """A column that nobody knows is no reason to refuse; it is pointed out once."""
    path = spirit({}, {"Gezinsnummer": "SPI-2"})
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    path.write_text("\n".join(f"{line};x" for line in lines), encoding="utf-8")
    reading = read_export("spirit", path)
    assert len(reading.families) == 2
    assert [notice.field for notice in reading.notices] == ["x"]


def test_header_alone(spirit: Write):
    """An export without a single family is read, and a notice asks whether that is right."""
    reading = read_export("spirit", spirit())
    assert (reading.families, reading.refusals, reading.seen) == ((), (), frozenset())
    assert [notice.row for notice in reading.notices] == [0]


def test_bytes_that_are_no_text(spirit: Write, leger_des_heils: Write):
    """Bytes outside the dialect's encoding are refused with their line."""
    path = spirit({"Achternaam": "Mél"})
    path.write_bytes(path.read_bytes().replace("é".encode(), b"\xe9"))
    assert "regel 2, bevat tekens die geen UTF-8 zijn" in sentence("spirit", path)
    path = leger_des_heils({"GEZIN": "Mél"})
    path.write_bytes(path.read_bytes().replace(b"\xe9", b"\x81"))
    assert "CP1252" in sentence("leger-des-heils", path)


def test_accents_in_either_encoding(leger_des_heils: Write):
    """The Leger des Heils writes cp1252; a file that was saved again as UTF-8 reads the same."""
    path = leger_des_heils({"GEZIN": "Zoë"})
    assert read_export("leger-des-heils", path).families[0].record.name == "Zoë"
    path.write_bytes(path.read_bytes().decode("cp1252").encode())
    assert read_export("leger-des-heils", path).families[0].record.name == "Zoë"


def test_nul_bytes(spirit: Write):
    """NUL bytes, as in a file that was saved as UTF-16, are refused with their line."""
    path = spirit({"Achternaam": "a\0b"})
    assert "regel 2, bevat NUL-tekens" in sentence("spirit", path)
    path.write_text(spirit({}).read_text(encoding="utf-8-sig"), encoding="utf-16")
    assert "UTF-8" in sentence("spirit", path)


def test_unclosed_quote(spirit: Write):
    """A quote that is never closed is refused with the line where its record begins."""
    path = spirit({"Gezinsnummer": "SPI-2"}, {})
    path.write_bytes(path.read_bytes().replace(b"SPI-10001;Dekker", b'SPI-10001;"Dekker'))
    assert "begint op regel 3" in sentence("spirit", path)


def test_line_of_hundred_megabytes(spirit: Write):
    """A line over 1 MB is refused with its number, without being read to its end."""
    path = spirit({})
    with path.open("ab") as out:
        out.write(b"SPI-3;")
        out.truncate(100 * 2**20)
    began = time.monotonic()
    assert "regel 3, is langer dan 1 MB" in sentence("spirit", path)
    assert time.monotonic() - began < 1


def test_file_that_is_too_large(tmp_path: Path):
    """A file over 256 MB is refused before anything is read."""
    path = tmp_path / "groot.json"
    with path.open("wb") as out:
        out.truncate(257 * 2**20)
    assert "groter dan 256 MB" in sentence("youke", path)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[{"gezinId": "YOU-1",\n  "naam": }]', "regel 2, kolom 11"),
        ("[" * 100_000, "JSON"),
        ("[NaN]", "onmogelijk getal"),
        ("[" + "9" * 5000 + "]", "onmogelijk getal"),
        ('{"gezinnen": []}', "geen JSON-lijst"),
        ("null", "geen JSON-lijst"),
    ],
)
def test_broken_json(tmp_path: Path, text: str, said: str):
    """Broken JSON is refused with line and column; JSON that is no list is refused as well."""
    path = tmp_path / "youke.json"
    path.write_text(text)
    assert said in sentence("youke", path)


def test_broken_xml(vitree: Write):
    """XML that breaks off or is not well-formed is refused with line and column."""
    assert "regel 5, kolom" in sentence("vitree", vitree({"</Postcode>": "</Postkode>"}))
    assert "geldige XML" in sentence("vitree", vitree({"</Pleeggezinnen>": ""}))


def test_xml_with_entities(vitree: Write):
    """A document type, and with it every expansion of entities, is refused at once."""
    levels = "".join(f'<!ENTITY a{n + 1} "{f"&a{n};" * 10}">' for n in range(9))
    bomb = f'<!DOCTYPE x [<!ENTITY a0 "ha">{levels}]><Pleeggezinnen'
    began = time.monotonic()
    path = vitree({"<Pleeggezinnen": bomb, "de Boer": "&a9;"})
    assert "DOCTYPE" in sentence("vitree", path)
    assert time.monotonic() - began < 1


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('aanbieder="Vitree"', 'aanbieder="Jarabee"', "geen export van Vitree"),
        ("Pleeggezinnen", "Gezinnen", "geen export van Vitree"),
        ('peildatum="2026-11-01"', 'peildatum="2026-13-01"', "'peildatum'"),
        ("encoding='utf-8'", "encoding='klingon'", "tekenset"),
    ],
)
def test_other_xml(vitree: Write, old: str, new: str, said: str):
    """XML with another root, another provider, an impossible peildatum or encoding is refused."""
    assert said in sentence("vitree", vitree({old: new}))


def test_excel_with_a_missing_sheet(wsp: Write):
    """A sheet that is missing is named."""
    assert "mist het blad 'Huisgenoten'" in sentence("wsp", wsp({}, housemates=None))
    assert "mist het blad 'Bereidheid'" in sentence("wsp", wsp({}, answers=None))


def test_excel_with_a_missing_column(wsp: Write):
    """A column that is missing is named with its sheet."""
    answers = [{"Nr": "WSP-1", "Problematiek": "lvb"}]
    said = sentence("wsp", wsp({}, answers=answers))
    assert "blad Bereidheid" in said
    assert "'Bereid'" in said


def test_no_excel(tmp_path: Path):
    """Text, a plain zip and half an Excel file are refused as no Excel file."""
    path = tmp_path / "wsp.xlsx"
    whole = (REGIO / EXPORTS["wsp"]).read_bytes()
    for content in (b"hallo", b"PK\x03\x04 hallo", whole[: len(whole) // 2]):
        path.write_bytes(content)
        assert "geen leesbaar Excel-bestand" in sentence("wsp", path)
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("brief.txt", "hallo")
    assert "geen leesbaar Excel-bestand" in sentence("wsp", path)


def rewritten(path: Path, part: str, change: Callable[[bytes], bytes]) -> Path:
    source = (REGIO / EXPORTS["wsp"]).read_bytes()
    with (
        zipfile.ZipFile(io.BytesIO(source)) as old,
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, change(content) if name == part else content)
    return path


def test_excel_that_unpacks_to_too_much(tmp_path: Path):
    """A zip bomb is refused by what it says it unpacks to."""
    big = rewritten(tmp_path / "wsp.xlsx", "xl/theme/theme1.xml", lambda _: bytes(257 * 2**20))
    assert big.stat().st_size < 2**20
    assert "uitgepakt groter dan 256 MB" in sentence("wsp", big)


def test_excel_with_a_stray_cell(tmp_path: Path):
    """One cell in the farthest corner would ask for more memory than there is: refused."""
    sheet = "xl/worksheets/sheet2.xml"
    stray = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    path = rewritten(
        tmp_path / "wsp.xlsx", sheet, lambda text: text.replace(b"</sheetData>", stray)
    )
    assert "rij 1048576" in sentence("wsp", path)


def test_damaged_sheet(tmp_path: Path):
    """A sheet whose XML breaks off is refused as damaged."""
    path = rewritten(tmp_path / "wsp.xlsx", "xl/worksheets/sheet1.xml", lambda text: text[:2000])
    assert "Excel" in sentence("wsp", path)
