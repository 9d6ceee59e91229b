"""Is everything that stands there whole: places, placements, runs, imports, jobs?"""

from tests.chaos.judge import Judge

_TWICE = """
    SELECT a.place_id, a.id, b.id FROM occupation a JOIN occupation b
        ON a.place_id = b.place_id AND a.id < b.id
     WHERE (a.rhythm = 'voltijd' OR b.rhythm = 'voltijd' OR a.rhythm = b.rhythm)
       AND tstzrange(a.since, a.released_at) && tstzrange(b.since, b.released_at)
"""
_HELD_TWICE = """
    SELECT a.place_id, a.id, b.id FROM begun_pair a JOIN begun_pair b
        ON a.place_id = b.place_id AND a.id < b.id
     WHERE a.state = 'loopt' AND b.state = 'loopt'
       AND (a.rhythm = 'voltijd' OR b.rhythm = 'voltijd' OR a.rhythm = b.rhythm)
"""
_HALF_PLACED = """
    SELECT b.id, b.state, count(p.id), count(m.id) FROM begun_pair b
      LEFT JOIN placement p ON p.pair_id = b.id
      LEFT JOIN step_move m ON m.pair_id = b.id AND m.to_phase = 'plaatsing'
     GROUP BY b.id HAVING (b.state = 'geplaatst') IS DISTINCT FROM (count(p.id) = 1)
                       OR (b.state = 'geplaatst') IS DISTINCT FROM (count(m.id) = 1)
"""
_PLACED_NOWHERE = """
    SELECT r.id, r.state FROM registration r WHERE (r.state = 'geplaatst') IS DISTINCT FROM EXISTS
        (SELECT FROM placement p WHERE p.registration_id = r.id AND NOT p.is_bridging
            AND p.until IS NULL)
"""
_NO_BED_IN_USE = """
    SELECT b.id FROM begun_pair b JOIN placement p ON p.pair_id = b.id
     WHERE p.until IS NULL AND NOT b.is_request AND NOT EXISTS
        (SELECT FROM occupation o WHERE o.place_id = b.place_id AND o.released_at IS NULL
            AND o.registration_id = b.registration_id)
"""
_BED_WITHOUT_REPORT = """
    SELECT r.id, r.state FROM crisis_report r WHERE (r.state = 'bed gevonden') IS DISTINCT FROM
        EXISTS (SELECT FROM occupation o WHERE o.crisis_report_id = r.id AND o.released_at IS NULL)
"""
_RUNS_BY_HALVES = """
    SELECT m.id, m.state, m.counts ->> 'geplaatst', count(p.id) FROM match_run m
      LEFT JOIN proposal p ON p.run_id = m.id AND p.role = 'voorstel'
     GROUP BY m.id HAVING count(p.id) <> CASE WHEN m.state = 'klaar'
        THEN (m.counts ->> 'geplaatst')::int ELSE 0 END
"""
_RUNS_OPEN = "SELECT id, state FROM match_run WHERE state IN ('wacht', 'loopt')"
_IMPORTS_BY_HALVES = """
    SELECT b.id, b.state, b.done, b.total FROM import_batch b
     WHERE b.state IN ('ontvangen', 'bezig') OR b.state = 'verwerkt' AND b.done <> b.total
        OR EXISTS (SELECT FROM import_chunk c WHERE c.import_id = b.id)
"""
_CHANGES_TWICE = """
    SELECT b.id, b.added + b.changed, count(c.*) FROM import_batch b
      LEFT JOIN import_change c ON c.import_id = b.id AND c.kind IN ('nieuw', 'gewijzigd')
     WHERE b.state = 'verwerkt' GROUP BY b.id HAVING count(c.*) <> b.added + b.changed
"""
_JOBS = """
    SELECT id, task_name, status FROM procrastinate_jobs
     WHERE status NOT IN ('succeeded', 'cancelled')
       AND (scheduled_at IS NULL OR scheduled_at < now())
"""


def judge_whole(judge: Judge) -> None:
    """Ask for what may not be."""
    judge.none("plaats twee keer in gebruik", _TWICE)
    judge.none("plaats twee keer vastgehouden", _HELD_TWICE)
    judge.none("halve plaatsing", _HALF_PLACED)
    judge.none("geplaatst zonder plaatsing, of andersom", _PLACED_NOWHERE)
    judge.none("plaatsing zonder bed", _NO_BED_IN_USE)
    judge.none("melding zonder bed, of andersom", _BED_WITHOUT_REPORT)
    judge.none("run met halve voorstellen", _RUNS_BY_HALVES)
    judge.none("run die niet eindigt", _RUNS_OPEN)
    judge.none("halve import", _IMPORTS_BY_HALVES)
    judge.none("wijziging van een import niet een keer geteld", _CHANGES_TWICE)
    judge.none("werk niet gedaan", _JOBS)
