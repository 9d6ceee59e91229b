"""What families offer as a whole: the figures are those of the families one by one."""

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Connection, select
from sqlalchemy.orm import Session

from app.families.overview_routes import router
from app.kernel.clock import now
from app.kernel.words import CareForm, FamilyStatus, Rhythm
from app.models import Occupation, Place
from tests.doors import open_door, signed_in
from tests.rows import make_family, make_registration

ADDRESS = "/v1/pleeggezinnen/_beschikbaarheid"


@pytest.fixture
def client(connection: Connection, session: Session) -> TestClient:
    return open_door(connection, router)


def test_places_are_counted_by_form_and_rhythm(client: TestClient, session: Session) -> None:
    """A family with two forms counts in both; who pauses or must be asked offers nothing now."""
    two = make_family(
        session, reference="SPI-1", places=2, confirmed_at=now(),
        forms=(CareForm.LONG_TERM, CareForm.PART_TIME),
    )  # fmt: skip
    first, second = session.scalars(select(Place).where(Place.family_id == two.id)).all()
    second.rhythm = Rhythm.ODD_WEEKENDS
    child = make_registration(session, number="AM-1")
    session.add(Occupation(place_id=first.id, registration_id=child.id, since=now()))
    make_family(session, reference="SPI-2", status=FamilyStatus.PAUSED, confirmed_at=now())
    make_family(session, reference="SPI-3", needs_confirmation=True)
    make_family(session, reference="SPI-4", status=FamilyStatus.STOPPED)
    session.flush()
    answer = client.get(ADDRESS)
    assert answer.status_code == 200, answer.text
    found = answer.json()
    assert found["plaatsen"] == [
        {"vorm": "opvoeding", "ritme": "voltijd", "vrij": 0, "bezet": 1},
        {"vorm": "opvoeding", "ritme": "oneven weekenden", "vrij": 1, "bezet": 0},
        {"vorm": "deeltijd", "ritme": "voltijd", "vrij": 0, "bezet": 1},
        {"vorm": "deeltijd", "ritme": "oneven weekenden", "vrij": 1, "bezet": 0},
    ]
    counts = {name: found[name] for name in ("gezinnen", "zoekenMee", "metPlaats", "pauze")}
    assert counts == {"gezinnen": 3, "zoekenMee": 1, "metPlaats": 1, "pauze": 1}
    assert (found["navragen"], found["eerstBevestigen"]) == (1, 1)


def test_a_provider_counts_its_own_families_only(client: TestClient, session: Session) -> None:
    """Row-level security holds for figures too, whatever provider is asked for."""
    make_family(session, reference="SPI-1")
    make_family(session, reference="YOU-1", provider="youke")
    session.commit()
    assert client.get(ADDRESS).json()["gezinnen"] == 2
    assert client.get(ADDRESS, params={"aanbieder": "youke"}).json()["gezinnen"] == 1
    client.headers.update(signed_in("aanbieder-matcher", "spirit"))
    assert client.get(ADDRESS).json()["gezinnen"] == 1
    assert client.get(ADDRESS, params={"aanbieder": "youke"}).json()["gezinnen"] == 0
