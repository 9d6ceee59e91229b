import json
from io import BytesIO
from pathlib import Path
from xml.etree.ElementTree import Element, fromstring

import pytest
from openpyxl import load_workbook

from app.kernel.bsn import is_valid_bsn
from app.simulation.folder import render_region

EXAMPLE = Path(__file__).parents[1] / "data" / "regio-1"


@pytest.fixture(scope="module")
def files(region) -> dict[str, bytes]:
    return render_region(region)


def shape(value: object) -> object:
    """Return a JSON value with its keys and types only; a list by the shapes in it."""
    if isinstance(value, dict):
        return {key: shape(part) for key, part in value.items()}
    if isinstance(value, list):
        return sorted({json.dumps(shape(part)) for part in value})[:1]
    return ""


def element_shape(root: Element) -> tuple[list[str], list[str]]:
    """Return the order of the tags and the attributes that all families of an XML use."""
    tags, attributes = {}, {}
    for family in root:
        for element in family.iter():
            tags[element.tag] = None
            attributes.update(dict.fromkeys(f"{element.tag}@{key}" for key in element.attrib))
    return sorted(tags), sorted(attributes)


@pytest.mark.parametrize("name", ["pleeggezinnen-spirit.csv", "pleeggezinnen-leger-des-heils.csv"])
def test_csv_headers_are_the_providers_own(files, name):
    """The header line, its bytes, mark and line end are those of the provider's file."""
    expected = (EXAMPLE / name).read_bytes().partition(b"\r\n")[0]
    assert files[name].partition(b"\r\n")[0] == expected


def test_csv_encodings_differ(files):
    """Leger des Heils writes cp1252 and not UTF-8, so that a name with an accent shows it."""
    written = files["pleeggezinnen-leger-des-heils.csv"]
    assert "Öztürk" in written.decode("cp1252")
    with pytest.raises(UnicodeDecodeError):
        written.decode("utf-8")


def test_youke_has_the_same_keys(files):
    """Each family of Youké has the keys of the example, in the same order."""
    name = "pleeggezinnen-youke.json"
    expected = json.loads((EXAMPLE / name).read_text(encoding="utf-8"))
    written = json.loads(files[name])
    for family in written:
        assert list(family) == list(expected[0])
        assert list(family["aanbod"]) == list(expected[0]["aanbod"])
        assert list(family["bereidheid"]) == list(expected[0]["bereidheid"])
        assert shape(family["pleegouders"]) == shape(expected[0]["pleegouders"])
        assert {type(value) for value in family["bereidheid"].values()} == {int}


def sheets_of(content):
    return {sheet.title: list(sheet.values) for sheet in load_workbook(BytesIO(content))}


def test_wsp_has_the_same_sheets_and_headers(files):
    """The workbook has the three sheets with the provider's own headers, and cells as typed."""
    name = "pleeggezinnen-wsp.xlsx"
    expected, written = sheets_of((EXAMPLE / name).read_bytes()), sheets_of(files[name])
    assert list(written) == list(expected)
    for sheet, model in expected.items():
        rows = written[sheet]
        assert rows[0] == model[0]
        types = [{type(row[column]) for row in model[1:]} for column in range(len(model[0]))]
        assert all(type(cell) in types[c] for c, cell in enumerate(rows[1]))


def test_vitree_has_the_same_elements(files):
    """The XML uses the elements and attributes of the example and carries the snapshot day."""
    name = "pleeggezinnen-vitree.xml"
    expected, written = fromstring((EXAMPLE / name).read_bytes()), fromstring(files[name])
    assert written.attrib == expected.attrib
    assert element_shape(written) == element_shape(expected)


def test_registrations_have_the_same_keys(files, region):
    """Each registration has the keys of the example in the same order, nested ones included."""
    name = "aanmeldingen.jsonl"
    expected = [json.loads(line) for line in (EXAMPLE / name).read_bytes().splitlines()]
    written = [json.loads(line) for line in files[name].splitlines()]
    assert len(written) == len(region.children)
    for key in expected[0]:
        whole = [shape(entry[key]) for entry in expected if entry[key]]
        assert all(shape(entry[key]) in whole for entry in written if entry[key])
    assert all(list(entry) == list(expected[0]) for entry in written)


def test_written_bsns_are_valid_and_unique(files):
    """In the file too, every BSN passes the 11-proef and belongs to one child."""
    numbers = [json.loads(line)["bsn"] for line in files["aanmeldingen.jsonl"].splitlines()]
    assert len(set(numbers)) == len(numbers)
    assert all(is_valid_bsn(number) for number in numbers)


def test_every_family_is_in_one_file(files, region):
    """The five files together hold each family with a number exactly once."""
    text = b"".join(files[name] for name in files if name.startswith("pleeg") and "wsp" not in name)
    rows = sheets_of(files["pleeggezinnen-wsp.xlsx"])["Gezinnen"]
    numbers = [row[0] for row in rows[1:]]
    for family in region.families:
        if family.reference:
            assert text.count(family.reference.encode()) + numbers.count(family.reference) == 1
