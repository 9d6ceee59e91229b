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

_SIGNALS = """
INSERT INTO strain_signal (id, placement_id, day, kind, actor, role, settled_at, settled_by,
                           settled_reason)
SELECT gen_random_uuid(), id, current_date - n % 90,
       (ARRAY['problemen nemen toe','meer contact met hulp','pleegouders overbelast',
              'bijna afgebroken','veiligheid','school'])[1 + (n / 3 + again) % 6],
       'toets', 'coordinator', CASE WHEN n % 4 = 0 THEN now() END,
       CASE WHEN n % 4 = 0 THEN 'toets' END, CASE WHEN n % 4 = 0 THEN 'toets' END
FROM (SELECT id, row_number() OVER (ORDER BY since, id)::int AS n FROM placement) p,
     generate_series(0, 1) again WHERE n % 5 < 2 AND (again = 0 OR n % 3 = 0)
"""
_REVIEWS = """
INSERT INTO placement_review (id, placement_id, ordinal, due, held_on, problems,
                              contacts_per_month, strain, safety, actor)
SELECT gen_random_uuid(), id, ordinal, due, held_on,
       CASE WHEN h AND n % 9 > 0 THEN (n * 7 + ordinal * 3) % 4 END,
       CASE WHEN h AND n % 11 > 0 THEN (n * 5 + ordinal * 3) % 7 END,
       CASE WHEN h AND n % 13 > 0 THEN 1 + (n * 3 + ordinal * 2) % 5 END,
       CASE WHEN h THEN (ARRAY['veilig','twijfel','veilig','onveilig','veilig'])
         [1 + (n + ordinal) % 5] END,
       CASE WHEN h THEN 'toets' END
FROM (SELECT id, n, ordinal, current_date - 400 + ordinal * 130 - n % 40 AS due,
             CASE WHEN ordinal < 4 AND (ordinal < 3 OR n % 2 = 0)
               THEN current_date - 395 + ordinal * 130 - n % 40 END AS held_on,
             ordinal < 4 AND (ordinal < 3 OR n % 2 = 0) AS h
      FROM (SELECT id, row_number() OVER (ORDER BY since, id)::int AS n FROM placement) p,
           generate_series(1, 4) ordinal) drawn
WHERE n % 3 > 0 AND (h OR ordinal = CASE WHEN n % 2 = 0 THEN 4 ELSE 3 END)
"""
_RECORDS = """
INSERT INTO breakdown_record (id, placement_id, kind, day, initiative, reasons, tried, actor, role)
SELECT gen_random_uuid(), id, (ARRAY['bijna afgebroken','afgebroken'])[1 + n % 2],
       current_date - (n * 7) % 400, 'pleegouders', ARRAY['gedrag van het kind'], '{}', 'toets',
       'coordinator'
FROM (SELECT id, row_number() OVER (ORDER BY since, id)::int AS n FROM placement) p
WHERE n % 4 = 0
"""
# Each rule as app/strain/regels.toml says it, in words of its own.
_REASONS = """
WITH running AS (SELECT id FROM placement WHERE NOT is_bridging
                 AND (until IS NULL OR until >= :today)),
held AS (SELECT v.*, row_number() OVER (PARTITION BY placement_id
                                        ORDER BY held_on DESC, due DESC) AS back
         FROM placement_review v WHERE held_on IS NOT NULL),
two AS (SELECT one.placement_id, one.strain, one.safety, one.problems - was.problems AS problems,
               one.contacts_per_month - was.contacts_per_month AS contacts,
               one.strain - was.strain AS more
        FROM held one LEFT JOIN held was ON was.placement_id = one.placement_id AND was.back = 2
        WHERE one.back = 1)
SELECT w.placement_id, w.code, w.gravity FROM (
  SELECT placement_id, 'signaal ' || kind AS code,
         CASE WHEN kind IN ('pleegouders overbelast','bijna afgebroken','veiligheid') THEN 3
              WHEN kind = 'problemen nemen toe' THEN 2 ELSE 1 END AS gravity
  FROM strain_signal WHERE settled_at IS NULL
  UNION ALL SELECT placement_id, 'problemen stijgen', 2 FROM two WHERE problems >= 1
  UNION ALL SELECT placement_id, 'contact met hulp stijgt', 1 FROM two WHERE contacts >= 2
  UNION ALL SELECT placement_id, 'belasting stijgt', 2 FROM two WHERE more >= 2
  UNION ALL SELECT placement_id, 'belasting hoog', 3 FROM two WHERE strain >= 4
  UNION ALL SELECT placement_id, 'veiligheid bij evaluatie', 3 FROM two WHERE safety <> 'veilig'
  UNION ALL SELECT placement_id, 'evaluatie gemist', 1 FROM placement_review
            WHERE held_on IS NULL AND due <= CAST(:today AS date) - 14
  UNION ALL SELECT DISTINCT placement_id, 'verslag bijna afgebroken', 3 FROM breakdown_record
            WHERE kind = 'bijna afgebroken' AND day >= CAST(:today AS date) - 183
) w JOIN running ON running.id = w.placement_id
"""


@pytest.fixture(scope="module")
def owner(loaded_region: Database) -> Any:
    """The drawn region as its owner reads it."""
    engine = create_engine(loaded_region.url)
    with Session(engine) as session:
        add_three_years(session)
        add_roads(session)
        for statement in (_SIGNALS, _REVIEWS, _RECORDS):
            session.execute(text(statement))
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
    for placement, code, gravity in owner(_REASONS, today=today):
        found[str(placement)][code, gravity] += 1
    return found


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
    assert board["opDeVolglijst"] == told(len(wanted))
    by_code = Counter(code for reasons in wanted.values() for code in {code for code, _ in reasons})
    shown = {one["reden"]: one["aantal"] for one in board["redenen"]}
    assert shown == {code: told(count) for code, count in by_code.items()}


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
