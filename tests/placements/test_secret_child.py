"""A placement is secret by its child: what was told later hides the homes of before."""

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Connection
from sqlalchemy.orm import Session

from app.models import Placement, Registration
from tests.placements.living import REFERRER, live_in, open_placements, waiting
from tests.placements.test_access import MARK, read_all, told_all
from tests.rows import make_family


@pytest.fixture
def client(connection: Connection, session: Session) -> TestClient:
    return open_placements(connection)


@pytest.fixture
def placement(session: Session) -> Placement:
    family = make_family(session, reference="SPI-1", place_name=MARK)
    return live_in(session, family, owner_organisation="gi-a")


@pytest.mark.parametrize("owner", ["gi-a", "gi-b", None])
def test_a_later_secret_registration_hides_the_home_of_before(
    client: TestClient, session: Session, placement: Placement, owner: str | None
) -> None:
    """Whoever made it: the placement is secret by its child."""
    told_all(client, placement)
    assert client.get(f"/v1/plaatsingen/{placement.id}", headers=REFERRER).json()["keten"]
    session.commit()  # as the system again, on the connection of the door
    later = waiting(session, secret_placement=True, owner_organisation=owner)
    later.child_id = session.get_one(Registration, placement.registration_id).child_id
    session.flush()
    for answer in read_all(client, placement, REFERRER):
        assert answer.status_code == 200
        for word in (MARK, "SPI-1", "keten", "afstand", "bijStart"):
            assert word not in answer.text
    session.commit()
    session.expire_all()
    assert "SPI-1" in client.get(f"/v1/plaatsingen/{placement.id}").text
