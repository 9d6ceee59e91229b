"""A report that closed at its first child waits for the others, once the database is moved."""

from alembic import command
from sqlalchemy import URL, create_engine, text
from sqlalchemy.orm import Session

from app.db.migrate import alembic_config
from app.kernel.clock import now
from app.kernel.words import CareForm, Gender
from app.models import (
    CrisisChild,
    CrisisReport,
    CrisisState,
    Occupation,
    Place,
    PlacementOrigin,
)
from app.settings import Settings
from tests.databases import copied
from tests.rows import make_family, make_placement, make_registration

BEFORE = "20261129_70-1"
SHOWN = text(
    "SELECT r.state, c.ordinal, c.registration_id = r.registration_id, p.outside_ground "
    "FROM crisis_report r JOIN crisis_child c ON c.report_id = r.id "
    "JOIN placement p ON p.registration_id = c.registration_id"
)


def _fill(session: Session) -> None:
    home = make_family(session, reference="SPI-1", places=2, forms=(CareForm.CRISIS,))
    child = make_registration(session, number="AM-1")
    report = CrisisReport(
        age=6, gender=Gender.GIRL, flags=[], siblings=[{"leeftijd": 7, "geslacht": "jongen"}],
        postcode="1012AB", call_back="06-12345678", actor="x", state=CrisisState.FOUND,
        registration_id=child.id,
    )  # fmt: skip
    session.add(report)
    session.flush()
    session.add(CrisisChild(report_id=report.id, ordinal=0, registration_id=child.id, actor="x"))
    for place, lives in zip(
        session.query(Place.id).filter_by(family_id=home.id).all(), (child.id, None), strict=True
    ):
        session.add(
            Occupation(
                place_id=place.id, registration_id=lives, crisis_report_id=report.id, since=now()
            )
        )
    make_placement(
        session, registration_id=child.id, family_id=home.id, since=now().date(),
        is_bridging=True, form=CareForm.CRISIS, origin=PlacementOrigin.CRISIS,
    )  # fmt: skip


def test_a_report_with_an_empty_bed_is_open_again(settings: Settings, reference: URL) -> None:
    """Down it closes at the first child, as it was; up it waits, and the yeses are waited for."""
    with copied(settings, reference, _fill) as database:
        engine = create_engine(database.url)
        with engine.connect() as connection:
            command.downgrade(alembic_config(connection), BEFORE)
            closed = connection.scalar(text("SELECT state FROM crisis_report"))
            assert closed == CrisisState.LINKED
            connection.commit()
            command.upgrade(alembic_config(connection), "head")
            assert [tuple(row) for row in connection.execute(SHOWN)] == [
                (CrisisState.FOUND, 0, True, "acuut")
            ]
        engine.dispose()
