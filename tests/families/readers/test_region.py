"""The five exports of the example region: exactly the known mistakes are refused."""

import json
from datetime import date
from pathlib import Path

import pytest

from app.families.readers import READERS, read_export

REGIO = Path(__file__).parents[2] / "data" / "regio-1"
FILES = {
    "spirit": ("pleeggezinnen-spirit.csv", 61),
    "youke": ("pleeggezinnen-youke.json", 57),
    "wsp": ("pleeggezinnen-wsp.xlsx", 47),
    "leger-des-heils": ("pleeggezinnen-leger-des-heils.csv", 24),
    "vitree": ("pleeggezinnen-vitree.xml", 26),
}
PLACES = {
    ("spirit", 22, "Postcode", "SPI-10563"),
    ("spirit", 48, "Plaatsen vrij", "SPI-11134"),
    ("spirit", 51, "Leeftijd van", "SPI-11158"),
    ("youke", 33, "gezinId", ""),
    ("leger-des-heils", 4, "VANAF", "LEG-10096"),
    ("leger-des-heils", 15, "POSTCODE", "LEG-10590"),
    ("vitree", 18, "Aanbod.vrij", "VIT-10953"),
    ("vitree", 23, "Aanbod.leeftijdVan", "VIT-11244"),
}


def test_known_mistakes_are_refused_and_nothing_else():
    """All eight wrong rows are refused at their row and field, and no other row is."""
    found = {
        (provider, refusal.row, refusal.field, refusal.record)
        for provider, (name, _) in FILES.items()
        for refusal in read_export(provider, REGIO / name).refusals
    }
    assert found == PLACES
    known = json.loads((REGIO / "bekende-fouten.json").read_text())
    assert len(known) == len(found)
    named = {row["gezin"] for row in known}
    assert {number for *_, number in found if number} == named - {"YOU-10766"}


@pytest.mark.parametrize("provider", list(READERS))
def test_all_other_families_are_kept(provider: str):
    """Every family that is not refused is read, without notices and with all its answers."""
    name, count = FILES[provider]
    reading = read_export(provider, REGIO / name)
    assert len(reading.families) == count
    assert reading.notices == ()
    assert all(len(read.record.willingness) == 9 for read in reading.families)
    assert all(read.record.updated_at.tzinfo for read in reading.families)


@pytest.mark.parametrize("provider", list(READERS))
def test_refused_families_are_still_seen(provider: str):
    """A refused family that has a number counts as named by the export."""
    reading = read_export(provider, REGIO / FILES[provider][0])
    kept = {read.record.reference for read in reading.families}
    refused = {refusal.record for refusal in reading.refusals if refusal.record}
    assert reading.seen == kept | refused


def test_only_vitree_tells_its_day():
    """The snapshot day comes from the root of Vitree's export; the others have none."""
    days = {p: read_export(p, REGIO / name).snapshot_day for p, (name, _) in FILES.items()}
    assert days.pop("vitree") == date(2026, 11, 1)
    assert set(days.values()) == {None}


@pytest.mark.parametrize("provider", list(READERS))
def test_messages_name_the_family_and_no_person(provider: str):
    """A refusal names the family's number where it has one, and never the carers' name."""
    reading = read_export(provider, REGIO / FILES[provider][0])
    for refusal in reading.refusals:
        assert refusal.record in refusal.message
        assert refusal.field in refusal.message
        assert not any(name in refusal.message for name in ("Smit", "Huisman", "Pinas", "Bakker"))
