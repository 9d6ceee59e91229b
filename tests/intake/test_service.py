"""Importing registrations: new, changed, unchanged, one active a child, groups on hold."""

import base64
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.db.encryption import decrypt_bsn
from app.imports.report import ImportReport, source_of
from app.intake.fields import content_hash
from app.intake.reader import read_registrations
from app.intake.schemas import RegistrationIn
from app.intake.service import import_registrations
from app.kernel.actor import SYSTEM
from app.models import (
    Child,
    ChildBsn,
    ImportState,
    Registration,
    RegistrationState,
    SiblingGroup,
)
from app.settings import Settings
from tests.region import DAY

Bring = Callable[..., ImportReport]


@pytest.fixture
def rows(region: Path) -> list[dict[str, Any]]:
    """The first four registrations: a sibling group of four."""
    lines = (region / "aanmeldingen.jsonl").read_text().splitlines()
    return [json.loads(line) for line in lines[:4]]


@pytest.fixture
def bring(session: Session, settings: Settings, tmp_path: Path) -> Bring:
    def call(*registrations: dict[str, Any]) -> ImportReport:
        path = tmp_path / "aanmeldingen.jsonl"
        path.write_text("".join(json.dumps(row) + "\n" for row in registrations))
        return import_registrations(
            session, actor=SYSTEM, reading=read_registrations(path, today=DAY),
            source=source_of(path), settings=settings,
        )  # fmt: skip

    return call


def test_a_registration_arrives_with_its_bsn_encrypted(
    bring: Bring, rows: list[dict[str, Any]], session: Session, settings: Settings
) -> None:
    """The BSN comes back only by decrypting; it stands nowhere in the clear."""
    bring(rows[0])
    stored = session.scalars(select(ChildBsn)).one()
    assert decrypt_bsn(stored.ciphertext, settings, child=stored.child_id) == rows[0]["bsn"]
    assert rows[0]["bsn"].encode() not in stored.ciphertext


def test_the_same_file_changes_nothing(bring: Bring, rows: list[dict[str, Any]]) -> None:
    """A second import says that nothing changed."""
    bring(*rows)
    report = bring(*rows)
    assert (report.state, report.unchanged) == (ImportState.UNCHANGED, 4)


def test_a_corrected_fact_changes_the_registration(
    bring: Bring, rows: list[dict[str, Any]], session: Session
) -> None:
    """The same number with another fact overwrites, and the version goes up."""
    bring(rows[0])
    assert bring(rows[0] | {"sdqTotaal": 30}).changed == 1
    session.expire_all()
    registration = session.scalars(select(Registration)).one()
    assert (registration.sdq_total, registration.version) == (30, 2)


def test_a_second_active_registration_of_a_child_is_refused(
    bring: Bring, rows: list[dict[str, Any]], session: Session
) -> None:
    """The same BSN under another number is shown to a person, not merged and not doubled."""
    bring(rows[0])
    report = bring(rows[1] | {"bsn": rows[0]["bsn"]})
    assert [refusal.field for refusal in report.refusals] == ["bsn"]
    assert rows[0]["aanmeldnummer"] in report.refusals[0].message
    assert rows[0]["bsn"] not in report.refusals[0].message
    assert len(session.scalars(select(Registration)).all()) == 1


def test_a_known_bsn_of_another_person_is_refused_and_changes_nobody(
    bring: Bring, rows: list[dict[str, Any]], session: Session
) -> None:
    """A mistyped number; of the same person a new registration is taken, whatever the capitals."""
    bring(rows[0])
    session.scalars(select(Registration)).one().state = RegistrationState.CLOSED
    session.flush()
    again = rows[0] | {"aanmeldnummer": "AM-9-1", "voornaam": rows[0]["voornaam"].upper()}
    for other in ({"voornaam": "Anders"}, {"geboortedatum": "2020-02-02"}):
        report = bring(again | other)
        assert (report.added, [refusal.field for refusal in report.refusals]) == (0, ["bsn"])
        assert rows[0]["bsn"] not in report.refusals[0].message
    session.expire_all()
    assert session.scalars(select(Child)).one().first_name == rows[0]["voornaam"]
    assert bring(again).added == 1
    assert len(session.scalars(select(Child)).all()) == 1


def test_two_wishes_put_a_group_on_hold(
    bring: Bring, rows: list[dict[str, Any]], session: Session
) -> None:
    """Different wishes are kept and asked about; once they agree the group is free again."""
    other = rows[1] | {"broersZussen": {"groep": "BZ-101", "wens": "apart"}}
    report = bring(rows[0], other)
    group = session.scalars(select(SiblingGroup)).one()
    assert (report.added, group.on_hold) == (2, True)
    assert any("BZ-101" in notice.message for notice in report.notices)
    bring(rows[0], rows[1])
    assert group.on_hold is False


def test_a_registration_without_bsn_is_taken(
    bring: Bring, rows: list[dict[str, Any]], session: Session
) -> None:
    """The BSN may be missing at first (Jeugdwet 7.2)."""
    assert bring(rows[0] | {"bsn": None}).added == 1
    assert session.scalars(select(ChildBsn)).all() == []


def test_a_correction_may_not_take_another_childs_bsn(
    bring: Bring, rows: list[dict[str, Any]], session: Session
) -> None:
    """A BSN that is filled in later can be one that already has an active registration."""
    bring(rows[0], rows[1] | {"bsn": None})
    report = bring(rows[0], rows[1] | {"bsn": rows[0]["bsn"]})
    assert [refusal.record for refusal in report.refusals] == [rows[1]["aanmeldnummer"]]
    assert len(session.scalars(select(ChildBsn)).all()) == 1


def test_two_rows_of_one_file_may_not_claim_one_bsn(
    bring: Bring, rows: list[dict[str, Any]]
) -> None:
    """A corrected registration and a new one, with the same BSN, in the same file."""
    bring(rows[0] | {"bsn": None})
    report = bring(rows[0], rows[1] | {"bsn": rows[0]["bsn"]})
    assert (report.changed, report.added, len(report.refusals)) == (1, 0, 1)


def test_a_wrong_bsn_can_be_taken_back(
    bring: Bring, rows: list[dict[str, Any]], session: Session
) -> None:
    """Without its BSN a registration keeps nothing of it: it may be another child's."""
    bring(rows[0])
    bring(rows[0] | {"bsn": None})
    assert session.scalars(select(ChildBsn)).all() == []
    assert bring(rows[1] | {"bsn": rows[0]["bsn"]}).added == 1


def test_leaving_a_group_ends_its_question(
    bring: Bring, rows: list[dict[str, Any]], session: Session
) -> None:
    """When the registration with the other wish leaves, the others need not wait any longer."""
    bring(rows[0], rows[1] | {"broersZussen": {"groep": "BZ-101", "wens": "apart"}})
    group = session.scalars(select(SiblingGroup)).one()
    assert group.on_hold is True
    bring(rows[1] | {"broersZussen": None})
    assert group.on_hold is False


def test_the_content_hash_gives_no_bsn_away(
    bring: Bring, rows: list[dict[str, Any]], session: Session, settings: Settings
) -> None:
    """A coordinator sees all of a registration but its BSN, and could try them all: so, a key."""
    bring(rows[0])
    stored = session.scalars(select(Registration.content_hash)).one()
    record = RegistrationIn.model_validate(rows[0])
    own_key = Settings(database_url=None, bsn_key=base64.b64encode(bytes(32)).decode())
    assert stored == content_hash(record, settings)
    assert stored != content_hash(record, own_key)
