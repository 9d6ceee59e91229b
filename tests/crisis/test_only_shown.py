"""Names and numbers are read of the families that are shown alone; it is said if more can come."""

from collections.abc import Collection, Iterator
from typing import Any
from uuid import UUID

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Connection
from sqlalchemy.orm import Session

from app.crisis import views
from app.crisis.beds import Contact
from app.crisis.home_queries import contacts_of
from app.crisis.routes import router
from app.kernel.actor import ActorRole
from tests.crisis.test_routes import MELDINGEN, ask, families, make_home
from tests.doors import open_door, signed_in

POSTCODES = ("1411AA", "1017AB", "1312AA", "1013AB")


@pytest.fixture
def client(connection: Connection, session: Session) -> Iterator[TestClient]:
    client = open_door(connection, router)
    client.headers.update(signed_in(ActorRole.CRISIS))
    yield client


def test_a_page_of_the_nearest_reads_no_more_than_those(
    client: TestClient, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first two of four are the same two, whole, and of the other two no name is opened."""
    for number, postcode in enumerate(POSTCODES):
        make_home(session, f"SPI-{number}", postcode=postcode)
    report = ask(client)
    assert len(families(report)) == len(POSTCODES)
    read: list[int] = []

    def counted(session: Session, ids: Collection[UUID]) -> dict[UUID, Contact]:
        read.append(len(ids))
        return contacts_of(session, ids)

    monkeypatch.setattr(views, "contacts_of", counted)
    few: dict[str, Any] = client.get(f"{MELDINGEN}/{report['id']}", params={"aantal": 2}).json()
    assert few == report | {"bedden": report["bedden"][:2], "meer": True}
    assert (report["meer"], read) == (False, [2])
    all_of_them = {"aantal": len(POSTCODES)}
    assert client.get(f"{MELDINGEN}/{report['id']}", params=all_of_them).json() == report


def test_who_is_gone_since_the_beds_were_found_is_not_shown(
    client: TestClient, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A family that is destroyed between the two questions is left out, and no error."""
    for number in range(2):
        make_home(session, f"SPI-{number}")

    def without_one(session: Session, ids: Collection[UUID]) -> dict[UUID, Contact]:
        known = contacts_of(session, ids)
        return {id_: one for id_, one in known.items() if id_ == min(known)}

    monkeypatch.setattr(views, "contacts_of", without_one)
    assert len(families(ask(client))) == 1
