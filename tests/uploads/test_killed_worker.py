"""A worker killed in the middle of an import: another one finishes it, and no family is twice."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import func, select

from app.db.opened import Database
from app.db.session import session_for
from app.families.canonical import FamilyRecord
from app.families.readers import read_export
from app.kernel.actor import SYSTEM
from app.models import Family, Housemate, ImportChange
from app.proposals.queries import find_run
from app.simulation.order import Order
from app.simulation.region import draw_region
from app.simulation.spirit import write_spirit
from tests.problems import problem_in
from tests.region import DAY
from tests.test_workers import Worker, ask_for_job, is_done, wait_for
from tests.uploads.conftest import Send

FAMILIES = 3_000

pytestmark = pytest.mark.soak  # real processes, killed: make soak, and CI


@pytest.fixture
def export() -> bytes:
    """One provider's export of a large drawn region: working it off takes seconds."""
    return write_spirit(draw_region(Order(40, FAMILIES, 7, DAY)).families)


def count_people(family: FamilyRecord) -> int:
    born = (family.carers_born, family.own_children_born, family.foster_children_born)
    return sum(len(years) for years in born)


@pytest.mark.soak
def test_a_worker_killed_in_the_middle(
    *,
    export: bytes,
    send: Send,
    client: TestClient,
    start: Callable[[], Worker],
    own_database: Database,
    tmp_path: Path,
) -> None:
    """Killed with -9 halfway: every family is there once, and a run that was asked for waits."""
    file = tmp_path / "spirit.csv"
    file.write_bytes(export)
    people = sum(count_people(read.record) for read in read_export("spirit", file).families)
    sent = send(export, aanbieder="spirit", bestandsnaam="spirit.csv")

    def follow() -> dict[str, Any]:
        found: dict[str, Any] = client.get(f"/v1/imports/{sent['id']}").json()
        return found

    busy = start()
    wait_for(lambda: 0 < follow()["voortgang"]["verwerkt"] < FAMILIES)
    busy.end()
    run_id = ask_for_job(own_database)
    start()
    assert follow()["stand"] == "bezig"
    done = wait_for(lambda: follow()["stand"] == "verwerkt" and follow())
    assert done["aantallen"]["nieuw"] == done["voortgang"]["verwerkt"] == FAMILIES
    with session_for(own_database.sessions, SYSTEM) as session:
        assert session.scalar(select(func.count()).select_from(Family)) == FAMILIES
        listed = session.scalars(select(ImportChange.ordinal).order_by(ImportChange.ordinal)).all()
        assert listed == list(range(1, FAMILIES + 1))
        # Nothing in the database forbids a housemate twice.
        assert session.scalar(select(func.count()).select_from(Housemate)) == people
    # Asked for while nobody worked on the import, the run waited for its end.
    wait_for(lambda: is_done(own_database, run_id))
    with session_for(own_database.sessions, SYSTEM) as session:
        problem = problem_in(find_run(session, run_id))
        assert len(problem.families.reference) == FAMILIES
