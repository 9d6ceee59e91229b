"""How long a word on a family holds at the crisis desk: as long as everywhere else."""

from datetime import timedelta
from uuid import UUID

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Connection
from sqlalchemy.orm import Session

from app.crisis import home_queries
from app.crisis.routes import router
from app.kernel.actor import ActorRole
from app.kernel.clock import now, today_in_amsterdam
from app.models import ImportBatch, ImportKind, ImportMode, ImportState
from app.settings import Settings
from tests.crisis.test_routes import ask, make_home
from tests.days import noon_before
from tests.doors import open_door, signed_in


@pytest.fixture
def client(connection: Connection) -> TestClient:
    client = open_door(connection, router)
    client.headers.update(signed_in(ActorRole.CRISIS))
    return client


@pytest.mark.parametrize("told", [(3, True), (4, False)])
def test_how_long_a_word_holds_is_the_setting_of_all(
    client: TestClient, session: Session, monkeypatch: pytest.MonkeyPatch, told: tuple[int, bool]
) -> None:
    """The desk and the list for paper say it by PLEEGZORG_CONFIRM_AFTER_DAYS, as proposals do."""
    days, is_said = told
    monkeypatch.setattr(home_queries, "load_settings", lambda: Settings(confirm_after_days=days))
    make_home(session, "SPI-1", source_updated_at=noon_before(3))
    here = ask(client)["bedden"]
    listed = client.get("/v1/crisislijst").json()["gezinnen"]
    for said in (here, listed):
        assert any("3 dagen niet bevestigd" in one for one in said[0]["letOp"]) is is_said


def test_a_family_that_a_whole_export_named_was_heard_of(
    client: TestClient, session: Session
) -> None:
    """That is a word on it too; of one that it left out it is not."""
    long_ago = {"source_updated_at": noon_before(90)}
    named = make_home(session, "SPI-1", **long_ago)
    make_home(session, "SPI-2", needs_confirmation=True, **long_ago)
    make_home(session, "YOU-1", provider="youke", **long_ago)
    make_export(session, named.provider_id)
    told = {bed["gezin"]: (bed["laatstBevestigd"], bed["letOp"]) for bed in ask(client)["bedden"]}
    today, then = str(today_in_amsterdam()), str(today_in_amsterdam() - timedelta(days=90))
    assert [told[number][0] for number in ("SPI-1", "SPI-2", "YOU-1")] == [today, then, then]
    assert [any("dagen niet" in s for s in told[n][1]) for n in ("SPI-1", "YOU-1")] == [False, True]


def make_export(session: Session, provider_id: UUID) -> None:
    session.add(
        ImportBatch(
            kind=ImportKind.FAMILIES, mode=ImportMode.WHOLE, provider_id=provider_id,
            state=ImportState.APPLIED, applied_at=now(), file="x.csv", sha256="0" * 64, actor="x",
            is_confirmed=False, read=0, added=0, changed=0, unchanged=0, refused=0,
            to_confirm=0, total=0, done=0,
        )
    )  # fmt: skip
    session.flush()
