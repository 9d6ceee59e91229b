"""A region in which nearly every figure of every board is more than nothing."""

from sqlalchemy import text
from sqlalchemy.orm import Session

from app.kernel.clock import today_in_amsterdam
from tests.figures.policy import PRICED
from tests.insight.more_past import add_roads
from tests.insight.past import add_three_years
from tests.outcomes.made import insert_placements
from tests.outcomes.worlds import draw_world
from tests.strain.strained import add_strain

_NUMBERED = "(SELECT id, row_number() OVER (ORDER BY number)::int AS n FROM registration) r"
_FAMILIES = "(SELECT id, row_number() OVER (ORDER BY reference)::int AS n FROM family) f"
_PLACES = """
    (SELECT id, family_id, row_number() OVER (ORDER BY (
    SELECT reference FROM family WHERE family.id = family_id), ordinal)::int AS n"""
# Some never came to live in a family: some were withdrawn, of some nobody knows what became.
_NEVER_PLACED = (
    f"""
CREATE TEMP TABLE never AS
SELECT p.id FROM placement p JOIN {_NUMBERED} ON r.id = p.registration_id
WHERE n % 10 = 0 OR n % 20 = 6 OR n % 5 = 3 OR (n % 5 = 1 AND since < '2025-03-31')
""",
    *(
        f"DELETE FROM {table} WHERE placement_id IN (SELECT id FROM never)"
        for table in (
            "placement_ending",
            "placement_basis",
            "support_offer",
            "strain_signal",
            "placement_review",
            "breakdown_record",
        )
    ),
    "DELETE FROM placement WHERE id IN (SELECT id FROM never)",
    "DROP TABLE never",
)
# Eighteen began in one month, twelve were withdrawn in another: more than a few.
_BEGAN = f"""
INSERT INTO placement (id, registration_id, family_id, provider_id, form, origin, version, since,
                       until, is_bridging, together)
SELECT gen_random_uuid(), r.id, f.id, f.provider_id, 'opvoeding', 'gemeld', 1,
       DATE '2025-03-05' + r.n % 20, CASE WHEN r.n % 3 = 0 THEN DATE '2026-02-01' END, false, true
FROM {_NUMBERED} JOIN (SELECT id, provider_id, row_number() OVER (ORDER BY reference)::int AS n
                       FROM family) f ON f.n = r.n WHERE r.n % 5 = 1 AND r.n % 20 <> 6
"""
# Of the others one lived years ago where another lives now.
_BEFORE = """
INSERT INTO placement (id, registration_id, family_id, provider_id, form, origin, version, since,
                       until, is_bridging)
SELECT md5('b' || r.number)::uuid, other.id, p.family_id, p.provider_id, 'opvoeding', 'gemeld', 1,
       DATE '2019-01-01', DATE '2019-06-01', false
FROM placement p JOIN registration r ON r.id = p.registration_id
JOIN registration other ON other.sibling_group_id = r.sibling_group_id AND other.number > r.number
WHERE p.since BETWEEN '2025-01-01' AND '2025-12-31'
  AND r.sibling_group_id IN (SELECT id FROM sibling_group WHERE ascii(right(code, 1)) % 4 = 0)
  AND EXISTS (SELECT FROM placement had WHERE had.registration_id = other.id)
ORDER BY p.since, p.id ON CONFLICT DO NOTHING
"""
_WITHDRAWN = f"""
UPDATE registration SET withdrawn_at = TIMESTAMPTZ '2025-06-10 12:00+02' +
       make_interval(days => n % 15)
FROM {_NUMBERED} WHERE r.id = registration.id AND n % 10 = 0
"""
_LOST = f"""
DELETE FROM stage_change USING {_NUMBERED} WHERE r.id = registration_id AND n % 20 = 6
"""
# Some families are of the own network of a child.
_NETWORKS = f"""
UPDATE family SET kind = 'netwerk', network_for = 'AM-N' || n
FROM {_FAMILIES} WHERE f.id = family.id AND n % 4 = 0
"""
_NOBODY = """
INSERT INTO unplaced (run_id, registration_id, why_not)
SELECT (SELECT id FROM match_run WHERE state = 'klaar' ORDER BY id DESC LIMIT 1), id,
       '{"zin": "toets"}' FROM registration
WHERE state = 'zoekt' ON CONFLICT DO NOTHING
"""
_DRAFTS = """
INSERT INTO draft (id, state, sealed, started_on, missing, version)
SELECT gen_random_uuid(), (ARRAY['concept','compleet','ingetrokken'])[1 + n % 3],
       CASE WHEN n % 3 < 2 THEN '\\x00'::bytea END, DATE '2025-11-01', n, 1
FROM generate_series(1, 21) n
"""
_MOVES = f"""
INSERT INTO family_move (id, family_id, from_provider_id, from_number, to_provider_id, to_number,
                         is_merger, on_day, reason, actor)
SELECT gen_random_uuid(), f.id, p.one, 'V-' || n, p.other, 'N-' || n, n % 6 = 0,
       DATE '2024-11-01' + n * 5, 'toets', 'toets'
FROM {_FAMILIES}, (SELECT min(id::text)::uuid AS one, max(id::text)::uuid AS other FROM provider) p
WHERE n < 120
"""
# Families are of this year and the last, so that both are told of as new.
_NEW = f"""
UPDATE family SET created_at = TIMESTAMPTZ '2024-12-20 22:30+00' + make_interval(days => n % 400)
FROM {_FAMILIES} WHERE f.id = family.id
"""
_CLOSED = f"""
UPDATE family SET needs_confirmation = n % 11 = 0,
       status = CASE WHEN n % 7 = 0 THEN 'pauze' ELSE status END,
       available_until = CASE WHEN n % 13 = 0 AND coalesce(available_from < current_date - 1, true)
                              THEN current_date - 1 ELSE available_until END
FROM {_FAMILIES} WHERE f.id = family.id
"""
_IN_USE = f"""
INSERT INTO occupation (id, place_id, rhythm, since, from_outside)
SELECT gen_random_uuid(), p.id, 'voltijd', now() - interval '30 days', true
FROM {_PLACES} FROM place WHERE id NOT IN
      (SELECT place_id FROM occupation WHERE released_at IS NULL)) p WHERE n % 3 = 0
"""
_HELD = f"""
INSERT INTO begun_pair (id, registration_id, family_id, place_id, rhythm, is_request, state,
                        begun_on, held_until, actor, is_first_choice)
SELECT gen_random_uuid(), r.id, p.family_id, p.id, 'voltijd', false, 'loopt',
       DATE '2025-03-01' + r.n, current_date + CASE WHEN r.n % 4 = 0 THEN -1 ELSE 30 END, 'toets',
       true
FROM {_NUMBERED} JOIN {_PLACES} FROM place WHERE id NOT IN
      (SELECT place_id FROM occupation WHERE released_at IS NULL)) p ON p.n = r.n * 2
WHERE r.n % 2 = 0 AND r.id NOT IN (SELECT registration_id FROM begun_pair WHERE state = 'loopt')
"""
_OFFERED = """
INSERT INTO support_offer (id, placement_id, kind, offered_on, taken_up, since, helped, actor, role,
                           version)
SELECT md5('o' || n)::uuid, id, 'respijt', DATE '2025-07-01', 'ja', DATE '2025-07-05', 'ja',
       'toets', 'coordinator', 1
FROM (SELECT id, row_number() OVER (ORDER BY since, id) AS n FROM placement
      WHERE until IS NULL AND NOT is_bridging) p WHERE n % 4 = 0
"""
_RESPITE = f"""
WITH used AS (
  INSERT INTO occupation (id, place_id, rhythm, since, from_outside)
  SELECT md5('w' || n)::uuid, p.id, 'even weekenden', now() - interval '9 days', true
  FROM {_PLACES} FROM place WHERE id NOT IN
      (SELECT place_id FROM occupation WHERE released_at IS NULL)) p WHERE n % 4 = 1 RETURNING id
)
INSERT INTO respite_place (offer_id, occupation_id)
SELECT o.id, u.id FROM (SELECT id, row_number() OVER (ORDER BY id) AS n FROM used) u
JOIN (SELECT id, row_number() OVER (ORDER BY id) AS n FROM support_offer
      WHERE offered_on = '2025-07-01' AND placement_id IN (
        SELECT id FROM placement WHERE until IS NULL)) o USING (n)
"""
_STRAINED = """
INSERT INTO strain_signal (id, placement_id, day, kind, actor, role)
SELECT gen_random_uuid(), placement_id, current_date, 'school', 'toets', 'coordinator'
FROM support_offer WHERE id IN (SELECT offer_id FROM respite_place)
"""
# Of three groups in four, whoever is together lives in one family.
_TOGETHER = """
UPDATE placement SET family_id = f.id, provider_id = f.provider_id,
       until = CASE WHEN until IS NOT NULL THEN greatest(until, DATE '2026-06-01') END
FROM registration r, (SELECT id, provider_id FROM family ORDER BY reference OFFSET 3 LIMIT 1) f
WHERE r.id = registration_id AND since BETWEEN '2025-01-01' AND '2025-12-31'
  AND sibling_group_id IN (SELECT id FROM sibling_group WHERE ascii(right(code, 1)) % 4 > 0)
"""
# Chances rise with the number of the child, so that those of groups differ.
_CHANCES = """
UPDATE placement_basis SET chance = 0.05 + (n * 37) % 40 / 100.0, chance_low = 0.01,
       chance_high = 0.9, horizon_months = CASE WHEN n % 6 = 0 THEN 2 ELSE 12 END,
       weights_version = 'literatuur-2026-11'
FROM (SELECT placement_id AS one, row_number() OVER (ORDER BY placement_id)::int AS n
      FROM placement_basis) b WHERE b.one = placement_id AND n % 8 > 0
"""
_LIVES = f"""
UPDATE registration SET languages = CASE n % 4 WHEN 0 THEN ARRAY['Nederlands']
         WHEN 1 THEN ARRAY['nederlands', 'Turks'] WHEN 2 THEN ARRAY['Tigrinya'] ELSE '{{}}' END,
       needs_wheelchair = n % 5 = 0
FROM {_NUMBERED} WHERE r.id = registration.id
"""
# Too few of them to be shown by themselves.
_OTHERS = f"""
UPDATE child SET gender = 'x' FROM registration o JOIN {_NUMBERED} USING (id)
WHERE o.child_id = child.id AND n % 97 = 0 AND o.registered_on >= '2024-01-01'
"""
_NAMED = f"""
INSERT INTO proposal (id, run_id, registration_id, family_id, role, rank, chance, chance_low,
                      chance_high, reasons)
SELECT gen_random_uuid(), run.id, r.id, (SELECT id FROM family ORDER BY reference LIMIT 1),
       'alternatief', rank, 0.2, 0.1, 0.3, '[]'
FROM {_NUMBERED}, generate_series(1, 4) rank,
     (SELECT id, row_number() OVER (ORDER BY id)::int AS nth FROM match_run) run
WHERE rank <= 1 + (n + run.nth) % 4 AND r.n % (run.nth + 1) > 0
"""
# Where children went, and what was recorded of breakdowns and of what nearly was one.
_WENT = """
UPDATE placement_ending SET went_to = (ARRAY['thuis','eigen netwerk','ander pleeggezin',
       'gezinshuis','leefhuis','residentieel','zelfstandig','blijft in dit gezin',
       'onbekend'])[1 + n % 9]
FROM (SELECT id, row_number() OVER (ORDER BY since, id)::int AS n FROM placement) p
WHERE p.id = placement_id
"""
_RECORDED = """
INSERT INTO breakdown_record (id, placement_id, kind, day, initiative, reasons, tried, actor, role)
SELECT gen_random_uuid(), id, CASE WHEN n % 5 = 0 THEN 'bijna afgebroken' ELSE 'afgebroken' END,
       DATE '2024-11-01' + n % 420,
       (ARRAY['kind','ouders','pleegouders','aanbieder','verwijzer','rechter','gezamenlijk'])
         [1 + n % 7],
       (ARRAY['gedragsproblemen kind','draagkracht pleegouders','relatie eigen kinderen',
              'samenwerking met ouders','loyaliteit','veiligheid','omstandigheden pleeggezin',
              'ontbrekende ondersteuning'])[1 + n % 7:1 + n % 7 + n % 2],
       (ARRAY['extra begeleiding pleegouders','respijtzorg','hulp voor het kind','hulp aan huis',
              'gesprek met ouders','netwerk of JIM','tijdelijk elders','niets','anders'])
         [1 + n % 8:1 + n % 8 + n % 2], 'toets', 'coordinator'
FROM (SELECT id, row_number() OVER (ORDER BY since, id)::int AS n FROM placement) p WHERE n % 2 = 0
"""
# Of the second of the runs it was kept how many families each child could go to.
_POSSIBLE = """
UPDATE proposal SET possible = 4 + ascii(left(registration_id::text, 1)) % 23
WHERE rank = 1 AND role = 'alternatief'
  AND run_id = (SELECT id FROM match_run ORDER BY id OFFSET 1 LIMIT 1)
"""
# A run of the year that is over, and for whom it had nobody.
_RUN_THEN = (
    """CREATE TEMP TABLE run_then AS SELECT * FROM match_run
       WHERE state = 'klaar' ORDER BY id LIMIT 1""",
    "UPDATE run_then SET id = '00000000-0000-7000-7000-000000000001', snapshot_day = '2025-12-15'",
    "INSERT INTO match_run SELECT * FROM run_then",
    f"""INSERT INTO unplaced (run_id, registration_id, why_not)
        SELECT run_then.id, r.id, '{{"zin": "toets"}}' FROM run_then, {_NUMBERED}
        WHERE n % 3 = 0""",
    "DROP TABLE run_then",
)
# Some ran before the service was told of them, which is today.
_TAKEN_OVER = """
UPDATE placement SET outside_ground = (ARRAY['overgenomen','eigen netwerk'])[1 + n % 2]
FROM generate_series(11, 600, 23) n WHERE id = md5('p' || n)::uuid
"""
_SURVEY = """
INSERT INTO survey_form (municipality_code, year, questionnaire, state, saved_by, saved_at,
                         submitted_by, submitted_at, version)
SELECT code, year, '2026-1', CASE WHEN is_done THEN 'ingediend' ELSE 'concept' END, 'toets', now(),
       CASE WHEN is_done THEN 'toets' END, CASE WHEN is_done THEN now() END, 2
FROM (SELECT code, year, (year + right(code, 1)::int) % 4 > 0 AS is_done
      FROM unnest(ARRAY['0363','0384','0394','0479','0439']) code,
           generate_series(2023, 2025) year) f
"""
# Two versions of each answer; the last of some is taken back, and some were never given.
_ANSWERS = """
INSERT INTO survey_response (municipality_code, year, question, version, answers, actor, role)
SELECT municipality_code, f.year, q, v, CASE
         WHEN v = 2 AND (q + f.year) % 9 = 0 THEN '{}'::text[]
         WHEN q = 2 THEN (ARRAY['CBS','facturen','anders'])[1:1 + (q + v + f.year) % 3]
         WHEN q = 11 THEN (ARRAY['JIM','maatjes'])[1:1 + f.year % 2]
         WHEN q IN (7, 28) THEN (ARRAY['ja','nee'])[1 + (q + v) % 2:1 + (q + v) % 2]
         ELSE (ARRAY['ja','nee','weet niet','ja'])
              [1 + (q + v + right(municipality_code, 1)::int + f.year) % 4:
               1 + (q + v + right(municipality_code, 1)::int + f.year) % 4] END,
       'toets', 'regiomanager'
FROM survey_form f, generate_series(1, 28) q, generate_series(1, 2) v
WHERE (q + right(municipality_code, 1)::int + f.year) % 7 > 0 AND NOT (v = 2 AND q % 4 = 0)
"""
_PRICES = """
UPDATE match_run SET policy_text = :policy, tradeoffs = CAST(:told AS json),
       counts = CAST(:counts AS json)
"""


def fill(session: Session) -> None:
    """Insert all of it, by the owner of the tables."""
    add_three_years(session)
    add_roads(session)
    add_strain(session)
    for statement in (
        *_NEVER_PLACED, _BEGAN, _TOGETHER, _BEFORE, _WITHDRAWN, _LOST, _NETWORKS, _NOBODY, _DRAFTS,
        _MOVES, _NEW, _CLOSED, _IN_USE, _HELD, _OFFERED, _RESPITE,
        _STRAINED, _CHANCES,
    ):  # fmt: skip
        session.execute(text(statement))
    insert_placements(session, draw_world(400, seed=8, today=today_in_amsterdam()))
    session.flush()
    for statement in (
        _LIVES, _OTHERS, _NAMED, _POSSIBLE, *_RUN_THEN, _WENT, _RECORDED, _TAKEN_OVER, _SURVEY,
        _ANSWERS,
    ):  # fmt: skip
        session.execute(text(statement))
    session.execute(text(_PRICES), PRICED)
