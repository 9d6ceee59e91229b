"""What an import of families lists as changed: each record once, with exactly its fields."""

from dataclasses import fields, replace
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.families.canonical import FamilyRecord, ListedPlace
from app.families.schemas import FamilyIn
from app.families.told import read_record
from app.families.upsert import put_family
from app.imports.changes import Change
from app.kernel.actor import SYSTEM
from app.kernel.words import (
    CareForm,
    FamilyKind,
    FamilyStatus,
    GenderPreference,
    Problem,
    Rhythm,
    Willingness,
)
from app.models import ChangeKind, Family, ImportBatch, ImportChange
from tests.families.telling import TOLD
from tests.families.test_import import RECORD, bring, records

OTHER: dict[str, tuple[Any, str]] = {
    "name": ("De Vries", "naam"),
    "kind": (FamilyKind.NETWORK, "soort"),
    "status": (FamilyStatus.PAUSED, "status"),
    "postcode": ("1012", "postcode"),
    "place_name": ("", "woonplaats"),
    "carers_born": ((1980,), "pleegoudersGeboren"),
    "own_children_born": ((), "eigenKinderenGeboren"),
    "foster_children_born": ((2018,), "pleegkinderenGeboren"),
    "forms": ((CareForm.PART_TIME,), "vormen"),
    "places_total": (3, "plaatsenTotaal"),
    "places_free": (0, "plaatsenVrij"),
    "available_from": (None, "beschikbaarVanaf"),
    "available_until": (date(2027, 1, 1), "beschikbaarTot"),
    "min_age": (1, "leeftijdVan"),
    "max_age": (16, "leeftijdTotEnMet"),
    "gender_preference": (GenderPreference.BOY, "voorkeurGeslacht"),
    "max_siblings": (1, "maxBroersZussen"),
    "willingness": (
        dict.fromkeys(Problem, Willingness.YES) | {Problem.SUBSTANCES: Willingness.NO},
        "bereidheid.middelen",
    ),
    "experience_years": (3.5, "ervaringJaren"),
    "trainings": (("kinder-ehbo",), "trainingen"),
    "cooperation": (None, "samenwerkingOuders"),
    "pets": (("kat",), "huisdieren"),
    "smokes": (True, "rookt"),
    "wheelchair": (True, "rolstoel"),
    "languages": (("Engels", "Nederlands"), "talen"),
    "faith": ("geen", "geloof"),
    "clearance_until": (date(2029, 1, 1), "vgbGeldigTot"),
    "prepared": (False, "voorbereid"),
    "respite": (True, "respijt"),
    "network_for": ("AM-1", "netwerkVoor"),
    "places": ((ListedPlace(Rhythm.FULL_TIME, is_free=True),), "plaatsen"),
}


def changed(number: str, *names: str, kind: ChangeKind = ChangeKind.CHANGED) -> Change:
    return Change(kind, number, names)


def test_every_field_is_tried() -> None:
    """A field that comes later must be named here, or its changes would be listed untested."""
    told = {field.name for field in fields(FamilyRecord)} - {"reference", "updated_at"}
    assert set(OTHER) == told
    in_the_interface = {field.alias or name for name, field in FamilyIn.model_fields.items()}
    assert {name.partition(".")[0] for _, name in OTHER.values()} == in_the_interface - {
        "gewijzigdOp"
    }


@pytest.mark.parametrize("name", OTHER)
def test_a_change_names_its_field(session: Session, name: str) -> None:
    """One field differs, and that field is named: there, and on the way back."""
    value, dutch = OTHER[name]
    network = {"kind": FamilyKind.NETWORK} if name == "network_for" else {}
    asked_for = {"network_for": "AM-2"} if name == "kind" else {}
    first = replace(RECORD, **network, **asked_for)
    if network:
        first = replace(first, network_for="AM-2")
    other = replace(first, **{name: value})
    bring(session, [first])
    assert bring(session, [other]).changes == (changed("SPI-1", dutch),)
    assert bring(session, [first]).changes == (changed("SPI-1", dutch),)


def test_several_fields_of_several_families(session: Session) -> None:
    """In the order of the rows, new ones among them; what is the same is not listed."""
    bring(session, records(4))
    one, two, _, four = records(4)
    rows = [
        replace(RECORD, reference="SPI-9"),
        replace(four, smokes=True, min_age=3),
        one,
        replace(two, name="Bakker"),
        replace(RECORD, reference="SPI-3", updated_at=RECORD.updated_at + timedelta(days=1)),
    ]
    assert bring(session, rows).changes == (
        Change(ChangeKind.ADDED, "SPI-9"),
        changed("SPI-4", "leeftijdVan", "rookt"),
        changed("SPI-2", "naam"),
    )


def test_an_export_that_changes_nothing_lists_nothing(session: Session) -> None:
    """Nor does one with only newer moments of change."""
    bring(session, records(3))
    assert bring(session, records(3)).changes == ()
    later = [replace(r, updated_at=r.updated_at + timedelta(days=1)) for r in records(3)]
    assert bring(session, later).changes == ()


def test_missing_and_back(session: Session) -> None:
    """A family that is left out is asked about once; back again it says so, and what changed."""
    bring(session, records(10))
    asked = Change(ChangeKind.ASKED_ABOUT, "SPI-10")
    assert bring(session, records(9)).changes == (asked,)
    assert bring(session, records(9)).changes == ()
    assert bring(session, records(10)).changes == (changed("SPI-10", kind=ChangeKind.BACK),)
    bring(session, records(9))
    again = [*records(9), replace(records(10)[9], smokes=True)]
    back = changed("SPI-10", "rookt", kind=ChangeKind.BACK)
    assert bring(session, again).changes == (back,)


def test_a_held_export_lists_nothing(session: Session) -> None:
    """It changed nothing."""
    bring(session, records(10))
    assert bring(session, [replace(r, smokes=True) for r in records(7)]).changes == ()


def test_what_came_over_http_is_what_an_export_is_compared_with(session: Session) -> None:
    """A family that was put one at a time: an export that says the same changes nothing."""
    put = read_record("SPI-1", FamilyIn.model_validate(TOLD | {"rookt": True}))
    put_family(session, actor=SYSTEM, provider_code="spirit", record=put, if_match=None)
    assert bring(session, [put]).changes == ()
    assert bring(session, [RECORD]).changes == (changed("SPI-1", "rookt"),)


def test_a_family_from_before_the_digests(session: Session) -> None:
    """What is not known is not guessed: no names; from then on they are known."""
    bring(session, [RECORD])
    session.execute(update(Family).values(field_digests=None))
    smoking = replace(RECORD, smokes=True)
    assert bring(session, [smoking]).changes == (Change(ChangeKind.CHANGED, "SPI-1", None),)
    assert bring(session, [RECORD]).changes == (changed("SPI-1", "rookt"),)


def test_the_changes_are_kept_with_their_import(session: Session) -> None:
    """In the same transaction, numbered from 1."""
    bring(session, records(10))
    bring(session, [replace(r, smokes=r.reference == "SPI-3") for r in records(9)])
    newest = select(ImportBatch.id).order_by(ImportBatch.id.desc()).limit(1).scalar_subquery()
    kept = session.scalars(
        select(ImportChange).where(ImportChange.import_id == newest).order_by(ImportChange.ordinal)
    )
    assert [(c.ordinal, c.kind, c.number, c.fields) for c in kept] == [
        (1, ChangeKind.CHANGED, "SPI-3", ["rookt"]),
        (2, ChangeKind.ASKED_ABOUT, "SPI-10", []),
    ]
