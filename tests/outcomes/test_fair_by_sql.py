"""Brothers and sisters, options and noes on the fairness board against SQL of the test's own."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import URL, text
from sqlalchemy.orm import Session

from app.db.opened import Database
from app.db.session import session_for
from app.kernel.actor import SYSTEM
from app.outcomes.fair_schemas import FairGroup, FairnessOut
from app.outcomes.fairness import show_fairness
from app.settings import Settings
from tests.databases import copied
from tests.insight.past import LET_PLAIN_IN
from tests.outcomes.made import TODAY, insert_placements
from tests.outcomes.worlds import draw_world

FIRST = TODAY - timedelta(days=1500)
_GROUPS = """
INSERT INTO sibling_group (id, code, wish, {more})
SELECT ('00000000-0000-7000-9000-' || lpad(n::text, 12, '0'))::uuid, 'BZ-' || n, 'samen', {values}
FROM generate_series(0, 70) n
"""
_NUMBERED = "(SELECT id, row_number() OVER (ORDER BY number)::int AS n FROM registration) r"
_JOIN = f"""
UPDATE registration SET sibling_group_id =
  ('00000000-0000-7000-9000-' || lpad((n % 71)::text, 12, '0'))::uuid,
  sibling_wish = 'samen'
FROM {_NUMBERED} WHERE r.id = registration.id AND n % 3 = 0
"""
_ASKED = f"""
INSERT INTO begun_pair (id, registration_id, family_id, rhythm, is_request, state, begun_on,
                        held_until, ended_at, no_by, reason, actor)
SELECT gen_random_uuid(), r.id, p.family_id, 'voltijd', true,
       CASE WHEN n % 5 < 2 OR n % 21 = 0 THEN 'nee' ELSE 'verlopen' END, p.since, p.since, now(),
       CASE WHEN n % 5 < 2 OR n % 21 = 0 THEN 'gezin' END, 'toets', 'toets'
FROM {_NUMBERED} JOIN placement p ON p.registration_id = r.id
"""
_RUNS = """
INSERT INTO match_run (id, region, state, actor, snapshot_day, policy_name, policy_version,
                       policy_text, code_version, seed, goals, counts, notices, seconds)
SELECT ('00000000-0000-7000-8000-00000000000' || n)::uuid, 'amsterdam', 'klaar', 'toets',
       current_date, 'toets', 'v', '', 'c', 0, '[]', '{}', '[]', '{}' FROM generate_series(1, 2) n
"""
# The second run names one to four families for each child of five; for one in eleven nobody.
_NAMED = f"""
INSERT INTO proposal (id, run_id, registration_id, family_id, role, rank, chance, chance_low,
                      chance_high, reasons)
SELECT gen_random_uuid(), run.id, r.id, (SELECT family_id FROM placement LIMIT 1),
       'alternatief', rank, 0.2, 0.1, 0.3, '[]'
FROM {_NUMBERED}, generate_series(1, 4) rank,
     (SELECT id, row_number() OVER (ORDER BY id)::int AS nth FROM match_run) run
WHERE n % 11 > 0 AND rank <= 1 + (n + run.nth) % 4 AND (run.nth = 1 OR n % 5 > 0)
"""
_NOBODY = f"""
INSERT INTO unplaced (run_id, registration_id, why_not)
SELECT (SELECT max(id::text)::uuid FROM match_run), r.id, '{{}}' FROM {_NUMBERED} WHERE n % 11 = 0
"""
# Each child with its group by each grouping that is asked after here.
_CHILD = """
SELECT r.id, c.gender AS geslacht, r.care_form AS vorm, r.municipality AS gemeente,
       CASE WHEN r.sibling_group_id IS NULL THEN 'alleen' ELSE 'met broers of zussen' END
         AS "broers en zussen",
       CASE WHEN years < 4 THEN '0 t/m 3' WHEN years < 8 THEN '4 t/m 7' WHEN years < 12
         THEN '8 t/m 11' WHEN years < 16 THEN '12 t/m 15' ELSE '16 en ouder' END AS leeftijd
FROM registration r JOIN child c ON c.id = r.child_id
CROSS JOIN LATERAL (SELECT (r.registered_on - c.born_on) / 365.25 AS years) y
WHERE r.registered_on BETWEEN :first AND :today
"""
GROUPINGS = ("geslacht", "vorm", "gemeente", "broers en zussen", "leeftijd")


@pytest.fixture(scope="module")
def region(settings: Settings, reference: URL) -> Iterator[Database]:
    """Six hundred children, a third of them with brothers or sisters, two runs and many noes."""

    def made(session: Session) -> None:
        insert_placements(session, draw_world(600, seed=8))
        session.flush()
        session.execute(text("RESET ROLE"))
        session.execute(text(LET_PLAIN_IN))
        more, values = _what_a_group_needs(session)
        session.execute(text(_GROUPS.format(more=more, values=values)))
        for statement in (_JOIN, _ASKED, _RUNS, _NAMED, _NOBODY):
            session.execute(text(statement))

    with copied(settings, reference, made) as opened:
        yield opened


def _what_a_group_needs(session: Session) -> tuple[str, str]:
    """Return the other columns of a group that must be filled, with a plain value."""
    rows = session.execute(
        text("""SELECT column_name, data_type FROM information_schema.columns
                WHERE table_name = 'sibling_group' AND is_nullable = 'NO'
                AND column_default IS NULL AND column_name NOT IN ('id', 'code', 'wish')""")
    ).all()
    plain = {"boolean": "false", "integer": "1", "date": "current_date", "text": "'toets'"}
    names = [row[0] for row in rows] or ["wish"]
    return ", ".join(names), ", ".join(plain[row[1]] for row in rows)


@pytest.fixture(scope="module")
def board(region: Database) -> FairnessOut:
    """What the board tells."""
    with session_for(region.sessions, SYSTEM) as session:
        return show_fairness(session, first=FIRST, last=TODAY, today=TODAY)


def ask(region: Database, sql: str) -> Any:
    with session_for(region.sessions, SYSTEM) as session:
        return session.execute(text(sql), {"first": FIRST, "today": TODAY}).all()


def groups_of(board: FairnessOut, name: str) -> dict[str, FairGroup]:
    return {g.name: g for one in board.groupings if one.name == name for g in one.groups}


@pytest.mark.parametrize("name", GROUPINGS)
def test_options_of_every_group(region: Database, board: FairnessOut, name: str) -> None:
    """Families that the last run with a child in it named for it, none counted too; their mean."""
    rows = ask(
        region,
        f"""
        WITH told AS (
          SELECT run_id, registration_id, count(*) AS n FROM proposal
          WHERE role IN ('voorstel', 'alternatief') GROUP BY 1, 2
          UNION ALL SELECT run_id, registration_id, 0 FROM unplaced),
        newest AS (SELECT registration_id, max(run_id::text)::uuid AS run_id FROM told GROUP BY 1)
        SELECT "{name}", count(*), avg(n), 1.959964 * stddev_samp(n) / sqrt(count(*))
        FROM ({_CHILD}) c JOIN newest ON newest.registration_id = c.id
        JOIN told ON told.registration_id = c.id AND told.run_id = newest.run_id GROUP BY 1""",
    )
    shown = groups_of(board, name)
    assert shown.keys() == {row[0] for row in rows}
    for group, count, mean, half in rows:
        options = shown[group].options
        assert (options is None) == (count < 10)
        assert options is None or options.value == round(float(mean), 2)
        assert options is None or options.high == pytest.approx(
            float(mean) + float(half), abs=0.006
        )


@pytest.mark.parametrize("name", GROUPINGS)
def test_noes_of_every_group(region: Database, board: FairnessOut, name: str) -> None:
    """Of the families that were asked for its children and answered, how many said no."""
    rows = ask(
        region,
        f"""
        SELECT "{name}", avg((b.state = 'nee')::int) FROM ({_CHILD}) c
        JOIN begun_pair b ON b.registration_id = c.id AND b.state <> 'loopt' GROUP BY 1""",
    )
    told = {group: shown.declined for group, shown in groups_of(board, name).items()}
    assert {group: no.value for group, no in told.items() if no} == {
        group: round(float(share), 4) for group, share in rows
    }
    assert len({round(float(share), 4) for _, share in rows}) > 1 or len(rows) == 1


def test_brothers_and_sisters(region: Database, board: FairnessOut) -> None:
    """How many, how many placed, and their chance when it began."""
    rows = ask(
        region,
        f"""
        SELECT "broers en zussen", count(*), avg((p.id IS NOT NULL)::int), avg(b.chance),
               percentile_disc(0.5) WITHIN GROUP (ORDER BY p.since - r.registered_on)
        FROM ({_CHILD}) c JOIN registration r ON r.id = c.id
        LEFT JOIN placement p ON p.registration_id = c.id
        LEFT JOIN placement_basis b ON b.placement_id = p.id GROUP BY 1""",
    )
    shown = groups_of(board, "broers en zussen")
    assert shown.keys() == {"alleen", "met broers of zussen"} == {row[0] for row in rows}
    for name, count, placed, chance, wait in rows:
        group = shown[name]
        assert group.children == count > 100
        assert group.placed and group.placed.value == pytest.approx(float(placed), abs=6e-5)
        assert group.chance and group.chance.value == pytest.approx(float(chance), abs=6e-5)
        assert group.wait and group.wait.value == wait
