"""Importing a full export: new, changed, unchanged, older, missing, held."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.families.canonical import FamilyReading, FamilyRecord, ReadFamily
from app.families.service import import_families
from app.imports.report import ImportReport, SourceFile
from app.kernel.actor import SYSTEM
from app.kernel.errors import NotFound
from app.kernel.words import (
    CareForm,
    FamilyKind,
    FamilyStatus,
    GenderPreference,
    Problem,
    Willingness,
)
from app.models import (
    Family,
    FamilyWillingness,
    ImportBatch,
    ImportFinding,
    ImportState,
    Occupation,
    Place,
)

RECORD = FamilyRecord(
    reference="SPI-1", name="Jansen", kind=FamilyKind.RECRUITED, status=FamilyStatus.ACTIVE,
    postcode="1011AB", place_name="Amsterdam", carers_born=(1980, 1982), own_children_born=(2015,),
    foster_children_born=(), forms=(CareForm.LONG_TERM,), places_total=2, places_free=1,
    available_from=date(2026, 10, 1), available_until=None, min_age=0, max_age=12,
    gender_preference=GenderPreference.NONE, max_siblings=2,
    willingness=dict.fromkeys(Problem, Willingness.YES), experience_years=3.0, trainings=(),
    cooperation=4, pets=(), smokes=False, wheelchair=False, languages=("Nederlands",), faith=None,
    clearance_until=date(2028, 1, 1), prepared=True, respite=False, network_for=None,
    updated_at=datetime(2026, 10, 20, tzinfo=UTC),
)  # fmt: skip


def records(count: int) -> list[FamilyRecord]:
    return [replace(RECORD, reference=f"SPI-{n}") for n in range(1, count + 1)]


def bring(
    session: Session, families: list[FamilyRecord], *, confirmed: bool = False
) -> ImportReport:
    reading = FamilyReading(
        families=tuple(ReadFamily(n + 2, record) for n, record in enumerate(families)),
        refusals=(), notices=(), seen=frozenset(r.reference for r in families), snapshot_day=None,
    )  # fmt: skip
    return import_families(
        session, actor=SYSTEM, provider_code="spirit", reading=reading,
        source=SourceFile("spirit.csv", "0" * 64), confirmed=confirmed,
    )  # fmt: skip


def test_a_family_arrives_whole(session: Session) -> None:
    """Family, beds, occupation and willingness are all there after an import."""
    report = bring(session, [RECORD])
    assert (report.added, report.state) == (1, ImportState.APPLIED)
    assert session.scalars(select(Family.reference)).all() == ["SPI-1"]
    for table, count in ((Place, 2), (Occupation, 1), (FamilyWillingness, len(Problem))):
        assert session.scalar(select(func.count()).select_from(table)) == count


def test_the_same_export_changes_nothing_and_says_so(session: Session) -> None:
    """A second import finds every family equal."""
    bring(session, records(3))
    report = bring(session, records(3))
    assert (report.state, report.unchanged, report.changed) == (ImportState.UNCHANGED, 3, 0)


def test_a_newer_row_changes_the_family(session: Session) -> None:
    """Another age range in a newer row: one changed, and the version goes up."""
    bring(session, [RECORD])
    newer = replace(RECORD, max_age=16, updated_at=RECORD.updated_at + timedelta(days=1))
    assert bring(session, [newer]).changed == 1
    session.expire_all()
    family = session.scalars(select(Family)).one()
    assert (family.max_age, family.version) == (16, 2)


def test_an_older_row_is_refused(session: Session) -> None:
    """A row older than what is stored is refused with a sentence, and changes nothing."""
    bring(session, [RECORD])
    older = replace(RECORD, max_age=16, updated_at=RECORD.updated_at - timedelta(days=1))
    report = bring(session, [older])
    assert [refusal.record for refusal in report.refusals] == ["SPI-1"]
    assert session.scalars(select(Family.max_age)).one() == 12


def test_a_row_from_the_future_is_refused(session: Session) -> None:
    """A mistyped year would make every later row of that family look old."""
    later = replace(RECORD, updated_at=RECORD.updated_at + timedelta(days=36_500))
    report = bring(session, [later])
    assert "toekomst" in report.refusals[0].message
    assert session.scalars(select(Family)).all() == []


def test_a_missing_family_must_be_confirmed_not_closed(session: Session) -> None:
    """Absence marks a family `navragen`; it keeps its status and all its rows."""
    bring(session, records(10))
    report = bring(session, records(9))
    assert report.to_confirm == 1
    missing = session.scalars(select(Family).where(Family.needs_confirmation)).one()
    assert (missing.reference, missing.status) == ("SPI-10", FamilyStatus.ACTIVE)


def test_appearing_again_is_the_confirmation(session: Session) -> None:
    """Once its provider exports it again, the family takes part again."""
    bring(session, records(10))
    bring(session, records(9))
    bring(session, records(10))
    assert not session.scalars(select(Family).where(Family.needs_confirmation)).all()


def test_an_export_that_misses_too_many_is_held(session: Session) -> None:
    """More than 20% missing: nothing changes until someone confirms."""
    bring(session, records(10))
    shorter = [replace(r, max_age=16) for r in records(7)]
    assert bring(session, shorter).state is ImportState.HELD
    assert set(session.scalars(select(Family.max_age))) == {12}
    assert not session.scalars(select(Family).where(Family.needs_confirmation)).all()


def test_a_confirmed_export_is_taken(session: Session) -> None:
    """With the confirmation the same export is applied."""
    bring(session, records(10))
    report = bring(session, records(7), confirmed=True)
    assert (report.state, report.to_confirm) == (ImportState.APPLIED, 3)


def test_exactly_a_fifth_is_not_held(session: Session) -> None:
    """The edge: 2 of 10 missing is 20%, not more."""
    bring(session, records(10))
    assert bring(session, records(8)).state is ImportState.APPLIED


def test_every_import_leaves_a_record(session: Session) -> None:
    """Batch and findings stand in the database, also of an import that was held."""
    bring(session, records(10))
    bring(session, records(5))
    states = session.scalars(select(ImportBatch.state).order_by(ImportBatch.id)).all()
    assert states == [ImportState.APPLIED, ImportState.HELD]
    assert "20%" in session.scalars(select(ImportFinding.message)).one()


def test_an_unknown_provider_is_refused(session: Session) -> None:
    """No provider, no families; the sentence names it."""
    reading = FamilyReading((), (), (), frozenset(), None)
    with pytest.raises(NotFound, match="onbekende"):
        import_families(
            session, actor=SYSTEM, provider_code="onbekende", reading=reading,
            source=SourceFile("x", "0"),
        )  # fmt: skip
