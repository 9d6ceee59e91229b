"""What people decide about learnt weights, and what the next runs use after it."""

from typing import Any

import pytest
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Connection, text
from sqlalchemy.orm import Session

from app.jobs import LEARN, make_queue
from app.kernel.actor import ActorRole
from app.matching.risk.weights import DEFAULT
from app.models import DecisionKind, MatchRun, WeightsDecision
from app.outcomes.routes import router
from app.proposals import standing
from app.proposals.ask import weights_of_region
from app.proposals.question_routes import router as questions
from app.settings import Settings
from app.weights_in_force import add_up
from tests.doors import open_door, signed_in
from tests.outcomes.versions import make_version, text_of
from tests.proposals.running import run_here
from tests.rows import make_family, make_registration

FIRST, SECOND = "uitkomsten-2026-11-01-aaaaaaaa", "uitkomsten-2026-11-28-bbbbbbbb"
REASON = {"reden": "Besproken in het regionaal overleg."}


@pytest.fixture
def client(connection: Connection, session: Session) -> TestClient:
    door = open_door(connection, router, questions)
    door.v1.state.queue = make_queue("")  # type: ignore[attr-defined]
    return door


def decide(client: TestClient, path: str, *, status: int = 200) -> dict[str, Any]:
    answer = client.post(
        f"/v1/weegfactoren/{path}", json=REASON, headers=signed_in(ActorRole.COORDINATOR)
    )
    assert answer.status_code == status, answer.text
    found: dict[str, Any] = answer.json()
    return found


def propose(session: Session, version: str, **more: Any) -> None:
    """Insert a version as the worker does; a door in between told the database of its asker."""
    session.commit()
    make_version(session, version, **more)
    session.commit()


def in_use(session: Session) -> str:
    weights = weights_of_region(session)
    return weights.version if weights is not None else "meegeleverd"


def test_accepted_is_in_force_for_the_next_runs(client: TestClient, session: Session) -> None:
    """With who, when and why; until then nothing changes."""
    propose(session, FIRST)
    assert in_use(session) == "meegeleverd"
    told = decide(client, f"{FIRST}/_aanvaarden")
    assert (told["stand"], in_use(session)) == ("in werking", FIRST)
    assert (told["besluit"]["reden"], told["besluit"]["rol"]) == (REASON["reden"], "coordinator")
    listed = client.get("/v1/weegfactoren?inWerking=true").json()
    assert [version["versie"] for version in listed["versies"]] == [FIRST]
    assert listed["geldend"]["bron"] == "besluit van de regio"
    assert listed["geldend"]["vorige"] == DEFAULT


def test_the_previous_version_is_back_in_one_step(client: TestClient, session: Session) -> None:
    """And the one before that in another; then there is nothing left to roll back."""
    propose(session, FIRST)
    decide(client, f"{FIRST}/_aanvaarden")
    propose(session, SECOND, compared_with=FIRST)
    decide(client, f"{SECOND}/_aanvaarden")
    assert in_use(session) == SECOND
    told = decide(client, "_terugdraaien")
    assert (in_use(session), told["geldend"]["versie"]) == (FIRST, FIRST)
    assert {v["versie"]: v["stand"] for v in told["versies"]} == {
        SECOND: "teruggedraaid", FIRST: "in werking",
    }  # fmt: skip
    decide(client, "_terugdraaien")
    assert in_use(session) == "meegeleverd"
    assert "Er is geen besluit" in decide(client, "_terugdraaien", status=409)["detail"]
    kinds = [d["besluit"] for d in client.get("/v1/weegfactoren").json()["besluiten"]]
    assert kinds == ["teruggedraaid", "teruggedraaid", "aanvaard", "aanvaard"]


def test_the_region_goes_before_the_setting_of_the_service(
    client: TestClient, session: Session, monkeypatch: pytest.MonkeyPatch, tmp_path: Any
) -> None:
    """PLEEGZORG_WEIGHTS counts until the region accepts, and again when that is rolled back."""
    path = tmp_path / "dienst.toml"
    path.write_text(text_of("dienst-2026"), encoding="utf-8")
    for module in ("app.proposals.ask", "app.outcomes.version_of"):
        monkeypatch.setattr(f"{module}.load_settings", lambda: Settings(weights=str(path)))
    propose(session, FIRST, compared_with="dienst-2026")
    told = client.get("/v1/weegfactoren").json()["geldend"]
    assert (told["versie"], told["bron"]) == ("dienst-2026", "instelling van de dienst")
    assert in_use(session) == "dienst-2026"
    decide(client, f"{FIRST}/_aanvaarden")
    assert in_use(session) == FIRST
    decide(client, "_terugdraaien")
    assert in_use(session) == "dienst-2026"


def test_only_the_newest_open_proposal_can_be_accepted(
    client: TestClient, session: Session
) -> None:
    """One that lapsed, was rejected or is in force is told to be so."""
    propose(session, FIRST)
    propose(session, SECOND)
    assert "vervallen" in decide(client, f"{FIRST}/_aanvaarden", status=409)["detail"]
    decide(client, f"{SECOND}/_afwijzen")
    assert "afgewezen" in decide(client, f"{SECOND}/_aanvaarden", status=409)["detail"]
    assert in_use(session) == "meegeleverd"
    decide(client, f"{FIRST}/_afwijzen")
    assert "afgewezen" in decide(client, f"{FIRST}/_afwijzen", status=409)["detail"]


def test_a_comparison_with_what_no_longer_holds_is_refused(
    client: TestClient, session: Session
) -> None:
    """Whoever accepts must have seen it beside what holds now."""
    propose(session, FIRST, compared_with="uitkomsten-van-vroeger")
    found = decide(client, f"{FIRST}/_aanvaarden", status=409)["detail"]
    assert "uitkomsten-van-vroeger" in found
    assert DEFAULT in found


def test_too_few_outcomes_cannot_be_accepted(client: TestClient, session: Session) -> None:
    """Without a comparison there is nothing to decide on; the page says so beforehand."""
    propose(session, FIRST, comparison=None)
    told = client.get(f"/v1/weegfactoren/{FIRST}", headers=signed_in("regiomanager")).json()
    assert (told["aanvaardbaar"], told["naastElkaar"]) == (False, None)
    assert "te weinig uitkomsten" in told["waaromNiet"]
    assert decide(client, f"{FIRST}/_aanvaarden", status=409)["detail"] == told["waaromNiet"]


@pytest.mark.parametrize("reason", ["", "   ", "kort"])
def test_a_decision_needs_a_reason(client: TestClient, session: Session, reason: str) -> None:
    """Of at least a few words."""
    propose(session, FIRST)
    answer = client.post(f"/v1/weegfactoren/{FIRST}/_aanvaarden", json={"reden": reason})
    assert answer.status_code == 400
    assert "reden" in answer.text


@pytest.mark.parametrize("role", ["regiomanager", "auditor", "beheerder", "aanmeldpunt"])
def test_nobody_else_decides(client: TestClient, session: Session, role: str) -> None:
    """Who looks after the machine does not judge whom it ranks; nor does the job."""
    propose(session, FIRST)
    for path in (f"{FIRST}/_aanvaarden", f"{FIRST}/_afwijzen", "_terugdraaien"):
        answer = client.post(f"/v1/weegfactoren/{path}", json=REASON, headers=signed_in(role))
        assert answer.status_code == 403
    assert session.scalar(text("SELECT count(*) FROM weights_decision")) == 0


def test_learning_is_asked_for_once(client: TestClient, session: Session) -> None:
    """Who asks while it waits hears that."""
    first, second = (client.post("/v1/weegfactoren/_leer") for _ in range(2))
    assert (first.status_code, second.status_code) == (202, 202)
    assert first.json() != second.json()
    waiting = text("SELECT count(*) FROM procrastinate_jobs WHERE task_name = :task")
    assert session.scalar(waiting, {"task": LEARN}) == 1


def test_pages_of_versions(client: TestClient, session: Session) -> None:
    """The newest first, each once."""
    for number in range(3):
        propose(session, f"uitkomsten-{number}")
    first = client.get("/v1/weegfactoren?aantal=2")
    rest = client.get(first.links["next"]["url"])
    found = [v["versie"] for page in (first, rest) for v in page.json()["versies"]]
    assert found == ["uitkomsten-2", "uitkomsten-1", "uitkomsten-0"]
    assert client.get("/v1/weegfactoren/uitkomsten-9").status_code == 404


def test_a_ranking_of_before_is_replayed_with_its_own_version(
    client: TestClient, session: Session
) -> None:
    """Accepting other weights changes no run that was done; the next one uses them."""
    for number in range(1, 4):
        make_family(session, reference=f"SPI-{number}", experience_years=number)
        make_registration(session, number=f"AM-{number}")
    before = run_here(session, weights=weights_of_region(session))
    propose(session, FIRST, kin=-0.9)
    decide(client, f"{FIRST}/_aanvaarden")
    session.commit()
    after = run_here(session, weights=weights_of_region(session))
    assert (before.weights_version, after.weights_version) == (DEFAULT, FIRST)
    session.commit()
    assert chances(session, before) != chances(session, after)
    for run in (before, after):
        standing._kept.clear()
        played = client.get(f"/v1/matchruns/{run.id}/naspeling").json()
        assert (played["gelijk"], played["grootsteKansverschil"]) == (True, 0)


def chances(session: Session, run: MatchRun) -> list[float]:
    found = text("SELECT chance FROM proposal WHERE run_id = :run ORDER BY chance, id")
    return list(session.scalars(found, {"run": run.id}))


@given(st.lists(st.sampled_from(["aanvaard", "terug", "af", "uit", "aan"]), max_size=30))
def test_rolling_back_undoes_the_last_acceptance(steps: list[str]) -> None:
    """Whatever came before: what holds is what held before the version that is rolled back."""
    made: list[WeightsDecision] = []
    kinds = {
        "aanvaard": DecisionKind.ACCEPTED, "af": DecisionKind.REJECTED,
        "uit": DecisionKind.CHANCES_OFF, "aan": DecisionKind.CHANCES_ON,
    }  # fmt: skip
    for number, step in enumerate(steps):
        before = add_up(made)
        if step == "terug":
            if before.in_force is None:
                continue
            kind, version = DecisionKind.ROLLED_BACK, before.in_force
        else:
            kind, version = kinds[step], f"v{number}"
        made.append(WeightsDecision(kind=kind, version=version))
        after = add_up(made)
        if step == "terug":
            assert after.accepted == before.accepted[:-1]
        elif step == "aanvaard":
            assert after.in_force == version
        else:
            assert after.in_force == before.in_force
