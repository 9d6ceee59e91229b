"""A draft that was withdrawn a moment ago is what it was, for who withdrew it; then it is gone."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Connection, select
from sqlalchemy.orm import Session

from app.intake.draft_routes import router
from app.intake.draft_undo import forget_withdrawn
from app.kernel.clock import now
from app.kernel.undo import UNDO_WITHIN
from app.models import Draft
from tests.doors import open_door, signed_in

OWN = signed_in("verwijzer", "gi-a")
TOLD = {"voornaam": "Noor", "vorm": "crisis", "bsn": "999990019"}


@pytest.fixture
def client(connection: Connection, session: Session) -> TestClient:
    return open_door(connection, router)


@pytest.fixture
def where(client: TestClient) -> str:
    made = client.post("/v1/concepten", json=TOLD, headers=OWN)
    gone = ask(client, made.headers["Location"], "_intrekken", json={"reden": "Vergissing."})
    assert (gone.status_code, gone.json()["stand"]) == (200, "ingetrokken")
    assert gone.json()["gegevens"]["voornaam"] is None
    return str(made.headers["Location"])


def ask(client: TestClient, where: str, verb: str, **more: Any) -> Any:
    match = {"If-Match": client.get(where, headers=OWN).headers["ETag"]}
    return client.post(f"{where}/{verb}", headers=OWN | match, **more)


def stored(session: Session) -> Draft:
    session.expire_all()
    return session.scalars(select(Draft)).one()


def test_it_is_what_it_was(client: TestClient, where: str) -> None:
    """All that was told, the BSN too; the history tells both steps."""
    answer = ask(client, where, "intrekking/_terugdraaien")
    assert answer.status_code == 200, answer.text
    assert (answer.json()["stand"], answer.json()["bsnBekend"]) == ("concept", True)
    told = answer.json()["gegevens"]
    assert (told["voornaam"], told["vorm"]) == ("Noor", "crisis")
    steps = client.get(f"{where}/geschiedenis", headers=OWN).json()["stappen"]
    assert [step["naar"] for step in steps] == ["concept", "ingetrokken", "concept"]
    assert ask(client, where, "intrekking/_terugdraaien").status_code == 409


def test_only_by_who_withdrew_it(client: TestClient, where: str, session: Session) -> None:
    """And on the version that was read."""
    stale = {"If-Match": '"1"'}
    back = f"{where}/intrekking/_terugdraaien"
    assert client.post(back, headers=OWN | stale).status_code == 412
    stored(session).kept_by = "een-ander"
    session.commit()
    refused = ask(client, where, "intrekking/_terugdraaien")
    assert (refused.status_code, "wie het introk" in refused.json()["detail"]) == (409, True)


def test_after_five_minutes_it_is_gone(client: TestClient, where: str, session: Session) -> None:
    """Refused at once, and let go by the worker's next round; a fresh one it leaves alone."""

    @contextmanager
    def sessions() -> Iterator[Session]:
        with Session(
            session.get_bind(), join_transaction_mode="create_savepoint", expire_on_commit=False
        ) as own:
            yield own

    forget_withdrawn(sessions)  # type: ignore[arg-type]
    assert stored(session).kept is not None
    stored(session).kept_at = now() - UNDO_WITHIN - timedelta(seconds=1)
    session.commit()
    assert ask(client, where, "intrekking/_terugdraaien").status_code == 409
    forget_withdrawn(sessions)  # type: ignore[arg-type]
    draft = stored(session)
    assert (draft.kept, draft.kept_by, draft.kept_at) == (None, None, None)
