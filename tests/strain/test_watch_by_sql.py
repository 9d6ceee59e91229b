"""The watch list and the ladder in numbers against SQL of the test's own, over a drawn region."""

from collections import Counter, defaultdict
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import create_engine, text
from sqlalchemy.orm import Session

from app.db.opened import Database
from app.kernel.actor import ActorRole
from app.main import create_app
from tests.insight.more_past import add_roads
from tests.insight.past import IN_PERIOD, QUERY, add_three_years, agree, told
from tests.signing import bearer
from tests.strain.strained import REASONS, add_strain


@pytest.fixture(scope="module")
def owner(loaded_region: Database) -> Any:
    """The drawn region as its owner reads it."""
    engine = create_engine(loaded_region.url)
    with Session(engine) as session:
        add_three_years(session)
        add_roads(session)
        add_strain(session)
        session.commit()
        yield lambda sql, **given: session.execute(text(sql), given).all()
    engine.dispose()


@pytest.fixture(scope="module")
def client(loaded_region: Database, owner: Any) -> TestClient:
    """The whole service on that region."""
    return TestClient(create_app(loaded_region))


def ask(client: TestClient, path: str, role: ActorRole = ActorRole.MANAGER) -> Any:
    answer = client.get(f"/v1/{path}", headers=bearer(role))
    assert answer.status_code == 200, answer.text
    return answer.json()


def expected(owner: Any) -> dict[str, Counter[tuple[str, int]]]:
    """Return of each placement its reasons with their gravity."""
    ((today,),) = owner("SELECT (now() AT TIME ZONE 'Europe/Amsterdam')::date")
    found: dict[str, Counter[tuple[str, int]]] = defaultdict(Counter)
    for placement, code, gravity in owner(REASONS, today=today):
        found[str(placement)][code, gravity] += 1
    return found


def part(count: int, of: int) -> int | None:
    """A part of a whole that is told beside it: not where it or the rest is small."""
    return None if 0 < of - count < 5 else told(count)


def test_the_whole_watch_list(client: TestClient, owner: Any) -> None:
    """Every placement with every reason, the gravest first; none more, none less."""
    wanted, shown, path = expected(owner), [], "/v1/volglijst?aantal=100"
    while path:
        answer = client.get(path, headers=bearer(ActorRole.COORDINATOR))
        shown += answer.json()["plaatsingen"]
        path = answer.links.get("next", {}).get("url", "")
        path = path if path.startswith("/v1") or not path else f"/v1{path}"
    told_ = {
        row["plaatsing"]: Counter((r["code"], r["ernst"]) for r in row["redenen"]) for row in shown
    }
    assert told_ == wanted
    ranks = [
        (max(r["ernst"] for r in row["redenen"]), sum(r["ernst"] for r in row["redenen"]))
        for row in shown
    ]
    assert ranks == sorted(ranks, reverse=True)
    assert len({code for reasons in wanted.values() for code, _ in reasons}) == 13


def test_the_watch_list_in_numbers(client: TestClient, owner: Any) -> None:
    """How many run, stand on it, and by which reason."""
    wanted, board = expected(owner), ask(client, "volglijstcijfers")
    ((running,),) = owner(
        "SELECT count(*) FROM placement WHERE NOT is_bridging AND (until IS NULL OR "
        "until >= (now() AT TIME ZONE 'Europe/Amsterdam')::date)"
    )
    assert board["lopendePlaatsingen"] == told(running)
    assert board["opDeVolglijst"] == part(len(wanted), running)
    by_code = Counter(code for reasons in wanted.values() for code in {code for code, _ in reasons})
    shown = {one["reden"]: one["aantal"] for one in board["redenen"]}
    assert shown == {code: part(count, len(wanted)) for code, count in by_code.items()}


def test_the_ladder_in_numbers(client: TestClient, owner: Any) -> None:
    """Steps of the year by rung, reason, form and age on the day itself; stays that run."""
    board = ask(client, f"laddercijfers{QUERY}")
    steps = f"""
        SELECT s.*, r.care_form, extract(year FROM age(s.day, c.born_on)) AS years
        FROM ladder_step s JOIN registration r ON r.id = s.registration_id
        JOIN child c ON c.id = r.child_id WHERE s.day {IN_PERIOD}"""
    group = """CASE WHEN years < 4 THEN '0–3' WHEN years < 8 THEN '4–7' WHEN years < 12 THEN '8–11'
               WHEN years < 16 THEN '12–15' ELSE '16+' END"""
    for name, key in (
        ("perTrede", "rung"), ("perReden", "reason"), ("perVorm", "care_form"),
        ("perLeeftijd", group),
    ):  # fmt: skip
        counted = dict(owner(f"SELECT {key}, count(*) FROM ({steps}) x GROUP BY 1"))
        agree({one["naam"]: one["aantal"] for one in board[name]}, counted)
    ((count, stays),) = owner(f"""
        SELECT (SELECT count(*) FROM ({steps}) x),
               (SELECT count(*) FROM setting_stay WHERE until IS NULL)""")
    assert (board["stappen"], board["lopendeVerblijven"]) == (told(count), told(stays))
    assert min(count, stays) > 5


def test_jim_in_numbers(client: TestClient, owner: Any) -> None:
    """Cases that began in the year by what came of them, who was asked, and the stated share."""
    board = ask(client, f"jimcijfers{QUERY}")
    results = dict(
        owner(f"SELECT result, count(*) FROM mentor_case WHERE since {IN_PERIOD} GROUP BY 1")
    )
    assert board["lopend"] == told(results["loopt"])
    assert board["thuisGebleven"] == told(results["thuis gebleven"])
    assert board["tochUitHuis"] == told(results["toch uit huis"])
    shares = {
        "geschatVoorkomenLaag": 0.25, "geschatVoorkomen": 0.5, "geschatVoorkomenHoog": 0.75,
    }  # fmt: skip
    assert {key: board[key] for key in shares} == {
        key: round(results["thuis gebleven"] * share, 1) for key, share in shares.items()
    }
    asked = owner(f"""
        SELECT purpose, answer, count(*) FROM network_inquiry WHERE asked_on {IN_PERIOD}
        GROUP BY 1, 2""")
    assert {(o["doel"], o["uitkomst"]): o["aantal"] for o in board["netwerkvragen"]} == {
        (purpose, answer): told(count) for purpose, answer, count in asked
    }
    assert min(results.values()) > 5
