"""Three years through the API in a region with faults planted: the boards say so.

Minutes of work: run by `make years`, beside the twin in the other file.
"""

from collections.abc import Iterator

import pytest
from sqlalchemy import URL

from app.settings import Settings
from tests.years.driver import Planted
from tests.years.lived import Lived, lived

pytestmark = [
    pytest.mark.soak,
    pytest.mark.jaren,
    pytest.mark.timeout(3 * 3600),
    pytest.mark.xdist_group("planted"),
]
# Half of the families that are asked say no to a teenager; what begins late breaks down sooner.
WRONG = Planted(no_to_all=0.08, no_to_teens=0.5, worse_by=3.0)


@pytest.fixture(scope="module")
def years(settings: Settings, reference: URL) -> Iterator[Lived]:
    with lived(settings, reference, WRONG) as found:
        yield found


def test_the_drift_is_seen(years: Lived) -> None:
    """More breakdowns in the last half-year than in the two years before, and that is an alarm."""
    drift = years.ask("/kalibratie")["drift"]
    assert drift["stand"] == "alarm", drift
    assert drift["gezien"] / drift["verwacht"] > drift["gezienDaarvoor"] / drift["verwachtDaarvoor"]

    alarms = years.watched()["alarmen"]
    assert "verschuiving" in {one["alarm"] for one in alarms if one["voorbijOp"] is None}, alarms


def test_the_noes_to_teenagers_are_seen(years: Lived) -> None:
    """Of the ages of 12 and over, and of no younger ones."""
    found = years.ask("/eerlijkheid?van=2023-11-01")["opvallend"]
    told = {line.split(",")[1].split(":")[0].strip() for line in found if "vaker nee" in line}
    assert told & {"12 t/m 15", "16 en ouder"}, found
    assert not told & {"0 t/m 3", "4 t/m 7", "8 t/m 11"}, found
