"""The region in figures against queries of the test's own: SQL that shares nothing with the app."""

from collections import defaultdict
from collections.abc import Callable
from datetime import date
from typing import Any

import numpy as np
import pytest
from fastapi.testclient import TestClient
from sqlalchemy import create_engine
from sqlalchemy.orm import Session
from statsmodels.duration.survfunc import SurvfuncRight

from app.db.opened import Database
from app.kernel.actor import ActorRole
from app.kernel.clock import today_in_amsterdam
from tests.insight.more_past import add_roads
from tests.insight.past import (
    BEGAN_AS,
    IN_PERIOD,
    LAST,
    LIVED_IN,
    QUERY,
    STAY,
    agree,
    parts,
    told,
)
from tests.insight.sources import MENTORS, NETWORK, PLACED, WAITED, WAITS
from tests.signing import bearer

Get = Callable[[str], Any]


@pytest.fixture(scope="module")
def roads(loaded_region: Database, rows: Any) -> Any:
    """The same region with steps, runs and JIM cases, and its rows."""
    engine = create_engine(loaded_region.url)
    with Session(engine) as session:
        add_roads(session)
        session.commit()
    engine.dispose()
    return rows


@pytest.fixture(scope="module")
def get(past_client: TestClient, roads: Any) -> Get:
    """Return a reader of any path, for a manager."""

    def got(path: str) -> Any:
        answer = past_client.get(f"/v1{path}", headers=bearer(ActorRole.MANAGER))
        assert answer.status_code == 200, answer.text
        return answer.json()

    return got


def groups_agree(shown: list[dict[str, Any]], counted: list[Any]) -> None:
    """Assert groups by name: their count, and the median where the count is told."""
    agree(parts(shown), {name: count for name, count, _ in counted})
    medians = {name: float(middle) for name, _, middle in counted}
    for one in shown:
        assert one["mediaanDagen"] == (None if one["aantal"] is None else medians[one["groep"]])


def by(rows: Any, source: str, key: str) -> list[Any]:
    found: list[Any] = rows(f"""
        SELECT {key}, count(*), percentile_cont(0.5) WITHIN GROUP (ORDER BY days)
        FROM ({source}) x GROUP BY 1""")
    return found


def test_who_waits(get: Get, roads: Any) -> None:
    """How many, how long, and by form, age, urgency and municipality."""
    board = get(f"/regiocijfers{QUERY}")["wachtenden"]
    ((count, middle, ninth),) = roads(f"""
        SELECT count(*), percentile_cont(0.5) WITHIN GROUP (ORDER BY days),
               percentile_disc(0.9) WITHIN GROUP (ORDER BY days) FROM ({WAITS}) x""")
    assert (board["aantal"], board["mediaanDagen"], board["negenVanTienDagen"]) == (
        count, float(middle), float(ninth),
    )  # fmt: skip
    ((drafts,),) = roads("SELECT count(*) FROM draft WHERE state IN ('concept', 'compleet')")
    assert board["concepten"] == drafts
    for shown, key in (
        ("naarVorm", "care_form"), ("naarLeeftijd", "age"), ("naarUrgentie", "urgency"),
        ("naarGemeente", "area"),
    ):  # fmt: skip
        groups_agree(board[shown], by(roads, WAITS, key))
    assert count > 50


def test_who_was_placed_how_near_home_and_who_left(get: Get, roads: Any) -> None:
    """Placements that began and those that ended in the year; a bed until there is a place not."""
    told_ = get(f"/regiocijfers{QUERY}")
    counted = by(roads, PLACED, "care_form")
    assert told_["geplaatst"]["aantal"] == sum(count for _, count, _ in counted)
    groups_agree(told_["geplaatst"]["naarVorm"], counted)
    ((middle, near, far, unknown, network, both, apart, alone),) = roads(f"""
        SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY days),
               count(*) FILTER (WHERE near), count(*) FILTER (WHERE NOT near),
               count(*) FILTER (WHERE near IS NULL), count(*) FILTER (WHERE kind = 'netwerk'),
               count(*) FILTER (WHERE reunited), count(*) FILTER (WHERE NOT reunited),
               count(*) FILTER (WHERE reunited IS NULL) FROM ({PLACED}) x""")
    assert told_["geplaatst"]["mediaanGewachtDagen"] == float(middle)
    home = told_["thuis"]
    assert unknown == 0
    agree(
        {"near": home["eigenGemeente"], "far": home["andereGemeente"]}, {"near": near, "far": far}
    )
    assert home["inNetwerkgezin"] in (network, None)
    assert (home["inNetwerkgezin"] is None) == (0 < network < 5)
    assert (home["metBroerOfZus"], home["zonderBroerOfZus"]) in ((both, apart), (None, None))
    assert alone > 5
    ((ended, early),) = roads(f"""
        SELECT count(*), count(*) FILTER (WHERE until - since < 365) FROM placement
        WHERE NOT is_bridging AND until {IN_PERIOD}""")
    assert told_["beeindigd"] == {"aantal": ended, "binnenEenJaar": early}
    assert min(ended - early, early, near, far) > 5


def test_what_became_of_proposals(get: Get, roads: Any) -> None:
    """Steps that began in the year, the first choices among them, and every no by whom and why."""
    told_ = get(f"/regiocijfers{QUERY}")["voorstellen"]
    states = dict(
        roads(f"SELECT state, count(*) FROM begun_pair WHERE begun_on {IN_PERIOD} GROUP BY 1")
    )
    agree({word: told_[word] for word in ("geplaatst", "loopt", "nee", "verlopen")}, states)
    assert told_["begonnen"] == sum(states.values()) > 50
    ((first,),) = roads(
        f"SELECT count(*) FROM begun_pair WHERE is_first_choice AND begun_on {IN_PERIOD}"
    )
    assert told_["eersteKeus"] == first > 5
    said = {
        (who, why): count for who, why, count in roads(f"""
            SELECT no_by, coalesce(decline_reason, 'niet vastgelegd'), count(*) FROM begun_pair
            WHERE state = 'nee' AND begun_on {IN_PERIOD} GROUP BY 1, 2""")
    }  # fmt: skip
    shown = {(one["door"], one["reden"]): one["aantal"] for one in told_["redenen"]}
    agree({"/".join(k): v for k, v in shown.items()}, {"/".join(k): v for k, v in said.items()})


def test_shortages(get: Get, roads: Any) -> None:
    """Who had nobody in the newest run that finished, and waits still; by form, age and area."""
    told_ = get(f"/regiocijfers{QUERY}")["tekorten"]
    assert told_ == get(f"/regiocijfers/plekken{QUERY}")["tekorten"]
    newest = "SELECT max(id::text)::uuid FROM match_run WHERE state = 'klaar'"
    short = f"""SELECT w.* FROM ({WAITS.replace("SELECT care_form", "SELECT r.id, care_form")}) w
                JOIN unplaced u ON u.registration_id = w.id AND u.run_id = ({newest})"""
    ((count,),) = roads(f"SELECT count(*) FROM ({short}) x")
    assert (told_["aantal"], told_["peildatum"]) == (told(count), "2025-12-01")
    cells = {
        f"{form}/{age}": n
        for form, age, n in roads(f"SELECT care_form, age, count(*) FROM ({short}) x GROUP BY 1, 2")
    }
    agree({f"{o['vorm']}/{o['leeftijd']}": o["aantal"] for o in told_["groepen"]}, cells)
    agree(parts(told_["naarGemeente"]), {n: c for n, c, _ in by(roads, short, "area")})
    assert count > 20


def test_the_regions_side_of_every_comparison(get: Get, roads: Any) -> None:
    """All thirteen from rows; None where the board may not tell one."""
    shown = {
        o["sleutel"]: o["regio"] for o in get(f"/regiocijfers/vergelijkingen{QUERY}")["cijfers"]
    }
    stay = STAY
    lives = f"{LIVED_IN} AND since <= '{LAST}' AND (until IS NULL OR until > '{LAST}')"
    ((living, networked, begun, families, stopped),) = roads(f"""
        SELECT (SELECT count(*) FROM placement p WHERE {lives}),
               (SELECT count(*) FROM placement p JOIN family f ON f.id = family_id
                WHERE {stay} AND since {IN_PERIOD} AND f.kind = 'netwerk'),
               (SELECT count(*) FROM placement p WHERE {stay} AND since {IN_PERIOD}),
               (SELECT count(*) FROM family WHERE status = 'actief'),
               (SELECT count(*) FROM family_status_change WHERE to_status = 'gestopt'
                AND (at AT TIME ZONE 'Europe/Amsterdam')::date {IN_PERIOD})""")
    assert shown["woont_in_pleeggezin"] == living
    assert shown["eigen_netwerk"] == pytest.approx(100 * networked / begun, abs=0.05)
    assert (shown["pleeggezinnen"], shown["gestopt"]) == (families, stopped)
    ((amsterdam,),) = roads(f"SELECT count(*) FROM ({WAITED}) x WHERE area = 'Amsterdam'")
    assert shown["wachtend_amsterdam"] == amsterdam > 5
    assert shown["zonder_voorstel"] == get(f"/regiocijfers{QUERY}")["tekorten"]["aantal"]
    ((kept, lost),) = roads(f"""
        SELECT count(*) FILTER (WHERE facts ->> 'school_behouden' = 'ja'),
               count(*) FILTER (WHERE facts ->> 'school_behouden' = 'nee')
        FROM placement p JOIN placement_basis b ON b.placement_id = p.id
        WHERE {stay} AND since {IN_PERIOD}""")
    assert shown["school"] == pytest.approx(100 * kept / (kept + lost), abs=0.05)
    months = get(f"/regiocijfers/wachttijden{QUERY}")["maanden"]
    assert shown["wachtend"] == months[-1]["wachtenden"]
    assert shown["dagen_gewacht"] == _median_at_the_end(roads)
    broken, long_term = _broken(roads, stay), _broken(roads, f"{stay} AND {BEGAN_AS} = 'opvoeding'")
    # Of a share that was itself rounded to four decimals.
    assert shown["afgebroken"] == pytest.approx(broken, abs=0.06)
    assert shown["afgebroken_langdurig"] == pytest.approx(long_term, abs=0.06)
    assert abs(broken - long_term) > 0.1
    assert len(shown) == 13


def test_who_waited_is_of_the_end_of_a_past_period(get: Get, roads: Any) -> None:
    """Not of the day on which it is asked: a report of a past year stays as it was."""
    last = "2024-12-31"
    figures = get(f"/regiocijfers/vergelijkingen?van=2024-07-01&totEnMet={last}")["cijfers"]
    shown = {one["sleutel"]: one["regio"] for one in figures}
    ((then, now),) = roads(f"""
        SELECT (SELECT count(*) FROM ({WAITED.replace(LAST, last)}) x WHERE area = 'Amsterdam'),
               (SELECT count(*) FROM ({WAITS}) w WHERE area = 'Amsterdam')""")
    assert shown["wachtend_amsterdam"] == then > 5
    assert then != now


def _median_at_the_end(roads: Any) -> float | None:
    """Of who waited on the last day of the year."""
    ((middle,),) = roads(f"""
        SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY DATE '{LAST}' - since)
        FROM ({WAITED}) x""")
    return None if middle is None else float(middle)


def _broken(roads: Any, stay: str) -> float:
    """Percent within three years, by the product of statsmodels."""
    board = roads(f"""
        SELECT since, until, label FROM placement p
        LEFT JOIN placement_ending e ON e.placement_id = p.id
        WHERE {stay} AND since BETWEEN '2022-07-01' AND '{LAST}'""")
    end, single = date.fromisoformat(LAST), defaultdict(list)
    for since, until, label in board:
        is_over = until is not None and until <= end
        if not is_over or label not in (None, "te beoordelen"):
            single["days"].append((min(until or end, end) - since).days)
            single["broke"].append(int(is_over and label == "voortijdig afgebroken"))
    judge = SurvfuncRight(np.array(single["days"]), np.array(single["broke"]))
    assert max(single["days"]) > 3 * 365.25
    share = judge.surv_prob[judge.surv_times <= 3 * 365.25][-1]
    return float(100 * (1 - share))


def test_prevention_counts_what_was_recorded(get: Get, roads: Any) -> None:
    """A question in the network is a search and a JIM case a mentor, told of or not."""
    board = get(f"/regiocijfers/preventie{QUERY}")
    network = dict(roads(NETWORK))
    agree(parts(board["netwerkonderzoek"]), network)
    mentors = dict(roads(MENTORS))
    agree(parts(board["jim"]), mentors)
    assert {"onderzocht, gezin gevonden", "onderzocht, niemand gevonden"} <= set(network)


def test_the_day_of_the_test_is_that_of_the_board(get: Get) -> None:
    """Waiting is of today, on the wall clock of Amsterdam, in both."""
    assert get(f"/regiocijfers/plekken{QUERY}")["peildatum"] == str(today_in_amsterdam())
