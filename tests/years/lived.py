"""Three years of a region through the API, lived by one process: how the two tests begin."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

import time_machine
from fastapi.testclient import TestClient
from sqlalchemy import URL

from app.db.opened import Database
from app.kernel.actor import ActorRole
from app.kernel.clock import AMSTERDAM
from app.main import create_app
from app.settings import Settings
from app.simulation.history_truth import Truth
from app.simulation.year.world import YearOrder, draw_world
from tests.databases import copied
from tests.years.driver import Planted, Region

START, WEEKS = date(2023, 11, 6), 157
ORDER = YearOrder(children=30, families=170, arrivals=300, weeks=WEEKS, seed=5, start=START)


@dataclass(frozen=True)
class Lived:
    """A region after its years, and a client to ask it."""

    region: Region
    client: TestClient
    database: Database

    def ask(self, path: str) -> Any:
        """What a coordinator is told on the last day."""
        answer = self.client.get(f"/v1{path}", headers=self.region.as_(ActorRole.COORDINATOR))
        assert answer.status_code == 200, answer.text
        return answer.json()


@contextmanager
def lived(settings: Settings, reference: URL, planted: Planted) -> Iterator[Lived]:
    """Live through the years; the clock stands on the last day while the test asks."""
    with (
        copied(settings, reference) as database,
        time_machine.travel(_morning(START)) as clock,
        TestClient(create_app(database)) as client,
    ):
        region = Region(
            client, database, draw_world(ORDER), Truth.of(ORDER.seed), planted,
            lambda day: clock.move_to(_morning(day)),
        )  # fmt: skip
        region.live()
        yield Lived(region, client, database)


def _morning(day: date) -> datetime:
    return datetime.combine(day, time(9), AMSTERDAM)
