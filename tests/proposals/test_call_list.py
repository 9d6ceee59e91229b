"""The call list of a run: chosen and weighed by the worker, a call at a time, and kept."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import create_engine, select, text

from app.db.opened import Database
from app.db.session import SessionMaker, session_for
from app.jobs import CALL_LIST, MATCH_RUN, make_queue, queue_job
from app.kernel.actor import SYSTEM
from app.kernel.ids import new_id
from app.main import create_app
from app.matching.questions.nearly import find_calls
from app.models import Registration, RunCallList
from app.proposals import call_list, call_steps
from app.proposals.call_steps import work_out_next
from app.proposals.queries import find_run, proposed_in_run
from app.proposals.question_views import tell_difference
from app.proposals.runs import perform_run
from app.proposals.standing import Standing, standing_of
from tests.databases import of_worker, work_off
from tests.proposals.asking import ask
from tests.signing import bearer

FEW = 5


@pytest.fixture(scope="module")
def loaded(loaded_region: Database) -> Database:
    """The example region, committed."""
    return loaded_region


@pytest.fixture(scope="module")
def done(loaded: Database) -> UUID:
    """A run that is done."""
    asked = ask(loaded, policy="zorgvuldig")
    perform_run(loaded.sessions, actor=SYSTEM, run_id=asked)
    return asked


@pytest.fixture
def run_id(loaded: Database, done: UUID, monkeypatch: pytest.MonkeyPatch) -> UUID:
    """A run whose call list nobody asked for yet; of five calls, for each takes a whole plan."""
    monkeypatch.setattr(call_steps, "KEPT", FEW)
    engine = create_engine(loaded.url)
    with engine.begin() as connection:
        connection.execute(text("DELETE FROM run_call_list"))
    engine.dispose()
    return done


@pytest.fixture
def worker(loaded: Database) -> Iterator[SessionMaker]:
    """The worker's own role; what is queued and not worked off is forgotten."""
    with of_worker(loaded) as own:
        yield own.sessions
    engine = create_engine(loaded.url)
    with engine.begin() as connection:
        connection.execute(text("DELETE FROM procrastinate_jobs WHERE status = 'todo'"))
    engine.dispose()


@pytest.fixture(scope="module")
def client(loaded: Database) -> Iterator[TestClient]:
    with TestClient(create_app(loaded), headers=bearer()) as opened:
        yield opened


def test_it_is_worked_out_once_somebody_asks(
    client: TestClient, loaded: Database, run_id: UUID
) -> None:
    """First empty, then whole; equal to what the engine finds at once, and asked for one time."""
    first = _asked(client, run_id)
    assert (first["stand"], first["belregels"]) == ("wordt uitgerekend", [])
    _asked(client, run_id)
    assert _queued(loaded, run_id) == 1
    work_off(loaded)
    told = _asked(client, run_id, number=FEW)
    assert told["stand"] == "klaar"
    assert _queued(loaded, run_id) == 0
    standing = _standing(loaded, run_id)
    found = find_calls(standing.case, FEW)
    assert len(found) > 1
    assert [_gain(call) for call in told["belregels"]] == [
        tell_difference(standing, call.gain).model_dump(mode="json", by_alias=True)
        for call in found
        if call.gain is not None
    ]
    numbers = standing.case.problem.children.number
    assert [
        (call["aanmeldnummer"], call["regel"], call["vraag"], call["breakdownKans"])
        for call in told["belregels"]
    ] == [(numbers[one.child], one.rule, one.question, one.option.chance) for one in found]


def test_a_shorter_list_is_of_who_needs_it_most(
    client: TestClient, loaded: Database, run_id: UUID
) -> None:
    """The first so many that were chosen, sorted by their gain: as the engine has them."""
    _asked(client, run_id)
    work_off(loaded)
    standing = _standing(loaded, run_id)
    numbers = standing.case.problem.children.number
    told = _asked(client, run_id, number=3)["belregels"]
    assert [(call["aanmeldnummer"], call["regel"]) for call in told] == [
        (numbers[call.child], call.rule) for call in find_calls(standing.case, 3)
    ]


def test_it_is_answered_by_the_facts(client: TestClient, loaded: Database, run_id: UUID) -> None:
    """A call of the run stands on the child's own list, and asking "why not" names its rule."""
    _asked(client, run_id)
    work_off(loaded)
    calls = _asked(client, run_id, number=4)["belregels"]
    assert len(calls) == 4
    losses = [[goal["verlies"] for goal in call["opbrengst"]["doelen"]] for call in calls]
    assert losses == sorted(losses)
    call = calls[0]
    with session_for(loaded.sessions, SYSTEM) as session:
        child = session.scalars(
            select(Registration.id).where(Registration.number == call["aanmeldnummer"])
        ).one()
        placed = proposed_in_run(session, run_id)
    assert placed[call["aanmeldnummer"]] is None
    own = client.get(f"/v1/kinderen/{child}/bijna-passend").json()["belregels"]
    assert call | {"opbrengst": None} in own
    path = f"/v1/kinderen/{child}/waarom-niet/{call['aanbieder']}/{call['gezin']}"
    answer = client.get(path).json()
    assert [reason["code"] for reason in answer["geweigerdDoor"]] == [call["regel"]]
    assert answer["kleinsteWijziging"]["onderhandelbaar"]


def test_a_job_works_out_one_yes_and_asks_for_the_next(
    client: TestClient, worker: SessionMaker, run_id: UUID
) -> None:
    """In between anything may go first; what is known is told, what is not is last and empty."""
    outbox = make_queue("")
    work_out_next(worker, outbox, run_id)
    assert {_gain(call) is None for call in _asked(client, run_id)["belregels"]} == {True}
    work_out_next(worker, outbox, run_id)
    told = _asked(client, run_id, number=5)
    assert told["stand"] == "wordt uitgerekend"
    assert [_gain(call) is None for call in told["belregels"]] == [False, True, True, True, True]


def test_a_run_that_is_asked_for_goes_first(worker: SessionMaker, run_id: UUID) -> None:
    """By the order of the queue: the next step of a list waits behind it."""
    with session_for(worker, SYSTEM) as session:
        queue_job(
            make_queue(""), session, CALL_LIST, lock=f"{CALL_LIST}:{run_id}",
            priority=call_list.AFTER_RUNS, run_id=str(run_id),
        )  # fmt: skip
        queue_job(make_queue(""), session, MATCH_RUN, lock="toets", run_id=str(new_id()))
        order = session.scalars(
            text(
                "SELECT task_name FROM procrastinate_jobs WHERE status = 'todo' "
                "ORDER BY priority DESC, id"
            )
        ).all()
    assert order == [MATCH_RUN, CALL_LIST]


def test_steps_after_the_last_change_nothing(
    loaded: Database, worker: SessionMaker, run_id: UUID
) -> None:
    """A job that comes twice, or for a run that is not done, does no harm."""
    outbox = make_queue("")
    for _ in range(FEW + 2):
        work_out_next(worker, outbox, run_id)
    before = _kept(loaded, run_id)
    work_out_next(worker, outbox, run_id)
    assert before.is_done
    assert _kept(loaded, run_id).calls == before.calls
    waiting = ask(loaded)
    work_out_next(worker, outbox, waiting)
    assert (_kept(loaded, waiting).calls, _kept(loaded, waiting).is_done) == (None, False)


def test_nobody_stands_in_it_by_number(
    loaded: Database, worker: SessionMaker, run_id: UUID
) -> None:
    """What is kept holds positions, a rule and figures: no number, no family, no sentence."""
    for _ in range(3):
        work_out_next(worker, make_queue(""), run_id)
    words = {value for call in _kept(loaded, run_id).calls for value in call.values()
             if isinstance(value, str)}  # fmt: skip
    assert words == {call["regel"] for call in _kept(loaded, run_id).calls}


def test_a_large_problem_has_calls_without_gains(
    client: TestClient, worker: SessionMaker, run_id: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is done as soon as it is known whom to call."""
    monkeypatch.setattr(call_steps, "is_large", lambda _: True)
    work_out_next(worker, make_queue(""), run_id)
    told = _asked(client, run_id)
    assert told["stand"] == "klaar"
    assert {_gain(call) is None for call in told["belregels"]} == {True}


def test_a_call_that_fails_is_left_out_and_the_rest_is_worked_out(
    client: TestClient, worker: SessionMaker, run_id: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is tried three times; then the next, and nobody asks for it again."""
    real, tried = call_steps.find_gain, []

    def fails_for_the_first(case: Any, call: Any) -> Any:
        tried.append((call.child, call.family))
        if tried[0] == tried[-1]:
            raise RuntimeError("mislukt met opzet")
        return real(case, call)

    monkeypatch.setattr(call_steps, "find_gain", fails_for_the_first)
    for _ in range(1 + call_steps.MOST_TRIES + FEW):
        work_out_next(worker, make_queue(""), run_id)
    assert tried.count(tried[0]) == call_steps.MOST_TRIES
    told = _asked(client, run_id, number=FEW)
    assert told["stand"] == "klaar"
    assert [_gain(call) is None for call in told["belregels"]] == [*[False] * (FEW - 1), True]


def test_who_to_call_cannot_be_found(
    client: TestClient, worker: SessionMaker, run_id: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    """That is said, and nothing is asked for again."""
    monkeypatch.setattr(call_steps, "choose_calls", _falls_over)
    for _ in range(call_steps.MOST_TRIES):
        assert _asked(client, run_id)["stand"] == "wordt uitgerekend"
        work_out_next(worker, make_queue(""), run_id)
    assert _asked(client, run_id) == {
        "matchrun": str(run_id), "stand": "mislukt", "belregels": [],
    }  # fmt: skip


def test_what_takes_its_worker_down_counts_as_a_try(
    client: TestClient, worker: SessionMaker, run_id: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A worker that is gone in the middle says nothing; the fourth does not try any more."""
    monkeypatch.setattr(call_steps, "choose_calls", _goes_down)
    for _ in range(call_steps.MOST_TRIES):
        with pytest.raises(KeyboardInterrupt):
            work_out_next(worker, make_queue(""), run_id)
    work_out_next(worker, make_queue(""), run_id)
    assert _asked(client, run_id)["stand"] == "mislukt"


def _falls_over(*_: object) -> None:
    raise RuntimeError("mislukt met opzet")


def _goes_down(*_: object) -> None:
    raise KeyboardInterrupt


def _asked(client: TestClient, run_id: UUID, *, number: int = 10) -> dict[str, Any]:
    answer = client.get(f"/v1/matchruns/{run_id}/bijna-passend", params={"aantal": number})
    assert answer.status_code == 200, answer.text
    told: dict[str, Any] = answer.json()
    return told


def _gain(call: dict[str, Any]) -> Any:
    return call["opbrengst"]


def _standing(loaded: Database, run_id: UUID) -> Standing:
    with session_for(loaded.sessions, SYSTEM) as session:
        return standing_of(session, find_run(session, run_id))


def _kept(loaded: Database, run_id: UUID) -> RunCallList:
    with session_for(loaded.sessions, SYSTEM) as session:
        return session.get_one(RunCallList, run_id)


def _queued(loaded: Database, run_id: UUID) -> int:
    with session_for(loaded.sessions, SYSTEM) as session:
        return session.scalars(
            text("SELECT count(*) FROM procrastinate_jobs WHERE lock = :lock AND status = 'todo'"),
            {"lock": f"{CALL_LIST}:{run_id}"},
        ).one()
