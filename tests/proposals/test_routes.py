"""Match runs over HTTP: lists, ranked proposals, comparison, refusals."""

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import update
from sqlalchemy.orm import Session

from app.db.opened import Database, open_throwaway
from app.db.session import session_for
from app.kernel.actor import SYSTEM
from app.kernel.clock import now
from app.kernel.ids import new_id
from app.main import create_app
from app.matching.risk.weights import DEFAULT, load_weights
from app.models import ImportBatch, Registration, RunState
from app.proposals import views
from app.proposals.attempt import fail_attempt
from app.proposals.queries import find_run, registrations_in_run
from app.proposals.report import build_report
from app.proposals.runs import perform_run, weights_of
from app.proposals.schemas import ChildProposals, RunReport
from app.settings import Settings
from tests.proposals.asking import ask, begin
from tests.rows import make_registration
from tests.signing import bearer

REGION = Path(__file__).parents[1] / "data" / "regio-1"


@pytest.fixture(scope="module")
def loaded(loaded_region: Database) -> Database:
    """The example region, committed, with two performed runs."""
    return loaded_region


@pytest.fixture(scope="module")
def runs(loaded: Database) -> tuple[UUID, UUID]:
    """One run under `maximaal`, and after it one under `zorgvuldig`."""
    asked = []
    for policy in ("maximaal", "zorgvuldig"):
        asked.append(ask(loaded, policy=policy))
        perform_run(loaded.sessions, actor=SYSTEM, run_id=asked[-1])
    return asked[0], asked[1]


@pytest.fixture
def client(loaded: Database) -> Iterator[TestClient]:
    with TestClient(create_app(loaded), headers=bearer()) as opened:
        yield opened


def follow_pages(client: TestClient, path: str, key: str) -> list[Any]:
    """Return all rows of a list, page by page."""
    found: list[Any] = []
    while path:
        answer = client.get(path)
        assert answer.status_code == 200
        found += answer.json()[key]
        match = re.match(r'<(.+)>; rel="next"', answer.headers.get("Link", ""))
        path = match[1] if match else ""
    return found


def families(session: Session, run_id: UUID) -> dict[str, str | None]:
    """Return the number of the proposed family by child."""
    entries = build_report(session, find_run(session, run_id))["voorstellen"]
    return {entry["aanmeldnummer"]: entry["gezin"] for entry in entries}


def _all(session: Session, run_id: UUID) -> list[Registration]:
    return registrations_in_run(session, run_id, after=None, limit=None)


def test_all_pages_together_are_the_report(
    client: TestClient, loaded: Database, runs: tuple[UUID, UUID]
) -> None:
    """Paged by number, none doubled or left out; the report is what the command line writes."""
    paged = follow_pages(client, f"/v1/matchruns/{runs[0]}/voorstellen?aantal=7", "voorstellen")
    report = client.get(f"/v1/matchruns/{runs[0]}/verslag").json()
    with session_for(loaded.sessions, SYSTEM) as session:
        assert report == build_report(session, find_run(session, runs[0]))
    assert paged == report["voorstellen"]
    assert len({entry["aanmeldnummer"] for entry in paged}) == len(paged) == 120
    assert RunReport.model_validate(report).model_dump(mode="json") == report


def test_runs_are_listed_newest_first(client: TestClient, runs: tuple[UUID, UUID]) -> None:
    """Every run once, over pages of one."""
    listed = [
        UUID(run["id"]) for run in follow_pages(client, "/v1/matchruns?aantal=1", "matchruns")
    ]
    assert set(runs) <= set(listed)
    assert listed == sorted(listed, reverse=True)


@pytest.mark.parametrize("cursor", ["niet-van-ons", "AAAA", "bmVl"])
def test_a_foreign_cursor_is_refused(client: TestClient, cursor: str) -> None:
    """400 with a sentence, and the cursor is not repeated."""
    answer = client.get("/v1/matchruns", params={"cursor": cursor})
    assert answer.status_code == 400
    assert cursor not in answer.text


def test_the_proposals_of_a_child_come_from_the_newest_run(
    client: TestClient, loaded: Database, runs: tuple[UUID, UUID]
) -> None:
    """Same family, alternatives and reasons as in the run; one that fails later changes nothing."""
    with session_for(loaded.sessions, SYSTEM) as session:
        entries = build_report(session, find_run(session, runs[1]))["voorstellen"]
        numbers = {row.number: row.id for row in _all(session, runs[1])}
    fail_attempt(begin(loaded, ask(loaded)), "Mislukt voor de test.")
    for entry in entries[:20]:
        answer = client.get(f"/v1/kinderen/{numbers[entry['aanmeldnummer']]}/matchvoorstellen")
        shown = answer.json()
        assert UUID(shown["matchrun"]) == runs[1]
        assert answer.headers["ETag"] == f'"{runs[1]}.1"'
        assert (shown["voorstel"] or {}).get("gezin") == entry["gezin"]
        fresh = {"eerstBevestigen": None}  # the exports have just been read
        assert shown["alternatieven"] == [option | fresh for option in entry["alternatieven"]]
        assert shown["waaromNiet"] == entry["waaromNiet"]
        assert ChildProposals.model_validate(shown).model_dump(mode="json") == shown


def test_who_was_not_heard_of_lately_is_called_first(
    client: TestClient, loaded: Database, runs: tuple[UUID, UUID], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Since when stands with the family, and the ETag is another one; a run is as it was."""
    with session_for(loaded.sessions, SYSTEM) as session:
        entries = build_report(session, find_run(session, runs[1]))["voorstellen"]
        entry = next(one for one in entries if one["gezin"] and one["alternatieven"])
        number = entry["aanmeldnummer"]
        child = next(row.id for row in _all(session, runs[1]) if row.number == number)
    path = f"/v1/kinderen/{child}/matchvoorstellen"
    before = client.get(path)
    monkeypatch.setattr(views, "load_settings", lambda: Settings(confirm_after_days=1))
    with session_for(loaded.sessions, SYSTEM) as session:
        session.execute(update(ImportBatch).values(applied_at=now() - timedelta(days=3)))
    after = client.get(path)
    told = [after.json()["voorstel"], *after.json()["alternatieven"]]
    assert all(option["eerstBevestigen"] for option in told)
    assert before.json()["voorstel"]["eerstBevestigen"] is None
    assert after.headers["ETag"] != before.headers["ETag"]
    provider, reference = entry["aanbieder"], entry["gezin"]
    client.post(f"/v1/pleeggezinnen/{provider}/{reference}/_bevestig")
    assert client.get(path).json()["voorstel"]["eerstBevestigen"] is None


def test_a_child_without_a_run_hears_why(
    client: TestClient, loaded: Database, runs: tuple[UUID, UUID]
) -> None:
    """Registered after the last run: nothing to show, and what to do about it."""
    with session_for(loaded.sessions, SYSTEM) as session:
        new = make_registration(session, number="AM-NIEUW").id
    shown = client.get(f"/v1/kinderen/{new}/matchvoorstellen").json()
    assert shown["voorstel"] is None
    assert "deed niet mee" in shown["reden"]
    assert client.get(f"/v1/kinderen/{new_id()}/matchvoorstellen").status_code == 404


def test_two_runs_are_compared(
    client: TestClient, loaded: Database, runs: tuple[UUID, UUID]
) -> None:
    """Every difference is told, and nothing else; goals stand side by side."""
    maximal, careful = runs
    found = client.get(f"/v1/matchruns/{careful}/_vergelijk?met={maximal}").json()
    with session_for(loaded.sessions, SYSTEM) as session:
        before, after = (families(session, run_id) for run_id in (maximal, careful))
    changed = {number for number in before if before[number] != after[number]}
    assert changed
    assert {child["aanmeldnummer"] for child in found["kinderen"]} == changed
    assert found["gelijk"] == 120 - len(changed)
    for child in found["kinderen"]:
        number = child["aanmeldnummer"]
        assert (child["van"] or {}).get("gezin") == before[number]
        assert (child["naar"] or {}).get("gezin") == after[number]
    placed = next(goal for goal in found["doelen"] if goal["code"] == "crisis_geplaatst")
    assert placed["met"] == 15
    same = client.get(f"/v1/matchruns/{careful}/_vergelijk?met={careful}").json()
    assert (same["kinderen"], same["gelijk"]) == ([], 120)


def test_an_unfinished_run_cannot_be_compared(
    client: TestClient, loaded: Database, runs: tuple[UUID, UUID]
) -> None:
    """409 with one sentence."""
    answer = client.get(f"/v1/matchruns/{ask(loaded)}/_vergelijk?met={runs[0]}")
    assert answer.status_code == 409
    assert "klaar" in answer.json()["detail"]


def test_a_repeated_request_asks_for_one_run(client: TestClient) -> None:
    """The same Idempotency-Key gives the same run; with another body it is refused."""
    key = {"Idempotency-Key": "twee-keer"}
    first, second = (client.post("/v1/matchruns", json={}, headers=key) for _ in range(2))
    assert first.json()["id"] == second.json()["id"]
    assert first.headers["Location"] == second.headers["Location"]
    other = client.post("/v1/matchruns", json={"seed": 2}, headers=key)
    assert other.status_code == 409


def test_runs_at_the_api_use_the_weights_of_the_region(
    client: TestClient, loaded: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """PLEEGZORG_WEIGHTS names the file that `risk fit` wrote; a broken one is said, not ignored."""
    path = tmp_path / "regio.toml"
    text = load_weights().text.replace(DEFAULT, "regio-2027", 1)
    path.write_text(text, encoding="utf-8")
    monkeypatch.setattr("app.proposals.ask.load_settings", lambda: Settings(weights=str(path)))
    asked = client.post("/v1/matchruns", json={"beleid": "maximaal"})
    assert asked.status_code == 202
    with session_for(loaded.sessions, SYSTEM) as session:
        assert weights_of(find_run(session, UUID(asked.json()["id"]))).version == "regio-2027"
    path.write_text("versie = 1", encoding="utf-8")
    refused = client.post("/v1/matchruns", json={"beleid": "maximaal"})
    assert refused.status_code == 503
    assert "PLEEGZORG_WEIGHTS" in refused.json()["detail"]


def test_a_newer_request_is_named(client: TestClient) -> None:
    """The replaced run says by which one."""
    older, newer = (client.post("/v1/matchruns", json={}).json()["id"] for _ in range(2))
    shown = client.get(f"/v1/matchruns/{older}").json()
    assert shown["stand"] == RunState.REPLACED
    assert shown["vervangenDoor"] == newer
    assert newer in shown["reden"]


def test_an_empty_region_is_refused(settings: Settings) -> None:
    """Nobody waits, or no family is known: 409 says which, and no run is left behind."""
    with (
        open_throwaway(settings) as empty,
        TestClient(create_app(empty), headers=bearer()) as client,
    ):
        answer = client.post("/v1/matchruns", json={})
        assert (answer.status_code, "geen kind" in answer.json()["detail"]) == (409, True)
        with session_for(empty.sessions, SYSTEM) as session:
            make_registration(session, number="AM-1")
        answer = client.post("/v1/matchruns", json={})
        assert (answer.status_code, "geen pleeggezin" in answer.text) == (409, True)
        assert client.get("/v1/matchruns").json() == {"matchruns": []}
