"""Three years of a region through the API, lived by one process: how the tests of years begin."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import Any

import time_machine
from fastapi.testclient import TestClient
from sqlalchemy import URL

from app.db.opened import Database
from app.db.roles import WORKER
from app.db.session import make_engine, make_sessions, session_for
from app.jobs import SCORE_WATCH, make_queue, queue_job
from app.kernel.actor import SYSTEM, ActorRole
from app.kernel.clock import AMSTERDAM
from app.learning.placement import PastPlacement
from app.main import create_app
from app.outcomes.as_history import LeftOut, as_history
from app.outcomes.queries import outcome_rows, past_rows
from app.settings import Settings
from app.simulation.history import draw_history
from app.simulation.history_truth import Truth
from app.simulation.order import Order
from app.simulation.year.world import YearOrder, draw_world
from app.worker import run_worker
from tests.databases import copied, work_off
from tests.years.driver import Planted, Region

START, WEEKS = date(2023, 11, 6), 157
BEFORE = 3000  # placements of before the service
ORDER = YearOrder(children=30, families=170, arrivals=300, weeks=WEEKS, seed=5, start=START)


@dataclass(frozen=True)
class Lived:
    """A region after its years, and a client to ask it."""

    region: Region
    began: date
    client: TestClient
    database: Database

    def ask(self, path: str) -> Any:
        """What a coordinator is told on the last day."""
        answer = self.client.get(f"/v1{path}", headers=self.region.as_(ActorRole.COORDINATOR))
        assert answer.status_code == 200, answer.text
        return answer.json()

    def watched(self) -> Any:
        """The calibration board after the worker's weekly look at the chances."""
        with session_for(self.database.sessions, SYSTEM) as session:
            queue_job(make_queue(""), session, SCORE_WATCH, timestamp=1)
        work_off(self.database)
        return self.ask("/kalibratie")

    def placements(self) -> tuple[list[PastPlacement], list[PastPlacement]]:
        """Return what was imported, and what the service placed itself."""
        with session_for(self.database.sessions, SYSTEM) as session:
            rows = outcome_rows(session)
            old = {row.number for row in past_rows(session)}
        found, left_out = as_history(rows, until=self.region.today)
        assert left_out == LeftOut()
        imported = [p for p in found.placements if p.course.number in old]
        return imported, [p for p in found.placements if p.course.number not in old]


@contextmanager
def lived(
    settings: Settings, reference: URL, planted: Planted, *, seed: int = ORDER.seed
) -> Iterator[Lived]:
    """Live through the years; the clock stands on the last day while the test asks."""
    order = replace(ORDER, seed=seed)
    with (
        copied(settings, reference) as database,
        time_machine.travel(_morning(START)) as clock,
        TestClient(create_app(database)) as client,
    ):
        region = Region(
            client, database, draw_world(order), Truth.of(seed), planted,
            lambda day: clock.move_to(_morning(day)),
        )  # fmt: skip
        _import_history(region)
        region.live()
        yield Lived(region, START, client, database)


def _import_history(region: Region) -> None:
    """Offer what was placed before the service, as a region does on its first day."""
    order = Order(30, 60, seed=region.world.order.seed, snapshot_day=START)
    offered = region.client.post(
        "/v1/plaatsingshistorie",
        content=draw_history(order, placements=BEFORE, truth=region.truth),
        headers=region.as_(ActorRole.COORDINATOR) | {"Content-Type": "text/csv"},
    )
    assert offered.status_code == 202, offered.text
    database = region.database
    engine = make_engine(database.url, role=WORKER)
    run_worker(Database(database.url, make_sessions(engine), WORKER), wait=False)
    engine.dispose()
    at = f"/v1/imports/{offered.json()['id']}"
    done = region.client.get(at, headers=region.as_(ActorRole.COORDINATOR)).json()
    assert (done["stand"], done["aantallen"]["nieuw"]) == ("verwerkt", BEFORE), done


def _morning(day: date) -> datetime:
    return datetime.combine(day, time(9), AMSTERDAM)
