"""Respite that people arranged themselves, without a place of the service, is respite too."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Connection
from sqlalchemy.orm import Session

from app.kernel.actor import ActorRole
from app.strain.routes import router
from tests.doors import open_door, signed_in
from tests.strain.straining import TODAY, place_child


@pytest.fixture
def client(connection: Connection) -> Iterator[TestClient]:
    client = open_door(connection, router)
    client.headers.update(signed_in(ActorRole.COORDINATOR))
    yield client


@pytest.mark.parametrize(("days", "has_it"), [(None, True), (1, True), (0, False), (-1, False)])
def test_it_counts_until_it_ends(
    client: TestClient, session: Session, *, days: int | None, has_it: bool
) -> None:
    """Taken up and not past its end: the watch list says so, and no round is held for it."""
    placement = place_child(session, "AM-1", home="SPI-1")
    at = f"/v1/plaatsingen/{placement.id}"
    told = {"soort": "pleegouders overbelast", "vraagtRespijt": "om het weekend"}
    assert client.post(f"{at}/signalen", json=told).status_code == 201
    assert _listed(client) is False
    made = client.post(f"{at}/steunaanbod", json={"soort": "respijt"})
    assert made.status_code == 201, made.text
    assert _listed(client) is False  # offered, not taken up
    one = made.headers["Location"]
    body: dict[str, Any] = {"opgepakt": "ja", "vanaf": (TODAY - timedelta(days=9)).isoformat()}
    if days is not None:
        body["totEnMet"] = (TODAY + timedelta(days=days)).isoformat()
    etag = client.get(one).headers["ETag"]
    kept = client.patch(one, json=body, headers={"If-Match": etag})
    assert kept.status_code == 200, kept.text
    assert _listed(client) is has_it


def _listed(client: TestClient) -> bool:
    (row,) = client.get("/v1/volglijst").json()["plaatsingen"]
    has_it: bool = row["heeftRespijt"]
    return has_it
