"""What the region in figures tells beside three years of placements: steps, a run, JIM cases."""

from sqlalchemy import text
from sqlalchemy.orm import Session

_PAIRS = """
INSERT INTO begun_pair (id, registration_id, family_id, rhythm, is_request, state, begun_on,
                        held_until, ended_at, no_by, reason, decline_reason, phase, actor,
                        is_first_choice)
SELECT gen_random_uuid(), r.id, f.id, 'voltijd', true, w.state, day, day + 14,
       CASE WHEN w.state <> 'loopt' THEN day + TIME '12:00' END,
       CASE WHEN w.state = 'nee' THEN (ARRAY['gezin','ouders','gezin'])[1 + n % 3] END,
       CASE WHEN w.state <> 'loopt' THEN 'toets' END,
       CASE WHEN w.state = 'nee' AND n % 4 > 0
         THEN (ARRAY['afstand','leeftijd','afstand'])[1 + (n / 4) % 3] END,
       CASE WHEN w.state = 'geplaatst' THEN 'plaatsing' ELSE 'voorgesteld' END, 'toets', n % 3 > 0
FROM (SELECT n, DATE '2024-10-01' + (n * 23) % 520 AS day FROM generate_series(1, 180) n) drawn
JOIN (SELECT id, row_number() OVER (ORDER BY number)::int - 1 AS at, count(*) OVER () AS many
      FROM registration) r ON r.at = n % r.many
JOIN (SELECT id, row_number() OVER (ORDER BY reference)::int - 1 AS at,
             count(*) OVER () AS many FROM family) f ON f.at = (n * 7) % f.many
JOIN (VALUES (0, 'nee'), (1, 'verlopen'), (2, 'nee'), (3, 'geplaatst'), (4, 'nee')) AS w(at, state)
  ON w.at = n % 5
"""
_RUNS = """
INSERT INTO match_run (id, region, state, actor, snapshot_day, policy_name, policy_version,
                       policy_text, code_version, seed, goals, counts, notices, seconds)
SELECT id::uuid, 'amsterdam', state, 'toets', day::date,
       'zorgvuldig', 'v', '', 'c', 0, '[]', '{}', '[]', '{}'
FROM (VALUES ('00000000-0000-7000-8000-000000000001', 'klaar', '2025-11-01'),
             ('00000000-0000-7000-8000-000000000002', 'klaar', '2025-12-01'),
             ('00000000-0000-7000-8000-000000000003', 'mislukt', '2025-12-31'))
     AS w(id, state, day)
"""
_UNPLACED = """
INSERT INTO unplaced (run_id, registration_id, why_not)
SELECT run.id, r.id, '{"zin": "toets"}'
FROM (SELECT id, row_number() OVER (ORDER BY number)::int AS n FROM registration) r
JOIN (SELECT id, row_number() OVER (ORDER BY id)::int AS at FROM match_run
      WHERE policy_version = 'v') run ON r.n % (run.at + 1) = 0
"""
_MENTORS = """
INSERT INTO mentor_case (id, registration_id, relation, since, until, result, actor, role)
SELECT gen_random_uuid(), id, 'buren', DATE '2024-10-01' + (n * 19) % 600,
       CASE WHEN n % 4 > 0 THEN DATE '2026-08-01' + n % 60 END,
       (ARRAY['loopt','thuis gebleven','toch uit huis','thuis gebleven'])[1 + n % 4],
       'toets', 'coordinator'
FROM (SELECT id, row_number() OVER (ORDER BY number)::int AS n FROM registration) r WHERE n % 3 > 0
"""
_INQUIRIES = """
INSERT INTO network_inquiry (id, registration_id, purpose, relation, asked_on, answer, actor, role)
SELECT gen_random_uuid(), id, (ARRAY['netwerkgezin','steun'])[1 + n % 2], 'buren',
       DATE '2024-10-01' + (n * 31) % 600,
       (ARRAY['nee','wil nadenken','ja','nee','ja','nee'])[1 + (n / 2) % 6],
       'toets', 'coordinator'
FROM (SELECT id, row_number() OVER (ORDER BY number)::int AS n FROM registration) r WHERE n % 7 > 0
"""


def add_roads(session: Session) -> None:
    """Insert steps with families, two finished runs and one that failed, JIM cases, questions."""
    for statement in (_PAIRS, _RUNS, _UNPLACED, _MENTORS, _INQUIRIES):
        session.execute(text(statement))
