"""The yearly report over twenty thousand placements: whole, and equal to counts in SQL.

How long it takes is printed and not judged: `benchmarks/yearly_report.py` measures it.
"""

from collections.abc import Iterator
from datetime import date
from time import perf_counter, process_time
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import URL, create_engine, text

from app.db.opened import Database
from app.insight.periods import HALVES
from app.kernel.actor import ActorRole
from app.main import create_app
from app.settings import Settings
from benchmarks.yearly_report import PLACEMENTS, YEAR, fill
from tests.databases import copied
from tests.insight.past import agree, parts
from tests.signing import bearer

pytestmark = [pytest.mark.soak, pytest.mark.timeout(900)]
SECTIONS = {
    "jaar", "van", "totEnMet", "gemaaktOp", "voorlopig", "kleinsteAantal", "definities", "cijfers",
    "wachttijden", "plaatsingen", "plekken", "preventie", "vergelijking", "zelfevaluatie",
    "standVan", "plekkenPerMaand", "eindstand",
}  # fmt: skip
IN_YEAR = f"BETWEEN DATE '{YEAR}-01-01' AND DATE '{YEAR}-12-31'"
STAY = "NOT is_bridging AND p.form <> 'deeltijd'"


@pytest.fixture(scope="module")
def large(settings: Settings, reference: URL) -> Iterator[Database]:
    """The region of the benchmark, as large as the report must bear."""
    with copied(settings, reference) as opened:
        fill(opened, PLACEMENTS)
        yield opened


@pytest.fixture(scope="module")
def count(large: Database) -> Iterator[Any]:
    """Count by the owner of the tables."""
    engine = create_engine(large.url)
    with engine.connect() as connection:
        yield lambda sql: connection.execute(text(sql)).all()
    engine.dispose()


@pytest.fixture(scope="module")
def report(large: Database) -> Any:
    """The report at its door; says how long it took."""
    client = TestClient(create_app(large))
    wall, cpu = perf_counter(), process_time()
    answer = client.get(f"/v1/jaarverslagen/{YEAR}", headers=bearer(ActorRole.MANAGER))
    print(  # noqa: T201  (seen with -s)
        f"\n{PLACEMENTS} placements: {perf_counter() - wall:.1f} s, of which "
        f"{process_time() - cpu:.1f} s CPU in the service; {len(answer.content)} bytes"
    )
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_every_section_is_there(report: Any, count: Any) -> None:
    """With twelve months, six rungs, a curve of each half-year, and thirteen comparisons."""
    assert count("SELECT count(*) FROM placement")[0][0] == PLACEMENTS
    assert set(report) == SECTIONS
    assert (report["van"], report["totEnMet"]) == (f"{YEAR}-01-01", f"{YEAR}-12-31")
    assert len(report["wachttijden"]["maanden"]) == 12
    assert len(report["plaatsingen"]["treden"]) == 6
    halves = report["plaatsingen"]["afbreuk"]["halfjaren"]
    assert len(halves) == HALVES
    # The rows are of three years: the half-year before them has no curve, each other has.
    assert [bool(one["punten"]) for one in halves] == [False, *[True] * (HALVES - 1)]
    assert halves[0]["plaatsingen"] == 0
    assert len(report["plekken"]["pleegouders"]["maanden"]) == 12
    assert len(report["vergelijking"]["cijfers"]) == 13
    assert len(report["definities"]) >= 10
    assert len(report["preventie"]["big5"]) == 5


def test_its_figures_are_those_of_the_rows(report: Any, count: Any) -> None:
    """Placements and rungs, siblings, ends, who waits, places and carers."""
    ((begun, ended, waiting, places, respite, registered),) = count(f"""
        SELECT (SELECT count(*) FROM placement WHERE NOT is_bridging AND since {IN_YEAR}),
               (SELECT count(*) FROM placement WHERE NOT is_bridging AND until {IN_YEAR}),
               (SELECT count(*) FROM registration WHERE state = 'zoekt'),
               (SELECT count(*) FROM place WHERE is_offered),
               (SELECT count(*) FROM placement WHERE form = 'deeltijd' AND since {IN_YEAR})
                 + (SELECT count(*) FROM support_offer s JOIN placement p ON p.id = placement_id
                    WHERE s.kind = 'respijt' AND taken_up = 'ja' AND s.since {IN_YEAR}
                    AND (p.until IS NULL OR p.until >= s.since)),
               (SELECT count(*) FROM registration WHERE registered_on {IN_YEAR})""")
    figures = report["cijfers"]
    assert (figures["geplaatst"]["aantal"], figures["beeindigd"]["aantal"]) == (begun, ended)
    assert figures["wachtenden"]["aantal"] == waiting
    assert report["plekken"]["totaal"]["plekken"] == places
    assert report["preventie"]["respijt"]["begonnen"] == respite
    assert report["preventie"]["aanmeldingen"] == registered
    rungs = dict(
        count(f"""
        SELECT CASE kind WHEN 'netwerk' THEN 'eigen netwerk' ELSE 'pleeggezin' END, count(*)
        FROM placement p JOIN family f ON f.id = family_id WHERE {STAY} AND since {IN_YEAR}
        GROUP BY 1""")
    )
    agree(parts(report["plaatsingen"]["treden"], "trede", "begonnen"), rungs)
    siblings = dict(
        count(f"""
        SELECT CASE together WHEN true THEN 'met broer of zus'
                 WHEN false THEN 'zonder broer of zus die er ook is'
                 ELSE 'geen broer of zus, of niet vastgelegd' END, count(*)
        FROM placement p WHERE {STAY} AND since {IN_YEAR} GROUP BY 1""")
    )
    agree(parts(report["plaatsingen"]["broersZussen"]), siblings)
    assert min(begun, ended, waiting, places, respite, registered) > 1000


def test_its_breakdowns_are_those_of_the_rows(report: Any, count: Any) -> None:
    """By the half-year of the start; and the share that holds after a year, by the product."""
    told = report["plaatsingen"]["afbreuk"]
    end = date(YEAR, 12, 31)
    counted = dict(
        count(f"""
        SELECT extract(year FROM since) || '-' || CASE WHEN extract(month FROM since) < 7
                 THEN 1 ELSE 2 END, count(*)
        FROM placement p JOIN placement_ending e ON e.placement_id = p.id
        WHERE {STAY} AND e.label = 'voortijdig afgebroken' AND until <= '{end}' GROUP BY 1""")
    )
    agree({one["halfjaar"]: one["afgebroken"] for one in told["halfjaren"]}, counted)
    ((holds,),) = count(f"""
        WITH seen AS (
          SELECT least(coalesce(until, '{end}'), DATE '{end}') - since AS days,
                 coalesce(until <= '{end}' AND label = 'voortijdig afgebroken', false) AS broke
          FROM placement p LEFT JOIN placement_ending e ON e.placement_id = p.id
          WHERE {STAY} AND since <= '{end}'
          AND NOT (until IS NOT NULL AND until <= '{end}' AND coalesce(label, 'te beoordelen') =
                   'te beoordelen')),
        steps AS (SELECT days, count(*) FILTER (WHERE broke) AS broke,
                         sum(count(*)) OVER (ORDER BY days DESC) AS at_risk
                  FROM seen GROUP BY days)
        SELECT exp(sum(ln(1 - broke::float8 / at_risk))) FROM steps
        WHERE broke > 0 AND days <= 365.25""")
    shown = next(point for point in told["alle"]["punten"] if point["maand"] == 12)
    assert shown["houdtStand"] == pytest.approx(holds, abs=1e-4)
