"""Three years of a region through the API, and its twin: what the boards say, what is learnt.

Long: run by `make years`. In one of the two families say no to teenagers more often than to others,
and placements of the last year break down more often; the boards must say so, and not of the twin.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

import pytest
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

pytestmark = [pytest.mark.soak, pytest.mark.jaren]
START, WEEKS = date(2023, 11, 6), 157
ORDER = YearOrder(children=30, families=170, arrivals=300, weeks=WEEKS, seed=5, start=START)
WRONG = Planted(no_to_all=0.08, no_to_teens=0.5, worse_by=2.5)


@dataclass(frozen=True)
class Lived:
    """A region after its years, and a client to ask it."""

    region: Region
    client: TestClient
    database: Database

    def ask(self, path: str) -> Any:
        """What a coordinator is told on the last day."""
        answer = self.client.get(f"/v1{path}", headers=self.region._as(ActorRole.COORDINATOR))
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


@pytest.fixture(scope="module", params=["met fouten", "zonder"])
def years(
    request: pytest.FixtureRequest, settings: Settings, reference: URL
) -> Iterator[tuple[bool, Lived]]:
    is_planted = request.param == "met fouten"
    with lived(settings, reference, WRONG if is_planted else Planted()) as found:
        yield is_planted, found
