"""Placements that began: on which rung, with whom, how far, and for how long they hold."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import numpy as np
from statsmodels.duration.survfunc import SurvfuncRight

from tests.figures.asking import Ask, Query
from tests.insight.past import BEGAN_AS, IN_PERIOD, LAST, LIVED_IN, STAY

Z95 = 1.959964
_NEW = f"""
    SELECT p.*, facts FROM placement p LEFT JOIN placement_basis b ON b.placement_id = p.id
    WHERE {STAY} AND since {IN_PERIOD}"""
# Of each child where it stood at the end of the last day, beyond a family.
_AT_THE_END = f"""
    WITH child AS (SELECT DISTINCT child_id FROM registration),
    stay AS (SELECT child_id, p.since, p.until, {STAY} AS came, {LIVED_IN} AS lives
             FROM placement p JOIN registration r ON r.id = registration_id
             WHERE since <= '{LAST}'),
    step AS (SELECT child_id, day, rung, row_number() OVER (PARTITION BY child_id
               ORDER BY day DESC, s.id DESC) AS back
             FROM ladder_step s JOIN registration r ON r.id = registration_id
             WHERE day <= '{LAST}'),
    beyond AS (SELECT child_id, since, kind, row_number() OVER (PARTITION BY child_id
                 ORDER BY since DESC, s.id DESC) AS back
               FROM setting_stay s JOIN registration r ON r.id = registration_id
               JOIN care_setting c ON c.id = setting_id
               WHERE since <= '{LAST}' AND (until IS NULL OR until > '{LAST}')),
    at AS (SELECT child_id, day, rung FROM step WHERE back = 1 AND rung = 'thuis met steun'
           UNION ALL SELECT child_id, since, kind FROM beyond WHERE back = 1 AND child_id NOT IN
             (SELECT child_id FROM step WHERE back = 1 AND rung = 'thuis met steun'))
    SELECT rung FROM at WHERE NOT EXISTS (
      SELECT FROM stay WHERE stay.child_id = at.child_id
      AND (came AND since >= day OR lives AND (until IS NULL OR until > '{LAST}')))"""
_RUNGS = f"""
    SELECT trede, (SELECT count(*) FROM ({_NEW}) p JOIN family f ON f.id = family_id
                   WHERE f.kind = word)
           + (SELECT count(*) FROM setting_stay JOIN care_setting c ON c.id = setting_id
              WHERE c.kind = word AND since {IN_PERIOD})
           + (SELECT count(*) FROM ladder_step WHERE rung = word AND rung = 'thuis met steun'
              AND day {IN_PERIOD}) AS begonnen,
           (SELECT count(*) FROM placement p JOIN family f ON f.id = family_id
            WHERE f.kind = word AND {LIVED_IN} AND since <= '{LAST}'
            AND (until IS NULL OR until > '{LAST}'))
           + (SELECT count(*) FROM ({_AT_THE_END}) e WHERE rung = word) AS "looptAanHetEind"
    FROM (VALUES ('eigen netwerk', 'netwerk'), ('pleeggezin', 'bestand'),
                 ('thuis met steun', 'thuis met steun'), ('gezinshuis', 'gezinshuis'),
                 ('leefhuis', 'leefhuis'), ('residentieel', 'residentieel')) w(trede, word)"""
_KM = "nullif(facts ->> 'afstand_huis_km', '')::float"
# As things stood on the last day, of the last seven half-years.
_LASTED = f"""
    SELECT extract(year FROM since) || '-' || CASE WHEN extract(month FROM since) < 7 THEN 1 ELSE 2
             END AS halfjaar, {BEGAN_AS} = 'opvoeding' AS is_long_term, is_over, label,
           is_over AND label = 'voortijdig afgebroken' AS broke,
           coalesce(p.outside_ground IN ('overgenomen', 'eigen netwerk')
             AND (p.created_at AT TIME ZONE 'Europe/Amsterdam')::date > p.since, false) AS is_late,
           least(coalesce(until, DATE '{LAST}'), DATE '{LAST}') - since AS days
    FROM placement p LEFT JOIN placement_ending e ON e.placement_id = p.id
    CROSS JOIN LATERAL (SELECT coalesce(until <= '{LAST}', false) AS is_over) o
    WHERE {STAY} AND since BETWEEN '2022-07-01' AND '{LAST}'"""
# All that were taken over here were told of after the last day: none is at risk before it.
_FOLLOWED = f"""
    SELECT halfjaar, is_long_term, days, broke FROM ({_LASTED}) x
    WHERE NOT is_late AND NOT (is_over AND (label IS NULL OR label = 'te beoordelen'))"""


# Records of placements that a child lived in, by the day they tell of.
_RECORDS = f"""
    SELECT r.* FROM breakdown_record r JOIN placement p ON p.id = r.placement_id
    WHERE {STAY} AND r.day {IN_PERIOD}"""


def _named(column: str) -> str:
    """How many records of a breakdown name each of several things."""
    return f"""SELECT groep, count(*) AS aantal FROM ({_RECORDS}) r, unnest({column}) groep
               WHERE kind = 'afgebroken' GROUP BY 1"""


def _points(ask: Ask) -> Iterator[dict[str, Any]]:
    """Each half-year and all of them, month by month: statsmodels, with Greenwood's error."""
    found: dict[str, list[Any]] = defaultdict(list)
    for half, _, days, broke in ask(_FOLLOWED):
        found[half].append((days, broke))
        found["alle"].append((days, broke))
    for half, several in found.items():
        days, broke = np.array([d for d, _ in several]), np.array([int(b) for _, b in several])
        judge = SurvfuncRight(days, broke)
        for month in range(1, 37):
            yield {"halfjaar": half, "maand": month} | _point(judge, days, month * 365.25 / 12)


def _point(judge: Any, days: Any, day: float) -> dict[str, Any]:
    """The curve on a day; the interval on the scale of log(-log S)."""
    upto = judge.surv_times <= day
    share = float(judge.surv_prob[upto][-1]) if upto.any() else 1.0
    error = float(judge.surv_prob_se[upto][-1]) if upto.any() else 0.0
    low = high = None
    if 0 < share < 1:
        width = Z95 * error / (share * abs(np.log(share)))
        low, high = share ** np.exp(width), share ** np.exp(-width)
    return {"houdtStand": share, "laag": low, "hoog": high,
            "nogGevolgd": int((days > day).sum()) // 5 * 5}  # fmt: skip


def kept(ask: Ask, condition: str = "true") -> float:
    """Return the share that holds for three years."""
    rows = ask(f"SELECT days, broke FROM ({_FOLLOWED}) x WHERE {condition}")
    days, broke = np.array([d for d, _ in rows]), np.array([int(b) for _, b in rows])
    return float(_point(SurvfuncRight(days, broke), days, 3 * 365.25)["houdtStand"])


def _counted(words: str) -> str:
    return f"SELECT {words} AS groep, count(*) AS aantal FROM ({_NEW}) x GROUP BY 1"


PLACED_BOARD = (
    Query("treden[]", _RUNGS, "two ways"),
    Query(
        "broersZussen[]",
        # What was kept of the first day; the placement itself is corrected after a reunion.
        _counted("""CASE coalesce(facts ->> 'samen_geplaatst', CASE WHEN together THEN 'ja'
                      WHEN NOT together THEN 'nee' END)
                    WHEN 'ja' THEN 'met broer of zus'
                    WHEN 'nee' THEN 'zonder broer of zus die er ook is'
                    ELSE 'geen broer of zus, of niet vastgelegd' END"""),
    ),
    Query(
        "afstand",
        f"""SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY {_KM}) AS "mediaanKm"
            FROM ({_NEW}) x""",
    ),
    Query(
        "afstand.groepen[]",
        _counted(f"""CASE WHEN {_KM} IS NULL THEN 'onbekend' WHEN {_KM} < 5 THEN 'tot 5 km'
                     WHEN {_KM} < 15 THEN '5 tot 15 km' WHEN {_KM} < 30 THEN '15 tot 30 km'
                     ELSE '30 km en verder' END"""),
    ),
    Query(
        "school[]",
        _counted("""CASE facts ->> 'school_behouden' WHEN 'ja' THEN 'behouden'
                    WHEN 'nee' THEN 'niet behouden' ELSE 'onbekend' END"""),
    ),
    Query(
        "afbreuk",
        f"""SELECT count(*) FILTER (WHERE is_over AND label = 'te beoordelen') AS "teBeoordelen",
                   count(*) FILTER (WHERE is_over AND label IS NULL) AS "zonderVastgelegdEinde",
                   count(*) FILTER (WHERE is_late AND NOT (is_over AND (
                     label IS NULL OR label = 'te beoordelen'))) AS overgenomen
            FROM ({_LASTED}) x""",
        "alone",
    ),
    Query(
        "afbreuk.alle",
        f"""SELECT count(*) AS plaatsingen, count(*) FILTER (WHERE broke) AS afgebroken
            FROM ({_FOLLOWED}) x""",
        "alone",
    ),
    Query(
        "afbreuk.halfjaren[]",
        f"""SELECT halfjaar, count(*) AS plaatsingen FROM ({_FOLLOWED}) x GROUP BY 1""",
    ),
    Query(
        "afbreuk.halfjaren[]",
        f"""SELECT halfjaar, count(*) FILTER (WHERE broke) AS afgebroken
            FROM ({_FOLLOWED}) x GROUP BY 1""",
        "two ways",
    ),
    Query(
        "naPlaatsing[]",
        f"""SELECT coalesce(went_to, 'niet vastgelegd') AS groep, count(*) AS aantal
            FROM placement p LEFT JOIN placement_ending e ON e.placement_id = p.id
            WHERE {STAY} AND until {IN_PERIOD} GROUP BY 1""",
    ),
    Query(
        "afbreukverslagen",
        f"""SELECT count(*) FILTER (WHERE kind = 'afgebroken') AS afgebroken,
                   count(*) FILTER (WHERE kind = 'bijna afgebroken') AS "bijnaAfgebroken"
            FROM ({_RECORDS}) r""",
        "alone",
    ),
    Query(
        "afbreukverslagen.initiatief[]",
        f"""SELECT initiative AS groep, count(*) AS aantal FROM ({_RECORDS}) r
            WHERE kind = 'afgebroken' GROUP BY 1""",
    ),
    # Which of these are hidden is judged in tests/insight/test_after_board.py: they are no parts.
    Query("afbreukverslagen.redenen[]", _named("reasons"), "two ways"),
    Query("afbreukverslagen.geprobeerd[]", _named("tried"), "two ways"),
    *(
        Query(f"afbreuk.{part}.punten[]", _points, "never", by=6e-5, more=True)
        for part in ("alle", "halfjaren[]")
    ),
)
