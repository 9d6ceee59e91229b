"""Wrong cells: the family is refused with its row and field, and its neighbour is kept."""

from collections.abc import Callable
from pathlib import Path

import pytest

from app.families.canonical import FamilyReading
from app.families.readers import read_export

SPIRIT = {
    "Gezinsnummer": ["", "  ", "x" * 201],
    "Achternaam": [""],
    "Soort": ["", "kennis"],
    "Status": ["", "weg"],
    "Postcode": ["", "12 AB", "0123 AB", "1012 A", "1२34 AB", "1012 ABC"],
    "Geboortejaren pleegouders": ["1899", "2031", "negentig", "1980|x"],
    "Eigen kinderen (geboortejaar)": ["2027", "11"],
    "Pleegkinderen (geboortejaar)": ["2999"],
    "Vormen": ["logeren", "crisis|logeren"],
    "Plaatsen totaal": ["", "1000", "1.5"],
    "Plaatsen vrij": ["-1", "2", "twee", "1e3", "99999999999999999999"],
    "Beschikbaar vanaf": ["31-02-2026", "45-13-2026", "2026-08-29", "0", "01-01-1026"],
    "Beschikbaar tot": ["28-08-2026"],
    "Leeftijd van": ["15", "-1", "", "99"],
    "Leeftijd tot en met": ["24", "veel"],
    "Voorkeur geslacht": ["", "man"],
    "Max broers/zussen": ["0", "", "-1", "99"],
    "Bereid: lvb": ["misschien", "2"],
    "Ervaring (jaren)": ["-1", "", "veel", "nan", "inf"],
    "Samenwerking ouders (1-5)": ["0", "6", "3,5"],
    "Huisdieren": ["konijn", "hond|poes"],
    "Rookt": ["", "1", "soms"],
    "VGB geldig tot": ["29-02-2027", "morgen"],
    "Bijgewerkt": ["", "22-10-2026", "22-10-2026 25:00", "22-10-2026 11:60"],
}


def refused(reading: FamilyReading) -> tuple[int, str, str]:
    assert len(reading.refusals) == 1
    refusal = reading.refusals[0]
    assert refusal.message.endswith(".")
    return refusal.row, refusal.field, refusal.record


@pytest.mark.parametrize(
    ("column", "value"), [(column, value) for column, bad in SPIRIT.items() for value in bad]
)
def test_wrong_cell_refuses_its_family(spirit: Callable[..., Path], column: str, value: str):
    """A wrong cell refuses that family at its row and column; the next family is kept."""
    reading = read_export("spirit", spirit({column: value}, {"Gezinsnummer": "SPI-2"}))
    number = "" if column == "Gezinsnummer" else "SPI-10001"
    assert refused(reading) == (2, column, number)
    assert [read.record.reference for read in reading.families] == ["SPI-2"]


@pytest.mark.parametrize("value", ["Jansen1984", "geheim", "2027"])
def test_refusal_never_repeats_the_value(spirit: Callable[..., Path], value: str):
    """What stood in the cell may be personal and does not come back in the message."""
    reading = read_export("spirit", spirit({"Geboortejaren pleegouders": value}))
    assert value not in reading.refusals[0].message


def test_ages_in_order(spirit: Callable[..., Path]):
    """A highest age below the lowest refuses the family; equal ages are fine."""
    lower = spirit({"Leeftijd van": "5", "Leeftijd tot en met": "4"})
    assert refused(read_export("spirit", lower)) == (2, "Leeftijd van", "SPI-10001")
    equal = spirit({"Leeftijd van": "4", "Leeftijd tot en met": "4"})
    assert read_export("spirit", equal).refusals == ()


def test_active_family_without_a_form(spirit: Callable[..., Path]):
    """An active family must offer a form; a stopped one need not, so that stopping gets through."""
    active = {"Status": "actief", "Vormen": ""}
    stopped = {"Gezinsnummer": "SPI-2", "Status": "gestopt", "Vormen": ""}
    reading = read_export("spirit", spirit(active, stopped))
    assert refused(reading) == (2, "Vormen", "SPI-10001")
    assert len(reading.families) == 1


def test_network_family_must_name_its_child(spirit: Callable[..., Path]):
    """A network family without the number of its child is refused at `Netwerk voor`."""
    reading = read_export("spirit", spirit({"Soort": "netwerk", "Netwerk voor": ""}))
    assert refused(reading) == (2, "Netwerk voor", "SPI-10001")


def test_recruited_family_that_names_a_child(spirit: Callable[..., Path]):
    """A recruited family that names a child is kept without that child, and a notice says so."""
    reading = read_export("spirit", spirit({"Netwerk voor": "AM-1"}))
    assert reading.refusals == ()
    assert reading.families[0].record.network_for is None
    assert [notice.field for notice in reading.notices] == ["Netwerk voor"]


def test_problem_that_was_not_asked(spirit: Callable[..., Path]):
    """An empty answer is unknown: it stays out of the mapping, and a notice names the problem."""
    reading = read_export("spirit", spirit({"Bereid: lvb": ""}))
    assert "lvb" not in reading.families[0].record.willingness
    assert len(reading.families[0].record.willingness) == 8
    assert "lvb" in reading.notices[0].message


def test_unknown_carers_are_a_gap_not_a_mistake(spirit: Callable[..., Path]):
    """A family whose carers' birth years are unknown is kept and pointed out."""
    reading = read_export("spirit", spirit({"Geboortejaren pleegouders": ""}))
    assert reading.families[0].record.carers_born == ()
    assert len(reading.notices) == 1


def test_too_many_cells_in_a_row(spirit: Callable[..., Path]):
    """A row with a separator too many is refused, because its cells are not where they belong."""
    path = spirit({}, {"Gezinsnummer": "SPI-2"})
    text = path.read_text(encoding="utf-8-sig").replace("Dekker;", "Dekker;;", 1)
    path.write_text(text, encoding="utf-8-sig", newline="")
    assert refused(read_export("spirit", path))[0] == 2


def test_row_number_is_where_the_record_begins(spirit: Callable[..., Path]):
    """A record that spans lines counts from its first line, blank lines included."""
    path = spirit({"Woonplaats": "Am\nster\ndam"}, {"Gezinsnummer": "SPI-2", "Postcode": "x"})
    assert refused(read_export("spirit", path)) == (5, "Postcode", "SPI-2")


LEGER = {
    "CAPACITEIT": ["1", "1/2/3", "-1/2", "3/2", "a/b"],
    "LEEFTIJD": ["0", "12-4", "0-99", "4-"],
    "HUISGENOTEN": ["x2018", "e", "2018", "e2018;p2015"],
    "WIL_WEL": ["dansen"],
    "WIL_NIET": ["externaliserend"],
    "GESLACHT": ["v"],
    "ROOKT": ["ja"],
    "VANAF": ["2026-10-03", "20261332", "202610"],
    "LAATST_GEWIJZIGD": ["20261019", "202610192560"],
}


@pytest.mark.parametrize(
    ("column", "value"), [(column, value) for column, bad in LEGER.items() for value in bad]
)
def test_wrong_packed_cell(leger_des_heils: Callable[..., Path], column: str, value: str):
    """A packed cell that cannot be taken apart, or contradicts itself, refuses its family."""
    reading = read_export("leger-des-heils", leger_des_heils({column: value}))
    assert refused(reading) == (2, column, "LEG-10014")


YOUKE = [
    ("gezinId", None), ("gezinId", ""), ("gezinId", ["YOU-1"]), ("gezinId", "a\x00b"),
    ("naam", "\ud800"), ("status", 1), ("adres", []), ("adres.postcode", ...),
    ("pleegouders", None), ("pleegouders", [1980]), ("pleegouders", [{"geboortejaar": True}]),
    ("huisgenoten", [{"geboortejaar": 2015, "relatie": "oom"}]), ("aanbod.vormen", "crisis"),
    ("aanbod.plaatsenVrij", True), ("aanbod.plaatsenVrij", 0.5), ("aanbod.plaatsenVrij", 1e999),
    ("aanbod.vanaf", 0), ("aanbod.vanaf", 1.5), ("aanbod.tot", ...), ("rookt", "nee"),
    ("rookt", 0), ("bereidheid.lvb", 3), ("bereidheid.lvb", True), ("huisdieren", ["konijn"]),
    ("ervaringJaren", -1), ("gewijzigdOp", "2026-10-27"), ("gewijzigdOp", 1761552300),
]  # fmt: skip


@pytest.mark.parametrize(("name", "value"), YOUKE)
def test_wrong_json_value(youke: Callable[..., Path], name: str, value: object):
    """A JSON value of a wrong kind refuses its family; numbers and booleans are not mixed up."""
    path = youke({name: value}, {"gezinId": "YOU-2"})
    path.write_text(path.read_text().replace("Infinity", "1e999"))
    row, field, _ = refused(read_export("youke", path))
    assert row == 1
    assert field.startswith(name.split(".", maxsplit=1)[0])


def test_list_item_that_is_no_family(youke: Callable[..., Path]):
    """An item of the list that is no object is refused by its rank."""
    path = youke({})
    path.write_text(path.read_text().replace("[{", "[17, {", 1))
    assert refused(read_export("youke", path)) == (1, "gezinId", "")


VITREE = [
    ({'id="VIT-10086"': 'id=""'}, "id"),
    ({'id="VIT-10086"': ""}, "id"),
    ({'vrij="1"': 'vrij="2"'}, "Aanbod.vrij"),
    ({'vanaf="2026-11-16"': 'vanaf="2026-11-31"'}, "Aanbod.vanaf"),
    ({"<Naam>de Boer</Naam>": "<Naam>de Boer</Naam><Naam>de Wit</Naam>"}, "Naam"),
    ({"<Rookt>nee</Rookt>": ""}, "Rookt"),
    ({'geboortejaar="1977"': 'geboortejaar="2027"'}, "Pleegouder"),
    ({'geboortejaar="1977"': ""}, "Pleegouder.geboortejaar"),
    ({'problematiek="lvb"': 'problematiek="dans"'}, "Bereidheid.problematiek"),
    ({">met steun<": ">soms<"}, "Bereidheid.antwoord"),
    ({'problematiek="medisch"': 'problematiek="lvb"'}, "Bereidheid.problematiek"),
    ({'soort="bestand"': 'soort="netwerk"'}, "NetwerkVoor"),
]


@pytest.mark.parametrize(("replaced", "field"), VITREE)
def test_wrong_xml_value(vitree: Callable[..., Path], replaced: dict[str, str], field: str):
    """A wrong, missing or doubled attribute or element refuses its family."""
    assert refused(read_export("vitree", vitree(replaced)))[:2] == (1, field)


def test_unknown_element_is_pointed_out(vitree: Callable[..., Path]):
    """A misspelt element is not silently lost: a notice names it."""
    reading = read_export(
        "vitree", vitree({"<Huisdier>kat</Huisdier>": "<Huisdieer>kat</Huisdieer>"})
    )
    assert [notice.field for notice in reading.notices] == ["Huisdieer"]
