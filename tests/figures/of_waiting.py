"""Waiting, month by month."""

from tests.figures.asking import Query
from tests.insight.past import FIRST, LAST

# Each registration with the day on which its waiting was over, as far as anybody knows.
_WAITERS = """
    SELECT registered_on, least(registered_on, coalesce(clock_from, registered_on)) AS since,
           state = 'zoekt' AS waits, began,
           CASE WHEN state <> 'zoekt' THEN coalesce(began,
             (withdrawn_at AT TIME ZONE 'Europe/Amsterdam')::date,
             (SELECT min((at AT TIME ZONE 'Europe/Amsterdam')::date) FROM stage_change s
              WHERE s.registration_id = r.id
              AND to_stage IN ('geplaatst', 'gesloten', 'ingetrokken'))) END AS over
    FROM registration r CROSS JOIN LATERAL (
      SELECT min(since) AS began FROM placement p
      WHERE p.registration_id = r.id AND NOT is_bridging) b"""
_MONTHS = f"""
    SELECT to_char(first, 'YYYY-MM') AS maand, first::date AS first,
           (first + interval '1 month' - interval '1 day')::date AS last
    FROM generate_series(TIMESTAMP '{FIRST}', TIMESTAMP '{LAST}', interval '1 month') first"""

WAITING = (
    Query(
        "maanden[]",
        f"""SELECT maand, count(since) AS wachtenden,
                   percentile_cont(0.5) WITHIN GROUP (ORDER BY last - since) AS "mediaanDagen"
            FROM ({_MONTHS}) m LEFT JOIN ({_WAITERS}) w
              ON registered_on <= last AND (waits OR over > last) GROUP BY 1""",
        "alone",
    ),
    Query(
        "maanden[]",
        f"""SELECT maand, count(*) FILTER (WHERE registered_on BETWEEN first AND last) AS aangemeld,
                   count(*) FILTER (WHERE NOT waits AND began BETWEEN first AND last) AS geplaatst,
                   count(*) FILTER (WHERE NOT waits AND began IS NULL AND over BETWEEN first
                                    AND last) AS "andersGeeindigd"
            FROM ({_MONTHS}) m CROSS JOIN ({_WAITERS}) w GROUP BY 1""",
        "two ways",
    ),
    Query(
        "",
        f"""SELECT count(*) FILTER (WHERE NOT waits AND over IS NULL) AS "zonderEinddatum"
            FROM ({_WAITERS}) w""",
        "alone",
    ),
)
