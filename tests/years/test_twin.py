"""Three years through the API in a region without planted faults: quiet boards, weights that hold.

Minutes of work: run by `make years`, beside the region with faults in the other file.
"""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import URL

from app.db.session import session_for
from app.kernel.actor import SYSTEM, ActorRole
from app.learning.learn import fit_weights
from app.learning.sample import draw_up
from app.learning.side_by_side import judge, predict_by
from app.matching.risk.weights import load_weights
from app.outcomes.as_history import as_history
from app.outcomes.queries import outcome_rows
from app.settings import Settings
from tests.databases import work_off
from tests.years.driver import Planted
from tests.years.lived import Lived, lived

pytestmark = [pytest.mark.soak, pytest.mark.jaren, pytest.mark.timeout(3600)]
HALF_A_YEAR = timedelta(days=182)


@pytest.fixture(scope="module")
def years(settings: Settings, reference: URL) -> Iterator[Lived]:
    with lived(settings, reference, Planted()) as found:
        yield found


def test_no_drift_is_seen(years: Lived) -> None:
    """Enough happened for a test, and it finds nothing."""
    drift = years.ask("/kalibratie")["drift"]
    assert drift["stand"] == "geen verandering", drift


def test_nobody_is_refused_more_often(years: Lived) -> None:
    """Families say no as often to all."""
    found = years.ask("/eerlijkheid?van=2023-11-01")["opvallend"]
    assert not [line for line in found if "vaker nee" in line], found


def test_weights_learnt_before_hold_on_the_last_half_year(years: Lived) -> None:
    """Better than the priors on what began after they were learnt, and no sign of a wrong slope.

    Some 125 placements say little of a slope: its interval must reach what is wanted (0.8 to 1.2);
    that it lies there is judged on 4,000 placements (tests/outcomes/test_learning.py).
    """
    last = years.region.today
    with session_for(years.database.sessions, SYSTEM) as session:
        rows = outcome_rows(session)
    before, _ = as_history(rows, until=last - HALF_A_YEAR)
    after, _ = as_history([r for r in rows if r.began_on > last - HALF_A_YEAR], until=last)
    prior = load_weights()
    learnt, sample = fit_weights(before, prior, code_version="toets"), draw_up(after)
    new, published = (judge(sample, predict_by(sample, w)) for w in (learnt, prior))
    assert new.brier < published.brier, (new, published)
    _, low, high = new.slope
    assert low <= 1.2 and high >= 0.8, new


def test_the_service_learns_and_only_proposes(years: Lived) -> None:
    """Asked for at the API, worked off by the worker; what is in force stays as it was."""
    client, who = years.client, years.region.as_(ActorRole.COORDINATOR)
    assert client.post("/v1/weegfactoren/_leer", headers=who).status_code == 202
    work_off(years.database)
    assert years.ask("/weegfactoren")["versies"][0]["stand"] == "voorstel"
