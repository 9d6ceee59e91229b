"""What an import of registrations lists as changed: each once, with exactly its fields."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.imports.changes import Change
from app.imports.report import ImportReport
from app.intake.schemas import RegistrationIn
from app.models import ChangeKind, Registration
from tests.intake.test_service import bring, rows

__all__ = ["bring", "rows"]  # fixtures

Bring = Callable[..., ImportReport]
Rows = list[dict[str, Any]]
ORDER = {"afgegevenOp": "2026-09-01", "soort": "verblijf pleegouder 24-uurs"}
# Dotted: inside; the value; the names that are listed, where they are not the place itself.
OTHER: list[tuple[str, Any, tuple[str, ...]]] = [
    ("bsn", None, ()),
    ("voornaam", "Anders", ()),
    ("geboortedatum", "2019-02-03", ()),
    ("geslacht", "x", ()),
    ("postcode", "1011AB", ()),
    ("gemeente", "Diemen", ()),
    ("verwijzer", "huisarts", ()),
    ("juridischKader", "VOTS", ()),
    ("machtiging", None, ("machtiging.afgegevenOp", "machtiging.soort")),
    ("machtiging.soort", "anders", ()),
    ("vorm", "hulpverlening", ()),
    ("urgentie", "crisis", ()),
    ("verblijftNu", "bij oma", ()),
    ("moetWegOp", "2027-01-01", ()),
    ("eindeOnbekendOmdat", "De rechter beslist nog.", ()),
    ("aangemeldOp", "2026-01-02", ()),
    ("nodigVanaf", "2027-01-03", ()),
    ("verwachteDuurMaanden", 7, ()),
    ("school", None, ("school.behouden", "school.postcode")),
    ("broersZussen", None, ("broersZussen.groep", "broersZussen.wens")),
    ("broersZussen.wens", "apart", ()),
    ("broersZussen.wensenPerKind", [{"aanmeldnummer": "AM-9", "wens": "apart"}], ()),
    ("problematiek.lvb", 3, ()),
    ("sdqTotaal", 39, ()),
    ("eerderePlaatsingen", 9, ()),
    ("eerdereBreakdowns", 9, ()),
    ("residentieelVerleden", True, ()),
    ("allergieen", ["hond", "overig"], ()),
    ("rookvrijNodig", True, ()),
    ("rolstoel", True, ()),
    ("talen", ["Fries"], ()),
    ("geloofswens", "anders", ()),
    ("bezoekPerMaand", 11.5, ()),
    ("bezoekPlek", "pleeggezin", ()),
    ("geheimePlaatsing", True, ()),
    ("uitgeslotenGebieden", [{"postcode": "1399", "straalKm": 2.0}], ()),
    ("netwerkonderzoekGedaan", False, ()),
    ("netwerkgezin", "SPI-77", ()),
    ("netwerkgezinGeweigerd", {"reden": "wil niet"}, ("netwerkgezinGeweigerd.reden",)),
    ("woontBijNetwerkgezinSinds", "2026-10-01", ()),
    ("jim", "buurvrouw", ()),
    ("preventie", {"jimOvergeslagen": "te jong"}, ("preventie.jimOvergeslagen",)),
    ("andereKinderen", "niet", ()),
    ("stemVanHetKind", "Ik wil een hond.", ()),
    ("big5.wonen", "gedeeltelijk", ()),
]


@pytest.fixture
def base(rows: Rows) -> dict[str, Any]:
    """A registration in which each of the values above is another one."""
    siblings = {"groep": "BZ-1", "wens": "samen"}
    return rows[0] | {
        "moetWegOp": None, "broersZussen": siblings, "machtiging": ORDER,
        "residentieelVerleden": False,
        "rookvrijNodig": False, "rolstoel": False, "geheimePlaatsing": False,
        "netwerkonderzoekGedaan": True, "andereKinderen": "wel", "vorm": "opvoeding",
        "school": {"postcode": "1012", "behouden": False}, "urgentie": "regulier",
        "geslacht": "jongen", "problematiek": rows[0]["problematiek"] | {"lvb": 0},
        "big5": rows[0]["big5"] | {"wonen": "nee"}, "bezoekPlek": "bij ouders",
    }  # fmt: skip


def with_other(registration: dict[str, Any], place: str, value: Any) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(json.dumps(registration))
    *outer, last = place.split(".")
    target = found
    for step in outer:
        target = target[step]
    target[last] = value
    return found


def test_every_field_is_tried() -> None:
    """A field that comes later must be named here, or its changes would be listed untested."""
    told = {field.alias or name for name, field in RegistrationIn.model_fields.items()}
    tried = {place.partition(".")[0] for place, _, _ in OTHER}
    assert tried == told - {"aanmeldnummer", "ritme"}


@pytest.mark.parametrize(("place", "value", "names"), OTHER, ids=[place for place, *_ in OTHER])
def test_a_change_names_its_field(
    *, bring: Bring, base: dict[str, Any], place: str, value: Any, names: tuple[str, ...]
) -> None:
    """One field differs, and that field is named: there, and on the way back."""
    bring(base)
    listed = (Change(ChangeKind.CHANGED, base["aanmeldnummer"], names or (place,)),)
    assert bring(with_other(base, place, value)).changes == listed
    back = bring(base)
    # No file lifts a secret placement (ADR 0045).
    assert back.refusals if place == "geheimePlaatsing" else back.changes == listed


def test_a_rhythm_that_is_said_for_the_first_time(bring: Bring, base: dict[str, Any]) -> None:
    """Full time said in so many words is no change; another rhythm is."""
    part_time = base | {"vorm": "deeltijd"}
    bring(part_time)
    assert bring(part_time | {"ritme": "voltijd"}).changes == ()
    changes = bring(part_time | {"ritme": "vakanties"}).changes
    assert [change.fields for change in changes] == [("ritme",)]


def test_new_ones_and_changed_ones_in_their_order(bring: Bring, rows: Rows) -> None:
    """By number, as a file is read. What is the same, or not in it, is not listed."""
    bring(*rows[:2])
    report = bring(rows[2], rows[1] | {"sdqTotaal": 1, "jim": "oom"})
    assert report.changes == (
        Change(ChangeKind.CHANGED, rows[1]["aanmeldnummer"], ("jim", "sdqTotaal")),
        Change(ChangeKind.ADDED, rows[2]["aanmeldnummer"]),
    )
    assert bring(*rows[:3][::2]).changes == ()


def test_a_refused_registration_is_no_change(bring: Bring, rows: Rows) -> None:
    """A second active registration of a child is a finding, and nothing of it is stored."""
    bring(rows[0])
    assert bring(rows[1] | {"bsn": rows[0]["bsn"]}).changes == ()


def test_a_registration_from_before_the_digests(bring: Bring, rows: Rows, session: Session) -> None:
    """What is not known is not guessed."""
    bring(rows[0])
    session.execute(update(Registration).values(field_digests=None))
    assert bring(rows[0] | {"sdqTotaal": 1}).changes[0].fields is None


def test_digests_show_no_equal_values(bring: Bring, rows: Rows, session: Session) -> None:
    """Two registrations with the same values have no digest in common: nobody is found by them."""
    bring(rows[0] | {"bsn": None}, {**rows[0], "aanmeldnummer": "AM-2"})
    one, other = session.scalars(select(Registration.field_digests)).all()
    assert one
    assert other
    assert set(one) ^ set(other) == {"bsn"}
    assert not set(one.values()) & set(other.values())
