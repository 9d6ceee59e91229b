"""An alarm of the calibration board is told once, to who subscribes, and names nobody."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import URL, delete, select, text
from sqlalchemy.orm import Session

from app.db.opened import Database
from app.db.session import session_for
from app.events.catalogue import Occurrence
from app.events.emit import DELIVER
from app.jobs import SCORE_WATCH, make_queue, queue_job
from app.kernel.actor import SYSTEM, Actor, ActorRole
from app.models import AlarmKind, Channel, Event, ScoreAlarm
from app.notify.mail import write_mail
from app.notify.schemas import SubscriptionIn
from app.notify.service import subscribe
from app.outcomes import alarming
from app.outcomes.alarming import QUIET, watch_score
from app.outcomes.calibration import show_calibration
from app.outcomes.calibration_schemas import DriftState
from app.outcomes.tasks import WATCHED, register_tasks
from app.settings import Settings
from tests.databases import copied, of_worker, work_off
from tests.outcomes.made import TODAY, insert_placements
from tests.outcomes.worlds import draw_world

WEEK = timedelta(days=7)
ALARM, OVER = Occurrence.SCORE_ALARM.kind, Occurrence.SCORE_ALARM_OVER.kind
KEEPER = Actor("beheer", ActorRole.ADMINISTRATOR)


def opened(settings: Settings, reference: URL, **world: Any) -> Iterator[Database]:
    def fill(session: Session) -> None:
        insert_placements(session, draw_world(1500, seed=1, **world))

    with copied(settings, reference, fill) as database:
        yield database


@pytest.fixture(scope="module")
def drifting(settings: Settings, reference: URL) -> Iterator[Database]:
    """A region in which for half a year three times as many break down as was stated."""
    half_year_ago = TODAY - timedelta(days=182)
    yield from opened(settings, reference, drift_from=half_year_ago, factor=3.0)


@pytest.fixture(scope="module")
def quiet(settings: Settings, reference: URL) -> Iterator[Database]:
    """Its twin, whose chances are right."""
    yield from opened(settings, reference)


@pytest.fixture
def watched(quiet: Database, monkeypatch: pytest.MonkeyPatch) -> Iterator["_Watched"]:
    """A board that says what a test lets it say, seen by the worker in its own role."""
    with of_worker(quiet) as own:
        yield _Watched(own, monkeypatch)
    with session_for(quiet.sessions, SYSTEM) as session:
        session.execute(text("SET ROLE NONE"))
        for table in (ScoreAlarm, Event):
            session.execute(delete(table))


class _Watched:
    def __init__(self, database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
        self._database, self._monkeypatch = database, monkeypatch

    def look(self, day: date, *on: AlarmKind) -> list[AlarmKind]:
        said = {kind: kind in on for kind in AlarmKind}
        self._monkeypatch.setattr(alarming, "_alarms_on", lambda _: said)
        with session_for(self._database.sessions, SYSTEM) as session:
            return watch_score(session, today=day)

    def told(self) -> list[tuple[str, str]]:
        with session_for(self._database.sessions, SYSTEM) as session:
            rows = session.scalars(select(Event).order_by(Event.sequence))
            return [(row.kind, row.data["alarm"]) for row in rows]


def test_a_drift_is_told_once_with_mail_that_names_nobody(
    drifting: Database, settings: Settings
) -> None:
    """The worker finds it; a second look tells nothing; the board says since when it stands."""
    wish = SubscriptionIn(
        kanaal=Channel.MAIL, adres="coordinator@regio.example", soorten=["nl.pleegzorg." + ALARM]
    )
    with session_for(drifting.sessions, KEEPER) as session:
        subscribe(session, actor=KEEPER, wish=wish, settings=settings)
    with of_worker(drifting) as own:
        for _ in range(2):
            with session_for(own.sessions, SYSTEM) as session:
                watch_score(session, today=TODAY)
    with session_for(drifting.sessions, SYSTEM) as session:
        board = show_calibration(session, today=TODAY)
        assert board.drift.state is DriftState.ALARM
        (alarm,) = [one for one in board.alarms if one.kind is AlarmKind.DRIFT]
        assert (alarm.since, alarm.last_on, alarm.until) == (TODAY, TODAY, None)
        events = session.scalars(select(Event).where(Event.kind == ALARM)).all()
        assert [one.data for one in events if one.data["alarm"] == "verschuiving"] == [
            {"alarm": "verschuiving"}
        ]
        queued = text("SELECT count(*) FROM procrastinate_jobs WHERE task_name = :task")
        assert session.scalar(queued, {"task": DELIVER}) == 1
        words = write_mail("c@regio.example", events[:1], settings).get_content()
    assert f"- 1 keer: {Occurrence.SCORE_ALARM.meaning}" in words


def test_a_twin_without_drift_tells_nothing(quiet: Database) -> None:
    """Nothing is stored and nobody is told."""
    with session_for(quiet.sessions, SYSTEM) as session:
        assert watch_score(session, today=TODAY) == []
        assert show_calibration(session, today=TODAY).alarms == []
        assert session.scalars(select(Event)).all() == []


def test_one_that_wavers_is_one_alarm(watched: _Watched) -> None:
    """On, off and on again within four weeks is told once; what is off for longer is over, once."""
    drift = AlarmKind.DRIFT
    assert watched.look(TODAY, drift) == [drift]
    assert watched.look(TODAY + WEEK) == []
    assert watched.look(TODAY + 2 * WEEK, drift) == []
    last_seen = TODAY + 2 * WEEK
    assert watched.look(last_seen + QUIET - WEEK) == []
    assert watched.told() == [(ALARM, "verschuiving")]
    for _ in range(2):
        assert watched.look(last_seen + QUIET) == []
    assert watched.told() == [(ALARM, "verschuiving"), (OVER, "verschuiving")]
    assert watched.look(last_seen + QUIET + WEEK, drift) == [drift]


def test_what_is_about_another_thing_is_another_alarm(watched: _Watched) -> None:
    """That the chances should go off is told beside the drift, each once."""
    assert watched.look(TODAY, AlarmKind.DRIFT) == [AlarmKind.DRIFT]
    assert watched.look(TODAY + WEEK, *AlarmKind) == [AlarmKind.SWITCH_OFF]
    assert watched.told() == [(ALARM, "verschuiving"), (ALARM, "uitzetten")]


def test_the_queue_itself_asks_every_week(quiet: Database) -> None:
    """As often as the threshold of the test was made for."""
    queue = make_queue("")
    register_tasks(queue, quiet.sessions)
    (task,) = [
        one for one in queue.periodic_registry.periodic_tasks.values()
        if one.task.name == SCORE_WATCH
    ]  # fmt: skip
    assert task.cron == WATCHED
    with session_for(quiet.sessions, SYSTEM) as session:
        queue_job(make_queue(""), session, SCORE_WATCH, timestamp=1)
    work_off(quiet)
    with session_for(quiet.sessions, SYSTEM) as session:
        failed = text("SELECT count(*) FROM procrastinate_jobs WHERE status <> 'succeeded'")
        assert session.scalar(failed) == 0
        noted = text("SELECT count(*) FROM audit_event WHERE operation = 'bewaakKansen'")
        assert session.scalar(noted) == 1
