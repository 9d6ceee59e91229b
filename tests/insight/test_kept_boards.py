"""Boards that stand ready: the same as counted now, for a quarter of an hour, until asked anew."""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import create_engine, text
from sqlalchemy.orm import Session

from app.db.opened import Database
from app.db.session import session_for
from app.insight.every_board import asked_first
from app.insight.tasks import OFTEN, register_tasks
from app.jobs import BOARDS, make_queue, queue_job
from app.kernel.actor import SYSTEM, Actor, ActorRole
from app.kernel.clock import now, today_in_amsterdam
from app.main import create_app
from app.models import KeptBoardName
from app.outcomes.fair_ready import days_asked_first
from tests.databases import work_off
from tests.insight.past import untimed
from tests.signing import bearer

Ask = Callable[..., Any]
REGION = "/v1/regiocijfers"
PLACES, YEAR = "/v1/regiocijfers/plekken", f"/v1/jaarverslagen/{now().year}"
NAMES = ("", "/wachttijden", "/plaatsingen", "/plekken", "/preventie", "/vergelijkingen")
BOARDS_SHOWN = [*(f"/v1/regiocijfers{name}" for name in NAMES), YEAR, "/v1/eerlijkheid"]


@pytest.fixture(scope="module")
def region(loaded_region: Database) -> Database:
    """A region whose worker made its round."""
    with session_for(loaded_region.sessions, SYSTEM) as session:
        queue_job(make_queue(""), session, BOARDS, timestamp=1)
    work_off(loaded_region)
    return loaded_region


@pytest.fixture(scope="module")
def sql(region: Database) -> Iterator[Callable[..., Any]]:
    """Tell the database something as its owner."""
    engine = create_engine(region.url)

    def told(statement: str, **given: Any) -> Any:
        with Session(engine) as session, session.begin():
            found = session.execute(text(statement), given)
            return found.all() if found.returns_rows else None

    yield told
    engine.dispose()


@pytest.fixture(scope="module")
def ask(region: Database) -> Ask:
    """Return a maker of answers, for a coordinator unless told otherwise."""
    client = TestClient(create_app(region))

    def asked(url: str, role: ActorRole = ActorRole.COORDINATOR, status: int = 200) -> Any:
        answer = client.get(url, headers=bearer(role))
        assert answer.status_code == status, answer.text
        return answer.json()

    return asked


def test_the_round_is_noted_and_none_of_its_jobs_failed(sql: Any) -> None:
    """The worker's own database role may read all that it counts."""
    assert sql("SELECT count(*) FROM procrastinate_jobs WHERE status <> 'succeeded'") == [(0,)]
    assert sql("SELECT count(*) FROM audit_event WHERE operation = 'zetBordenKlaar'") == [(1,)]
    kept = sql("SELECT name, first, last FROM kept_board")
    today = today_in_amsterdam()
    assert {tuple(row) for row in kept} == {
        *((board.name, period.first, period.last) for board, period in asked_first(today)),
        *((KeptBoardName.FAIRNESS, *days) for days in days_asked_first()),
    }
    assert {row.name for row in kept} == set(KeptBoardName)


@pytest.mark.parametrize("day", ["2026-11-30", "2026-12-01", "2027-01-01", "2028-02-29"])
def test_each_board_stands_ready_once_on_any_day(monkeypatch: pytest.MonkeyPatch, day: str) -> None:
    """On the first of a month a year by day and a year in whole months are the same days."""
    today = date.fromisoformat(day)
    monkeypatch.setattr("app.http.figure_period.today_in_amsterdam", lambda: today)
    keys = [(board.name, period.first, period.last) for board, period in asked_first(today)]
    keys += [(KeptBoardName.FAIRNESS, *days) for days in days_asked_first()]
    assert len(keys) == len({*keys})
    assert {name for name, *_ in keys} == set(KeptBoardName)


@pytest.mark.parametrize("url", BOARDS_SHOWN)
@pytest.mark.parametrize("role", [ActorRole.COORDINATOR, ActorRole.MANAGER])
def test_what_stands_ready_is_what_is_counted(ask: Ask, url: str, role: ActorRole) -> None:
    """Nothing changed since: every figure is the same, and each says when it was counted."""
    ready, counted = ask(url, role), ask(f"{url}?opnieuw=true", role)
    assert ready != counted
    assert ready["standVan"] < counted["standVan"]
    assert untimed(ready) == untimed(counted)


def test_a_change_shows_when_asked_anew(ask: Ask, sql: Any) -> None:
    """Nobody sees half of it: what stands ready says of when it is."""
    before = ask(PLACES)["totaal"]["plekken"]
    sql("UPDATE place SET is_offered = false WHERE NOT EXISTS "
        "(SELECT FROM occupation WHERE place_id = place.id AND released_at IS NULL)")  # fmt: skip
    try:
        assert ask(PLACES)["totaal"]["plekken"] == before
        assert ask(f"{PLACES}?opnieuw=true")["totaal"]["plekken"] < before
    finally:
        sql("UPDATE place SET is_offered = true")


@pytest.mark.parametrize(
    "change",
    [
        "made_at = made_at - interval '15 minutes'",
        "made_at = made_at + interval '1 hour'",
        "on_day = on_day - 1",
        "answer = '{}'",
    ],
)
def test_what_is_too_old_or_of_another_version_is_not_told(ask: Ask, sql: Any, change: str) -> None:
    """A worker that is away leaves no old figures: then they are counted at once."""
    kept = sql("SELECT * FROM kept_board WHERE name = 'plekken'")
    moment = ask(PLACES)["standVan"]
    sql(f"UPDATE kept_board SET {change} WHERE name = 'plekken'")
    try:
        assert ask(PLACES)["standVan"] > moment
    finally:
        sql("DELETE FROM kept_board WHERE name = 'plekken'")
        for row in kept:
            sql("INSERT INTO kept_board VALUES (:name, :first, :last, :on_day, :made_at, :answer)",
                **row._mapping)  # fmt: skip
    assert ask(PLACES)["standVan"] == moment


def test_another_period_is_counted(ask: Ask) -> None:
    """Only the period that is asked for first stands ready."""
    moment = datetime.fromisoformat(ask(f"{PLACES}?van=2026-01-01")["standVan"])
    assert now() - moment < timedelta(minutes=1)
    assert moment > datetime.fromisoformat(ask(PLACES)["standVan"])


def test_a_small_total_is_told_to_who_has_the_list_alone(ask: Ask, sql: Any) -> None:
    """Also where it stands ready: there is one for each of the two."""
    rows = sql("SELECT name, answer FROM kept_board WHERE name LIKE 'regio%'")
    ready = {name: json.loads(answer)["wachtenden"] for name, answer in rows}
    assert ask(REGION)["wachtenden"] == ready["regio"]
    assert ask(REGION, ActorRole.MANAGER)["wachtenden"] == ready["regio zonder lijst"]
    ((waiting,),) = sql("SELECT count(*) FROM registration WHERE state = 'zoekt'")
    assert ready["regio"]["aantal"] == waiting


def test_only_who_may_see_the_board_sees_it(ask: Ask, region: Database) -> None:
    """By the door, and in the database: only the system reads what stands ready."""
    ask(PLACES, ActorRole.CRISIS, 403)
    for role in set(ActorRole) - {ActorRole.SYSTEM}:
        with session_for(region.sessions, Actor("iemand", role)) as session:
            assert session.scalar(text("SELECT count(*) FROM kept_board")) == 0


def test_one_that_fails_keeps_no_other_from_standing_ready(
    region: Database, ask: Ask, sql: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The job fails, so that somebody looks; who asks for that board has it counted."""

    def broken(session: Session, *_: object) -> Any:
        session.execute(text("SELECT 1 / 0"))

    def first_broken(today: date) -> Iterator[tuple[Any, Any]]:
        for board, period in asked_first(today):
            is_broken = board.name is KeptBoardName.WAITING
            yield (replace(board, count=broken) if is_broken else board), period

    monkeypatch.setattr("app.insight.kept.asked_first", first_broken)
    with session_for(region.sessions, SYSTEM) as session:
        queue_job(make_queue(""), session, BOARDS, timestamp=2)
    work_off(region)
    kept = {name for (name,) in sql("SELECT name FROM kept_board")}
    assert kept == {name.value for name in KeptBoardName} - {KeptBoardName.WAITING.value}
    assert sql("SELECT count(*) FROM procrastinate_jobs WHERE status = 'failed'") == [(1,)]
    moment = datetime.fromisoformat(ask("/v1/regiocijfers/wachttijden")["standVan"])
    assert now() - moment < timedelta(minutes=1)


def test_the_queue_itself_asks_every_ten_minutes(region: Database) -> None:
    """More often than what stands ready grows old."""
    queue = make_queue("")
    register_tasks(queue, region.sessions)
    (task,) = queue.periodic_registry.periodic_tasks.values()
    assert (task.task.name, task.cron) == (BOARDS, OFTEN)
