"""A row of a file with a number in use: a corrected fact is taken, another child never."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.imports.report import ImportReport, source_of
from app.intake.reader import read_registrations
from app.intake.service import import_registrations
from app.kernel.actor import SYSTEM
from app.models import Child, Registration
from app.settings import Settings
from tests.region import DAY

Body = dict[str, Any]
Bring = Callable[..., ImportReport]
# Valid numbers that nobody has.
BSN, OTHER_BSN = "999990019", "999990020"
GROUP = {"groep": "BZ-1", "wens": "samen"}
KEES: Body = {"voornaam": "Kees", "geslacht": "jongen", "geboortedatum": "2012-03-04"}


@pytest.fixture
def child(example: Body) -> Body:
    return example | {"bsn": BSN, "broersZussen": None, "postcode": "1011AB"}


@pytest.fixture
def bring(session: Session, settings: Settings, tmp_path: Path) -> Bring:
    def call(row: Body) -> ImportReport:
        path = tmp_path / "aanmeldingen.jsonl"
        path.write_text(json.dumps(row) + "\n")
        session.expire_all()
        return import_registrations(
            session, actor=SYSTEM, reading=read_registrations(path, today=DAY),
            source=source_of(path), settings=settings,
        )  # fmt: skip

    return call


def refused(report: ImportReport) -> list[str]:
    assert (report.added, report.changed) == (0, 0)
    return [refusal.field for refusal in report.refusals]


def test_a_row_of_another_child_replaces_nobody(
    bring: Bring, child: Body, session: Session
) -> None:
    """It is refused with what to do, and names nobody; the child stays who it is."""
    assert bring(child).added == 1
    report = bring(child | KEES | {"bsn": OTHER_BSN, "postcode": "1102CD"})
    assert refused(report) == ["aanmeldnummer"]
    told = report.refusals[0].message
    assert "een eigen nummer" in told
    assert not any(word in told for word in ("Kees", child["voornaam"], BSN, OTHER_BSN))
    session.expire_all()
    assert session.scalars(select(Child)).one().first_name == child["voornaam"]


@pytest.mark.parametrize(
    ("known", "told"),
    [
        ({}, {"bsn": OTHER_BSN}),
        ({}, KEES | {"bsn": None}),
        ({"bsn": None}, KEES),
        ({}, {"bsn": None, "geboortedatum": "2012-03-04", "postcode": "1102CD"}),
        ({}, {"bsn": None, "voornaam": "Kees", "geslacht": "jongen"}),
        # A twin: same day, same home, same group.
        ({"bsn": None, "broersZussen": GROUP}, {"voornaam": "Kees"}),
    ],
)
def test_what_tells_of_another_child_is_refused(
    bring: Bring, child: Body, known: Body, told: Body
) -> None:
    """Another BSN, or a person of whom too little agrees."""
    assert bring(child | known).added == 1
    assert refused(bring(child | known | told)) == ["aanmeldnummer"]


@pytest.mark.parametrize(
    ("known", "told"),
    [
        ({}, KEES),
        ({"bsn": None}, {"bsn": BSN, "sdqTotaal": 3}),
        ({}, {"bsn": None, "postcode": "1102CD"}),
        ({"bsn": None}, {"geboortedatum": "2012-03-04"}),
        ({"bsn": None}, {"voornaam": "Roosmarijn", "postcode": "1011ZZ"}),
        (
            {"bsn": None, "broersZussen": GROUP},
            {"geboortedatum": "2012-03-04", "postcode": "1102CD"},
        ),
    ],
)
def test_a_corrected_fact_is_of_the_same_child(
    bring: Bring, child: Body, known: Body, told: Body
) -> None:
    """With the same BSN all may be corrected; without one, one of the three in the same area."""
    assert bring(child | known).added == 1
    report = bring(child | known | told)
    assert (report.changed, report.refusals) == (1, ())


def test_a_bsn_of_an_earlier_registration_is_given_to_no_other(
    bring: Bring, child: Body, session: Session
) -> None:
    """As where one registration is corrected: two children would have one number."""
    bring(child)
    session.scalars(select(Registration)).one().state = "gesloten"
    session.flush()
    other = child | KEES | {"aanmeldnummer": "AM-9-1", "bsn": None}
    assert bring(other).added == 1
    assert refused(bring(other | {"bsn": BSN})) == ["bsn"]


def test_a_file_does_not_change_what_a_referrer_registered(
    bring: Bring, child: Body, session: Session
) -> None:
    """Not even a fact of the same child; the same again says nothing."""
    bring(child)
    stored = session.scalars(select(Registration)).one()
    stored.owner_organisation = "gi-a"
    session.flush()
    assert bring(child).unchanged == 1
    report = bring(child | {"sdqTotaal": 3})
    assert refused(report) == ["aanmeldnummer"]
    assert "verwijzer" in report.refusals[0].message
    session.expire_all()
    assert stored.sdq_total == child["sdqTotaal"]
