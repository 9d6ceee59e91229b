"""What a run's choices cost: worked out and stored with the run, shown without working it out."""

from collections.abc import Iterator
from uuid import UUID

import pytest
from fastapi.testclient import TestClient

from app.db.opened import Database
from app.db.session import session_for
from app.kernel.actor import SYSTEM
from app.main import create_app
from app.matching.match import match
from app.matching.policy import load_policy
from app.matching.risk.weights import load_weights
from app.proposals import tradeoffs as tradeoffs_module
from app.proposals.assemble import assemble
from app.proposals.queries import find_run
from app.proposals.runs import perform_run
from app.proposals.schemas_tradeoffs import Tradeoffs
from app.proposals.tradeoffs import weigh
from tests.proposals.running import DAY
from tests.signing import bearer


@pytest.fixture
def client(small: Database) -> Iterator[TestClient]:
    with TestClient(create_app(small), headers=bearer()) as opened:
        yield opened


def test_a_finished_run_shows_what_it_stored(
    small: Database, run_id: UUID, client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One child, one family: nobody or one; both orders come to the same. Never solved again."""
    path = f"/v1/matchruns/{run_id}/afwegingen"
    assert client.get(path).status_code == 409
    perform_run(small.sessions, actor=SYSTEM, run_id=run_id)
    monkeypatch.setattr(tradeoffs_module, "find_frontier", None)
    told = client.get(path).json()
    one_more = told["eenKindMeer"]
    assert [point["geplaatst"] for point in one_more["punten"]] == [0, 1]
    assert [point["ditPlan"] for point in one_more["punten"]] == [False, True]
    assert one_more["punten"][1]["extra"] == one_more["breakdowns"] > 0
    assert (one_more["reden"], one_more["prijsPerPlaatsing"]) == (None, None)
    orders = told["andereVolgordes"]["volgordes"]
    assert [order["verschilGeplaatst"] for order in orders] == [0, 0]
    assert all(order[key]["kinderen"] == [] for order in orders for key in ("erbij", "eraf"))
    report = client.get(f"/v1/matchruns/{run_id}/verslag").json()
    assert report["run"]["afwegingen"] == told
    assert "afwegingen" in report["run"]["tijden"]


def test_an_older_run_says_that_it_has_none(
    small: Database, run_id: UUID, client: TestClient
) -> None:
    """A run from before this was kept gets a sentence, not an empty table."""
    perform_run(small.sessions, actor=SYSTEM, run_id=run_id)
    with session_for(small.sessions, SYSTEM) as session:
        find_run(session, run_id).tradeoffs = None
    answer = client.get(f"/v1/matchruns/{run_id}/afwegingen")
    assert answer.status_code == 409
    assert "geen afwegingen bewaard" in answer.json()["detail"]


@pytest.mark.parametrize(("policy", "placed"), [("maximaal", 111), ("zorgvuldig", 111)])
def test_the_example_region(loaded_region: Database, policy: str, placed: int) -> None:
    """The plan's own number stands in the middle; moving children are named and counted."""
    chosen = load_policy(policy)
    with session_for(loaded_region.sessions, SYSTEM) as session:
        result = match(assemble(session, DAY).problem, chosen, load_weights())
    told = weigh(result, chosen, seed=0)
    assert Tradeoffs.model_validate(told)
    assert told == weigh(result, chosen, seed=5)
    one_more = told["eenKindMeer"]
    assert one_more["geplaatst"] == placed
    assert [point["geplaatst"] for point in one_more["punten"]] == [108, 109, 110, 111]
    assert all(point["grens"] == point["breakdowns"] for point in one_more["punten"])
    assert all(point["extra"] > 0 for point in one_more["punten"])
    first = told["andereVolgordes"]["volgordes"][0]
    assert first["breakdowns"] == one_more["punten"][-1]["breakdowns"] <= one_more["breakdowns"]
    assert first["anderGezin"]["aantal"] == len(first["anderGezin"]["kinderen"]) > 0
    assert first["anderGezin"]["kinderen"] == sorted(first["anderGezin"]["kinderen"])
