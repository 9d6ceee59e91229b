"""Reading registrations: what is kept, what is refused, and what a person should know."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from app.intake.canonical import RegistrationReading
from app.intake.reader import read_registrations
from app.intake.schemas import RegistrationIn
from app.kernel.errors import InputRefused
from app.kernel.refusal import Refusal
from app.kernel.words import (
    CareForm,
    Gender,
    OtherChildrenWish,
    Problem,
    SiblingWish,
    Urgency,
    VisitPlace,
)

REGIO = Path(__file__).parents[1] / "data" / "regio-1"
TODAY = date(2026, 11, 1)
OTHER = {"aanmeldnummer": "AM-2", "bsn": None}
Write = Callable[..., Path]


def read(path: Path) -> RegistrationReading:
    return read_registrations(path, today=TODAY)


def refusal_of(path: Path) -> Refusal:
    found = read(path).refusals
    assert len(found) == 1
    assert found[0].message.endswith(".")
    return found[0]


def test_example_region():
    """All 120 registrations of the example region are kept, with nothing to remark."""
    reading = read(REGIO / "aanmeldingen.jsonl")
    assert len(reading.registrations) == 120
    assert (reading.refusals, reading.notices, reading.groups_on_hold) == ((), (), frozenset())
    assert [found.row for found in reading.registrations] == list(range(1, 121))


def test_registration_field_by_field():
    """Every Dutch field of a registration lands in its English one."""
    record = read(REGIO / "aanmeldingen.jsonl").registrations[0].record
    expected: dict[str, Any] = {
        "number": "AM-2026-1000", "bsn": "999530410", "first_name": "Lina",
        "born_on": date(2020, 4, 10), "gender": Gender.GIRL, "postcode": "1472BG",
        "municipality": "Edam-Volendam", "referrer": "gecertificeerde instelling",
        "legal_frame": "OTS",
        "care_order": {"issued_on": date(2026, 9, 30), "setting": "pleeggezin"},
        "care_form": CareForm.SHORT_TERM, "urgency": Urgency.REGULAR,
        "staying_now": "pleeggezin dat stopt", "leave_by": date(2027, 1, 23),
        "registered_on": date(2026, 9, 1), "needed_from": date(2026, 11, 25),
        "expected_months": 9, "school": {"postcode": "1502AM", "keep": False},
        "siblings": {"group": "BZ-101", "wish": SiblingWish.TOGETHER_UNLESS},
        "problems": {
            "externalising": 2, "internalising": 0, "attachment": 2, "learning_disability": 3,
            "psychiatry": 0, "medical": 0, "sexual": 0, "running_away": 0, "substances": 0,
        },
        "sdq_total": 12, "earlier_placements": 1, "earlier_breakdowns": 0,
        "residential_past": False, "allergies": (), "needs_smoke_free": True,
        "needs_wheelchair": False, "languages": ("Nederlands",), "faith_wish": None,
        "visits_per_month": 1.0, "visit_place": VisitPlace.PARENTS, "secret_placement": False,
        "excluded_areas": (), "network_researched": False, "network_family": None,
        "network_refused": None, "mentor": None, "other_children": OtherChildrenWish.NONE,
        "child_voice": "Ik wil mijn moeder elke week zien.",
        "big5": {
            "housing": "ja", "finances": "gedeeltelijk", "work_or_school": "onbekend",
            "support_network": "ja", "wellbeing": "nee",
        },
    }  # fmt: skip
    assert record.model_dump() == expected
    assert record.problems.by_problem()[Problem.LEARNING_DISABILITY] == 3
    assert list(record.problems.by_problem()) == list(Problem)


WRONG = [
    ("aanmeldnummer", ...), ("aanmeldnummer", ""), ("aanmeldnummer", 17), ("bsn", "999530411"),
    ("bsn", "99953041"), ("bsn", 999530410), ("bsn", ""), ("bsn", "9995.30410"),
    ("voornaam", ...), ("voornaam", "a\x00b"), ("voornaam", "x" * 201),
    ("geboortedatum", 0), ("geboortedatum", "0"), ("geboortedatum", "2020-02-30"),
    ("geboortedatum", "10-04-2020"), ("geboortedatum", None), ("geboortedatum", "2026-11-02"),
    ("geboortedatum", "2003-11-01"), ("geboortedatum", "2020-04-10T00:00"),
    ("geslacht", "Meisje"), ("geslacht", None), ("postcode", "12 AB"), ("postcode", None),
    ("vorm", "logeren"), ("urgentie", ...), ("verblijftNu", ""), ("moetWegOp", 1700000000),
    ("moetWegOp", "morgen"), ("verwachteDuurMaanden", 0), ("verwachteDuurMaanden", 9.5),
    ("verwachteDuurMaanden", True), ("verwachteDuurMaanden", "9"), ("school", []),
    ("school.behouden", "ja"), ("school.behouden", 1), ("school.postcode", "x"),
    ("broersZussen", "BZ-101"), ("broersZussen.wens", "liever samen"), ("broersZussen.groep", ""),
    ("problematiek", {}), ("problematiek", None), ("problematiek.lvb", ...),
    ("problematiek.lvb", 4), ("problematiek.lvb", -1), ("problematiek.lvb", True),
    ("problematiek.lvb", None), ("problematiek.dansen", 1), ("sdqTotaal", 41),
    ("eerderePlaatsingen", -1), ("residentieelVerleden", "nee"), ("residentieelVerleden", None),
    ("allergieen", ["konijn"]), ("allergieen", "kat"), ("allergieen", None),
    ("rookvrijNodig", 0), ("talen", [1]), ("talen", None), ("bezoekPerMaand", -1),
    ("bezoekPerMaand", "2"), ("bezoekPlek", "thuis"), ("geheimePlaatsing", ...),
    ("uitgeslotenGebieden", [{"postcode": "1012", "straalKm": 0}]),
    ("uitgeslotenGebieden", [{"postcode": "1012", "straalKm": -3}]),
    ("uitgeslotenGebieden", [{"postcode": "0012", "straalKm": 3}]),
    ("uitgeslotenGebieden", ...), ("netwerkgezin", 17), ("andereKinderen", ""),
    ("stemVanHetKind", None), ("stemVanHetKind", "x" * 5001), ("big5.wonen", "soms"),
    ("big5", ...), ("netwerkgezinGeweigerd", {}), ("netwerkgezinGeweigerd", {"reden": ""}),
    ("lievelingskleur", "rood"), ("born_on", "2020-04-10"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "value"), WRONG)
def test_wrong_field_refuses_its_registration(write: Write, name: str, value: object):
    """A wrong field refuses that registration, by its path; the next one is kept."""
    path = write({name: value}, OTHER)
    refusal = refusal_of(path)
    assert refusal.row == 1
    assert refusal.field.startswith(name)
    assert refusal.field in refusal.message
    assert refusal.record == ("" if name == "aanmeldnummer" else "AM-2026-1000")
    assert refusal.record in refusal.message
    assert [kept.record.number for kept in read(path).registrations] == ["AM-2"]


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("bsn", "999530411", "voldoet niet aan de 11-proef; controleer het nummer, of vul null in"),
        ("geboortedatum", "2030-01-01", "ligt in de toekomst; verbeter de datum"),
        ("problematiek.lvb", ..., "ontbreekt; vul 0 t/m 3 in"),
        ("urgentie", "haast", "is geen bekend woord; kies uit 'crisis', 'spoed' of 'regulier'"),
        ("rookvrijNodig", "ja", "is geen true of false; vul een van beide in, zonder "
         "aanhalingstekens"),
        ("sdqTotaal", 41, "is te hoog; vul hoogstens 40 in"),
        ("school", 1, "is geen object; vul de velden in tussen { en }"),
        ("kleur", "rood", "is geen bekend veld; verwijder het of verbeter de naam"),
    ],
)  # fmt: skip
def test_sentences(write: Write, name: str, value: object, sentence: str):
    """A refusal is one Dutch sentence: whose registration, which field, what to do."""
    message = refusal_of(write({name: value}, OTHER)).message
    assert message == f"Aanmelding AM-2026-1000 is geweigerd: {name} {sentence}."


def test_items_of_a_list_count_from_one(write: Write):
    """The second language is `talen[2]`, as people count."""
    assert refusal_of(write({"talen": ["Nederlands", ""]}, OTHER)).field == "talen[2]"


@pytest.mark.parametrize("value", ["Jansen", "999530411", "31-12-2019"])
@pytest.mark.parametrize("name", ["bsn", "geboortedatum", "urgentie", "rolstoel", "sdqTotaal"])
def test_refusal_never_repeats_the_value(write: Write, name: str, value: str):
    """What stood in the field may be personal and does not come back."""
    assert value not in refusal_of(write({name: value}, OTHER)).message


@pytest.mark.parametrize(
    "name",
    ["bsn", "machtiging", "moetWegOp", "school", "broersZussen", "sdqTotaal", "geloofswens",
     "netwerkgezin", "jim", "netwerkgezinGeweigerd"],
)  # fmt: skip
def test_fields_that_may_be_absent(write: Write, name: str):
    """What a registration may lack is None, whether it is null or left out."""
    alias = {field.alias or key: key for key, field in RegistrationIn.model_fields.items()}
    for value in (None, ...):
        reading = read(write({name: value}))
        assert reading.refusals == ()
        assert getattr(reading.registrations[0].record, alias[name]) is None


def test_refused_network_family(write: Write):
    """That a person refused the network family is read with its reason."""
    reading = read(write({"netwerkgezinGeweigerd": {"reden": "oma is ziek"}}))
    refused = reading.registrations[0].record.network_refused
    assert refused is not None
    assert refused.reason == "oma is ziek"


@pytest.mark.parametrize(
    "line",
    ["{", "[]", "17", "null", '"tekst"', "{'a': 1}", '{"a": NaN}', '{"a": 1, "a": 2}',
     '{"voornaam": "\\ud800"}', "[" * 50_000, '{"a": ' + "9" * 5000 + "}"],
)  # fmt: skip
def test_broken_line(write: Write, line: str):
    """A line that is no JSON object is refused by its line; the others are kept."""
    path = write("", line, OTHER)
    refusal = refusal_of(path)
    assert (refusal.row, refusal.field) == (2, "regel")
    assert [found.row for found in read(path).registrations] == [3]


def test_age_at_the_edges(write: Write):
    """On the 21st birthday a notice asks for the extension; on the 23rd it is a refusal."""
    assert read(write({"geboortedatum": "2005-11-02"})).notices == ()
    notices = read(write({"geboortedatum": "2005-11-01"})).notices
    assert [notice.field for notice in notices] == ["geboortedatum"]
    assert read(write({"geboortedatum": "2003-11-02"})).refusals == ()
    assert refusal_of(write({"geboortedatum": "2003-11-01"}, OTHER)).field == "geboortedatum"
    assert read(write({"geboortedatum": "2026-11-01"})).refusals == ()


def test_registration_of_tomorrow_is_pointed_out(write: Write):
    """A registration dated after the peildatum is kept and pointed out."""
    reading = read(write({"aangemeldOp": "2026-11-02"}))
    assert len(reading.registrations) == 1
    assert [notice.field for notice in reading.notices] == ["aangemeldOp"]


def test_same_bsn_is_shown_and_not_merged(write: Write):
    """Two registrations with one BSN are both kept, and a notice names both but not the BSN."""
    reading = read(write({}, {"aanmeldnummer": "AM-2027-1"}))
    assert len(reading.registrations) == 2
    assert [(notice.row, notice.field) for notice in reading.notices] == [(2, "bsn")]
    assert "999530410" not in reading.notices[0].message


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is leeg"),
        (b"\n \n", "geen aanmeldingen"),
        (b"Gezinsnummer;Achternaam\n", "kies het goede bestand"),
        (b'[{"aanmeldnummer": "AM-1"}]', "kies het goede bestand"),
        (b'{"aanmeldnummer": "\xff"}', "regel 1, bevat tekens die geen UTF-8 zijn"),
        (b'\n{"a": "\0"}', "regel 2, bevat NUL-tekens"),
        (b"{}\n" + b"x" * (2**20 + 1), "regel 2, is langer dan 1 MB"),
    ],
)
def test_file_that_is_refused(tmp_path: Path, content: bytes, said: str):
    """A file that is no list of registrations is refused as a whole, in one sentence."""
    path = tmp_path / "aanmeldingen.jsonl"
    path.write_bytes(content)
    with pytest.raises(InputRefused, match=said) as refused:
        read(path)
    assert path.name in str(refused.value)
    assert str(refused.value).endswith(".")


def test_missing_file(tmp_path: Path):
    """A file that is not there is refused by name."""
    with pytest.raises(InputRefused, match="niet gevonden"):
        read(tmp_path / "weg.jsonl")


def test_byte_order_mark(write: Write):
    """A byte order mark before the first line changes nothing."""
    path = write({})
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert len(read(path).registrations) == 1
