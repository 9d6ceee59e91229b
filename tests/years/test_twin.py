"""Three years through the API in a region without planted faults: quiet boards, weights that hold.

Minutes of work: run by `make years`, beside the region with faults in the other file.
"""

import sys
from collections.abc import Iterator

import pytest
from sqlalchemy import URL

from app.kernel.actor import ActorRole
from app.settings import Settings
from tests.databases import work_off
from tests.years.driver import Planted
from tests.years.held_out import half_years, hold_out, judge_all, lines_of
from tests.years.lived import ORDER, Lived, lived
from tests.years.together import Together, judge_when_whole

pytestmark = [
    pytest.mark.soak,
    pytest.mark.jaren,
    pytest.mark.timeout(3 * 3600),
    pytest.mark.xdist_group("twin"),
]


@pytest.fixture(scope="module")
def years(settings: Settings, reference: URL) -> Iterator[Lived]:
    with lived(settings, reference, Planted()) as found:
        yield found


def test_no_drift_is_seen(years: Lived) -> None:
    """Enough happened for a test, and it finds nothing."""
    drift = years.ask("/kalibratie")["drift"]
    assert drift["stand"] == "geen verandering", drift


def test_nothing_says_that_the_chances_must_go(years: Lived) -> None:
    """No alarm of the weekly look, and the criterion for switching them off is not met."""
    board = years.watched()
    assert board["alarmen"] == [], board["alarmen"]
    assert board["criterium"]["uitzetten"] is False, board["criterium"]


def test_nobody_is_refused_more_often_or_breaks_down_more(
    years: Lived, capsys: pytest.CaptureFixture[str]
) -> None:
    """Families say no as often to all, and placements hold as they were told to.

    Who waits longer is printed, not judged: there are fewer families for some ages and forms.
    """
    found = years.ask("/eerlijkheid?van=2023-11-01")["opvallend"]
    with capsys.disabled():
        print("", *found, sep="\n", file=sys.stderr)  # noqa: T201
    assert not [line for line in found if "nee" in line or "breekt" in line], found


def test_weights_learnt_before_hold_on_what_came_after(
    years: Lived, together: Together, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each half-year by the weights of its first day: slope 0.8 to 1.2, better than the priors.

    Half a year of this region is some 150 placements: too few for a slope of its own, whose
    interval must reach what is wanted. `test_last_half_years.py` tells that of six regions.
    """
    before, lived_here = years.placements()
    parts = [
        hold_out(before, lived_here, cut=cut) for cut in half_years(years.began, years.region.today)
    ]
    together.keep(ORDER.seed, parts)
    learnt, prior = judge_all(parts)
    newest, published = judge_all(parts[:1])
    with capsys.disabled():
        print(  # noqa: T201  (the figures of make years)
            "",
            *lines_of("all half-years", learnt, prior),
            *lines_of("last half-year", newest, published),
            sep="\n",
            file=sys.stderr,  # of a worker that a test is given to, this alone is shown
        )
    assert 0.8 <= learnt.slope[0] <= 1.2, learnt
    assert learnt.brier < prior.brier, (learnt, prior)
    assert newest.brier < published.brier, (newest, published)
    _, low, high = newest.slope
    assert low <= 1.2 and high >= 0.8, newest
    judge_when_whole(together, capsys)


def test_the_service_learns_and_a_person_accepts(
    years: Lived, capsys: pytest.CaptureFixture[str]
) -> None:
    """Asked for at the API, worked off by the worker: a proposal, in force once accepted.

    The slope that the API tells of it, by cross-validation, is the one that is wanted.
    """
    client, who = years.client, years.region.as_(ActorRole.COORDINATOR)
    assert client.post("/v1/weegfactoren/_leer", headers=who).status_code == 202
    work_off(years.database)
    newest = years.ask("/weegfactoren")["versies"][0]
    assert newest["stand"] == "voorstel"
    compared = years.ask(f"/weegfactoren/{newest['versie']}")["naastElkaar"]
    slope, now = (compared[which]["helling"] for which in ("nieuw", "geldend"))
    with capsys.disabled():
        print(  # noqa: T201
            f"\nas the API tells it: learnt {slope}, in force {now}", file=sys.stderr
        )
    assert 0.8 <= slope["waarde"] <= 1.2, compared
    assert compared["nieuw"]["brier"] < compared["geldend"]["brier"], compared
    accept = f"/v1/weegfactoren/{newest['versie']}/_aanvaarden"
    short = client.post(accept, json={"reden": "akkoord"}, headers=who)
    assert short.status_code == 400
    reason = {"reden": "De kansen kloppen beter dan die uit de literatuur."}
    done = client.post(accept, json=reason, headers=who)
    assert done.status_code == 200, done.text
    assert years.ask("/weegfactoren")["geldend"]["versie"] == newest["versie"]
