"""A service in this process on a server of its own over TCP, past a proxy that a test may break."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from fastapi.testclient import TestClient

from app.cli.prepare import prepare_reference
from app.db.migrate import migrate
from app.db.opened import open_database, parse_url
from app.kernel.actor import ActorRole
from app.main import create_app
from app.settings import Settings
from tests.chaos.caller import as_
from tests.chaos.opened import CALL_BACKS, call_backs
from tests.chaos.postgres import OwnServer, own_server
from tests.chaos.proxy import Proxy, open_proxy
from tools.live import free_address

PATIENCE = 1.5  # seconds that the service waits for its database in these tests


@dataclass(frozen=True, slots=True)
class Behind:
    """A client of the service, the network behind it, and the server behind that."""

    client: TestClient
    proxy: Proxy
    server: OwnServer

    def report(self, key: str, call_back: str) -> Any:
        """Send a crisis report with a key."""
        told = {
            "leeftijd": 9, "geslacht": "meisje", "veiligheid": [], "broersZussen": [],
            "postcodeNu": "1012AB", "terugbelnummer": call_back,
        }  # fmt: skip
        headers = as_(ActorRole.CRISIS) | {"Idempotency-Key": key}
        return self.client.post("/v1/crisismeldingen", json=told, headers=headers)

    def count(self, call_back: str) -> int:
        """Return how many reports with a number are really there."""
        with self.server.connect() as connection:
            rows = connection.execute(CALL_BACKS).fetchall()
        return [number for _, number in call_backs(rows)].count(call_back)


@pytest.fixture(scope="module")
def own() -> Iterator[OwnServer]:
    """A server with the tables and the reference data in it."""
    _, port = free_address()
    with own_server(port=port) as server:
        migrate(parse_url(server.url))
        with open_database(Settings(database_url=None), url=server.url) as database:
            prepare_reference(database)
        yield server


@pytest.fixture
def behind(own: OwnServer) -> Iterator[Behind]:
    """The service with the network whole; each test breaks its own."""
    assert own.port is not None
    settings = Settings(database_url=None)
    with (
        open_proxy(own.port) as proxy,
        open_database(settings, url=own.tcp_url(proxy.port), patience=PATIENCE) as database,
        TestClient(create_app(database), raise_server_exceptions=False) as client,
    ):
        yield Behind(client, proxy, own)
