"""The road of a registration: which steps are open, and a history that nobody can leave out."""

from datetime import timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Connection, select, text
from sqlalchemy.exc import ProgrammingError
from sqlalchemy.orm import Session

from app.db.because import because
from app.intake.file_routes import router as files
from app.intake.routes import router
from app.kernel.clock import now, today_in_amsterdam
from app.kernel.stages import NEXT, Stage, StepNotOpen, require_step
from app.models import BegunPair, BegunState, Registration, RegistrationState
from tests.doors import open_door, signed_in
from tests.rows import make_family, make_placement, make_registration

Body = dict[str, Any]


@pytest.fixture
def client(connection: Connection, session: Session) -> TestClient:
    return open_door(connection, router, files)


def history(client: TestClient, id_: object) -> Body:
    answer = client.get(f"/v1/kinderen/{id_}/geschiedenis")
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def steps(told: Body) -> list[tuple[str | None, str]]:
    return [(step["van"], step["naar"]) for step in told["stappen"]]


BIG5 = dict.fromkeys(("wonen", "financien", "werk_scholing", "steunnetwerk", "welzijn"), "ja")


def begin(session: Session, registration: Registration, **changes: Any) -> BegunPair:
    family = make_family(session, reference="SPI-1")
    today = today_in_amsterdam()
    values = {
        "registration_id": registration.id, "family_id": family.id, "is_request": True,
        "rhythm": "voltijd", "begun_on": today, "held_until": today, "actor": "c",
    }  # fmt: skip
    pair = BegunPair(**values | changes)
    session.add(pair)
    session.commit()
    return pair


@pytest.mark.parametrize("stage", list(Stage))
def test_every_step_is_open_or_refused_by_name(stage: Stage) -> None:
    """Of every pair of stages one is true: the table lets it, or the refusal names what it lets."""
    for wanted in Stage:
        if wanted in NEXT[stage]:
            require_step(stage, wanted)
            continue
        with pytest.raises(StepNotOpen) as refused:
            require_step(stage, wanted)
        rest = str(refused.value).split(";")[1]
        assert [step for step in Stage if f"'{step.value}'" in rest] == sorted(
            NEXT[stage], key=list(Stage).index
        )


def test_every_road_ends_and_none_leads_out_of_an_end() -> None:
    """From every stage an end can be reached; withdrawn and closed are ends."""
    ends = {stage for stage in Stage if not NEXT[stage]}
    assert ends == {Stage.CLOSED, Stage.WITHDRAWN}
    reached = set(ends)
    for _ in Stage:
        reached |= {stage for stage in Stage if set(NEXT[stage]) & reached}
    assert reached == set(Stage)


def test_a_registration_begins_its_history(client: TestClient, example: Body) -> None:
    """Who registered the child, in which role, stands in it; and what can follow."""
    where = client.post("/v1/kinderen", json=example).headers["Location"]
    told = client.get(f"{where}/geschiedenis").json()
    assert steps(told) == [(None, "zoekt")]
    assert (told["stappen"][0]["wie"], told["stappen"][0]["rol"]) == ("api", "aanmeldpunt")
    assert told["stand"] == "zoekt"
    assert told["mogelijkeStappen"] == ["voorgesteld", "gesloten", "ingetrokken"]


def test_a_withdrawal_tells_why_and_a_second_one_what_is_open(
    client: TestClient, example: Body
) -> None:
    """After the end no step is open, and the refusal says so."""
    where = client.post("/v1/kinderen", json=example).headers["Location"]
    wish = {"json": {"reden": "verhuisd"}, "headers": {"If-Match": '"1"'}}
    assert client.post(f"{where}/_intrekken", **wish).status_code == 200
    told = client.get(f"{where}/geschiedenis").json()
    assert steps(told)[-1] == ("zoekt", "ingetrokken")
    assert told["stappen"][-1]["reden"] == "verhuisd"
    again = client.post(f"{where}/_intrekken", **wish)
    assert again.status_code == 409
    assert "geen stap meer" in again.json()["detail"]


def test_a_child_is_proposed_while_a_step_runs(client: TestClient, session: Session) -> None:
    """The stage follows the step, in the registration, in the list and in the history."""
    registration = make_registration(session, number="AM-1", big5=BIG5)
    pair = begin(session, registration)
    where = f"/v1/kinderen/{registration.id}"
    assert client.get(where).json()["stand"] == "voorgesteld"
    listed = client.get("/v1/kinderen", params={"stand": "voorgesteld"}).json()["kinderen"]
    assert [(one["aanmeldnummer"], one["stand"]) for one in listed] == [("AM-1", "voorgesteld")]
    assert client.get("/v1/kinderen", params={"stand": "zoekt"}).json()["kinderen"] == []
    pair.state, pair.reason, pair.ended_at = BegunState.EXPIRED, "toch niet", now()
    with session.no_autoflush, because(session, "toch niet", of=registration.id):
        pass
    session.commit()
    assert client.get(where).json()["stand"] == "zoekt"
    told = history(client, registration.id)
    assert steps(told) == [(None, "zoekt"), ("zoekt", "voorgesteld"), ("voorgesteld", "zoekt")]
    assert told["stappen"][-1]["reden"] == "toch niet"


def test_a_hold_that_ran_out_ends_by_its_day(client: TestClient, session: Session) -> None:
    """Nobody has to do anything for it, and the history tells it all the same."""
    registration = make_registration(session, number="AM-1", big5=BIG5)
    yesterday = today_in_amsterdam() - timedelta(days=1)
    begin(session, registration, begun_on=yesterday, held_until=yesterday)
    told = history(client, registration.id)
    assert told["stand"] == "zoekt"
    assert steps(told)[-1] == ("voorgesteld", "zoekt")
    assert told["stappen"][-1]["wie"] == "systeem"


def test_a_placement_is_one_step_from_proposed(client: TestClient, session: Session) -> None:
    """Whoever writes the state, the history has it; the end of the step adds nothing."""
    registration = make_registration(session, number="AM-1", big5=BIG5)
    pair = begin(session, registration)
    registration.state = RegistrationState.PLACED
    session.commit()
    pair.state, pair.reason, pair.ended_at = BegunState.EXPIRED, "geplaatst", now()
    session.commit()
    told = history(client, registration.id)
    assert steps(told)[1:] == [("zoekt", "voorgesteld"), ("voorgesteld", "geplaatst")]
    assert told["mogelijkeStappen"] == ["gesloten"]


def test_a_registration_is_closed_after_its_placement(client: TestClient, session: Session) -> None:
    """Not while the child lives there; a closed registration keeps the reason."""
    registration = make_registration(
        session, number="AM-1", big5=BIG5, state=RegistrationState.PLACED
    )
    family, today = make_family(session, reference="SPI-1"), today_in_amsterdam()
    stay = make_placement(
        session,
        registration_id=registration.id,
        family_id=family.id,
        since=today - timedelta(days=9),
    )
    session.commit()
    close = f"/v1/kinderen/{registration.id}/_sluiten"
    wish: Body = {"json": {"reden": "De jongere is 18."}}
    assert client.post(close, **wish).status_code == 409
    stay.until = today - timedelta(days=1)
    session.commit()
    assert client.post(close, **wish).status_code == 428
    answer = client.post(close, **wish, headers={"If-Match": '"1"'})
    assert (answer.status_code, answer.json()["stand"]) == (200, "gesloten")
    last = history(client, registration.id)["stappen"][-1]
    assert (last["van"], last["naar"], last["reden"]) == (
        "geplaatst", "gesloten", "De jongere is 18.",
    )  # fmt: skip


def test_nobody_writes_history_by_hand(session: Session) -> None:
    """The application may read it, and neither add, change nor remove a step."""
    registration = make_registration(session, number="AM-1", big5=BIG5)
    session.commit()
    for words in (
        "INSERT INTO stage_change (registration_id, to_stage, actor, role) "
        f"VALUES ('{registration.id}', 'gesloten', 'x', 'x')",
        "UPDATE stage_change SET actor = 'x'",
        "DELETE FROM stage_change",
        f"SELECT pleegzorg_note_stage('{registration.id}', 'gesloten', NULL)",
    ):
        with pytest.raises(ProgrammingError), session.begin_nested():
            session.execute(text(words))


def test_a_referrer_reads_the_history_of_its_own_child_without_names(
    client: TestClient, example: Body, session: Session
) -> None:
    """What it did stands there in its own role; of another's child there is nothing."""
    own, other = signed_in("verwijzer", "gi-a"), signed_in("verwijzer", "gi-b")
    where = client.post("/v1/kinderen", json=example, headers=own).headers["Location"]
    shown = client.get(f"{where}/geschiedenis", headers=own).json()["stappen"]
    assert [(step["naar"], step["rol"]) for step in shown] == [("zoekt", "verwijzer")]
    assert "wie" not in shown[0]
    assert client.get(f"{where}/geschiedenis", headers=other).status_code == 404
    registration = session.scalars(select(Registration)).one()
    begin(session, registration)
    assert client.get(where, headers=own).json()["stand"] == "voorgesteld"
