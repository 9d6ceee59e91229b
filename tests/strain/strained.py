"""Placements under strain in a drawn region, and the rules of the watch list in SQL."""

from sqlalchemy import text
from sqlalchemy.orm import Session

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
REASONS = """
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


def add_strain(session: Session) -> None:
    """Insert signals, reviews and records of breakdowns, beside the placements of a region."""
    for statement in (_SIGNALS, _REVIEWS, _RECORDS):
        session.execute(text(statement))
