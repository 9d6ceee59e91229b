"""A token is known for a minute without asking anybody; a provider that merged meanwhile is not."""

from collections.abc import Iterator
from datetime import date

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import URL

from app.db.opened import Database
from app.db.session import session_for
from app.kernel.actor import SYSTEM, ActorRole
from app.main import create_app
from app.reference.merge import Merger, merge_providers
from app.reference.providers import add_provider
from app.settings import Settings
from tests.databases import copied
from tests.rows import make_family
from tests.signing import bearer


@pytest.fixture
def own(settings: Settings, reference: URL) -> Iterator[Database]:
    """A database of its own: a merger must really be committed."""
    with copied(settings, reference) as opened:
        yield opened


def merge(database: Database) -> None:
    """Let Spirit become part of Levvel, with the system that it has."""
    with session_for(database.sessions, SYSTEM) as session:
        add_provider(session, actor=SYSTEM, code="levvel", name="Levvel")
        merger = Merger(
            source="spirit", into="levvel", on_day=date(2026, 1, 1), clearance_lapses=True,
            system_stops=False,
        )  # fmt: skip
        merge_providers(session, actor=SYSTEM, merger=merger)


def test_a_token_of_before_a_merger_never_sees_an_empty_world(own: Database) -> None:
    """It is asked for anew, and the old code in the new one leads to where the families are."""
    with session_for(own.sessions, SYSTEM) as session:
        make_family(session, reference="SPI-1")
    with TestClient(create_app(own)) as client:
        before = bearer(ActorRole.PROVIDER_SYSTEM, organisation="spirit")
        seen = client.get("/v1/pleeggezinnen", headers=before).json()["pleeggezinnen"]
        assert [family["nummer"] for family in seen] == ["SPI-1"]
        merge(own)
        refused = client.get("/v1/pleeggezinnen", headers=before)
        assert (refused.status_code, "samengevoegd" in refused.json()["detail"]) == (401, True)
        after = bearer(ActorRole.PROVIDER_SYSTEM, organisation="spirit", subject="na")
        assert after != before
        seen = client.get("/v1/pleeggezinnen", headers=after).json()["pleeggezinnen"]
        assert [family["nummer"] for family in seen] == ["SPI-1"]
