"""The calibration board: chances that were stated against what was seen."""

from collections.abc import Iterator
from functools import partial
from typing import Any

import numpy as np
from scipy import stats

from app.kernel.small_cells import SMALLEST
from tests.figures.asking import Ask, Query
from tests.figures.constants import from_file
from tests.figures.measured import against, brier, broken, concordance, three, two_sided
from tests.insight.past import BEGAN_AS

_CRITERION = "app/outcomes/criterium-2026-11.toml"
_TODAY = "(now() AT TIME ZONE 'Europe/Amsterdam')::date"
_SHAPE = float(from_file("app/matching/risk/weights/literatuur-2026-11.toml")["basis"]["vorm"])
# Each placement whose outcome is known or still to come; with a stated chance or without.
_LATE = """coalesce(outside_ground IN ('overgenomen', 'eigen netwerk')
    AND (p.created_at AT TIME ZONE 'Europe/Amsterdam')::date > since, false)"""
_KNOWN = f"""
    SELECT p.id, p.since, {BEGAN_AS} AS form,
           CASE WHEN coalesce((m.created_at AT TIME ZONE 'Europe/Amsterdam')::date <= p.since, true)
             THEN chance END AS chance, v.name AS provider,
           extract(year FROM p.since) || ', ' || CASE WHEN extract(month FROM p.since) < 7
             THEN 'eerste' ELSE 'tweede' END || ' halfjaar' AS half,
           ended AND label = 'voortijdig afgebroken' AS ended_so,
           CASE WHEN ended THEN until ELSE {_TODAY} END AS last,
           horizon_months * 30.4375::float8 AS horizon, {_TODAY} - p.since AS ago
    FROM placement p JOIN provider v ON v.id = p.provider_id
    LEFT JOIN placement_basis b ON b.placement_id = p.id
    LEFT JOIN match_run m ON m.id = b.run_id
    LEFT JOIN placement_ending e ON e.placement_id = p.id
    CROSS JOIN LATERAL (SELECT coalesce(until <= {_TODAY}, false) AS ended) x
    WHERE p.since <= {_TODAY} AND NOT {_LATE}
      AND NOT (ended AND (label IS NULL OR label = 'te beoordelen'))"""
_STATED = f"""
    SELECT *, part <= 1 AND coalesce(ended_so, false) AS broke, -ln(1 - chance) AS hazard,
           ago >= horizon AS is_over,
           ntile(10) OVER (ORDER BY chance, id::text)::text AS tenth
    FROM (SELECT *, greatest(last - since, 0.5) / horizon AS part FROM ({_KNOWN}) k
          WHERE chance IS NOT NULL) s ORDER BY id::text"""
_EXPECTED = f"sum(hazard * power(least(part, 1), {_SHAPE}))"
# The curve of those whose term has passed reaches its end.
_REACHES = """count(*) FILTER (WHERE is_over) >= 10
    AND (count(*) FILTER (WHERE is_over AND part >= 1) >= 10
         OR bool_and(broke OR part >= 1) FILTER (WHERE is_over))"""
_GROUPS = {"naarKans": "tenth", "naarHalfjaar": "half", "naarAanbieder": "provider",
           "naarVorm": "form"}  # fmt: skip


def _columns(ask: Ask) -> dict[str, Any]:
    rows = ask(f"SELECT part, broke, chance, hazard, is_over FROM ({_STATED}) s")
    part, broke, chance, hazard, over = (np.array(column) for column in zip(*rows, strict=True))
    return {"part": part, "broke": broke, "chance": chance, "hazard": hazard, "is_over": over,
            "expected": hazard * np.minimum(part, 1.0) ** _SHAPE}  # fmt: skip


def _measured(ask: Ask, *, key: str, what: str) -> Iterator[dict[str, Any]]:
    """Each group by itself; those of fewer than ten are not told."""
    groups: dict[str, list[Any]] = {}
    for row in ask(f"SELECT {key} AS groep, part, broke, hazard, is_over FROM ({_STATED}) s"):
        groups.setdefault(row.groep, []).append(row)
    for name, rows in groups.items():
        if len(rows) >= SMALLEST:
            yield {"groep": name} | _measure(rows, what)


def _measure(rows: list[Any], what: str) -> dict[str, Any]:
    if what == "gezien":
        over = [row for row in rows if row.is_over]
        return broken([row.part for row in over], [row.broke for row in over])
    return against(
        sum(row.broke for row in rows), sum(r.hazard * min(r.part, 1.0) ** _SHAPE for r in rows)
    )


def _whole(ask: Ask, *, what: str) -> Iterator[dict[str, Any]]:
    """All together: a Poisson regression for the slope, all pairs for the concordance."""
    x = _columns(ask)
    if what == "helling":
        import statsmodels.api as sm  # here: every process collects this file, one runs it

        level = np.log(x["hazard"]) - np.log(x["hazard"]).mean()
        fitted = sm.GLM(x["broke"].astype(float), sm.add_constant(level),
                        family=sm.families.Poisson(),
                        offset=np.log(x["expected"])).fit()  # fmt: skip
        yield three(1 + fitted.params[1], 1 + fitted.conf_int()[1])
    elif what == "concordantie":
        yield concordance(x["chance"], np.minimum(x["part"], 1.0), x["broke"])
    elif what == "gezien":
        yield broken(x["part"][x["is_over"]], x["broke"][x["is_over"]])
    else:
        yield against(int(x["broke"].sum()), float(x["expected"].sum()))


def _brier(ask: Ask) -> Iterator[dict[str, Any]]:
    """Of those whose whole term has passed."""
    every = _columns(ask)
    x = {name: column[every["is_over"]] for name, column in every.items()}
    base = np.full(len(x["part"]), broken(x["part"], x["broke"])["waarde"])
    yield {"brier": brier(x["chance"], x["part"], x["broke"]),
           "brierBasiskans": brier(base, x["part"], x["broke"])}  # fmt: skip


def _window(first: str, last: str) -> str:
    part = "power(least(greatest((least({day}, last) - since)::float8 / horizon, 0), 1), {shape})"
    at = [part.format(day=day, shape=_SHAPE) for day in (last, first)]
    return f"""SELECT count(*) FILTER (WHERE broke AND last > {first} AND last <= {last}) AS seen,
                      sum(hazard * ({at[0]} - {at[1]})) AS expected FROM ({_STATED}) s"""


def _drift(ask: Ask) -> Iterator[dict[str, Any]]:
    """The last half-year against the two years before it: binomial, and Poisson for the level."""
    told = from_file(_CRITERION)["drift"]
    begin = f"({_TODAY} - {told['venster_dagen']})"
    ((seen, expected),) = ask(_window(begin, _TODAY))
    ((before, expected_before),) = ask(_window(f"({begin} - {told['referentie_dagen']})", begin))
    chance = stats.binom(seen + before, expected / (expected + expected_before))
    level = stats.poisson(expected)
    yield {
        "gezien": seen, "verwacht": expected, "gezienDaarvoor": before,
        "verwachtDaarvoor": expected_before,
        "p": two_sided(chance.cdf(seen), chance.sf(seen - 1)),
        "pNiveau": two_sided(level.cdf(seen), level.sf(seen - 1)),
    }  # fmt: skip


CALIBRATION = (
    Query("", f'SELECT {SMALLEST} AS "kleinsteAantal"', "never",
          file="app/kernel/small_cells.py"),
    Query(
        "alles",
        f"""SELECT count(*) AS plaatsingen, count(*) FILTER (WHERE broke) AS breakdowns,
                   (SELECT count(*) FROM ({_KNOWN}) k WHERE chance IS NULL) AS "zonderKans",
                   avg(chance) FILTER (WHERE is_over) AS voorspeld,
                   count(*) FILTER (WHERE is_over) / 5 * 5 AS gevolgd,
                   {_EXPECTED} AS "verwachtTotNuToe"
            FROM ({_STATED}) s""",
        "never", by=0.0051,
    ),
    *(
        Query(f"alles.{what}", partial(_whole, what=what), by=6e-5)
        for what in ("gezien", "gezienTegenVerwacht", "helling", "concordantie")
    ),
    Query("alles", _brier, by=6e-5),
    Query(
        "teltNietMee",
        # On this board nobody is left out for want of facts: that counts with who has no chance.
        f"""SELECT count(*) FILTER (WHERE until <= {_TODAY} AND label = 'te beoordelen')
                     AS "teBeoordelen",
                   count(*) FILTER (WHERE until <= {_TODAY} AND label IS NULL) AS "zonderReden",
                   0 AS "zonderFeiten", 0 AS onleesbaar,
                   (SELECT count(*) FROM placement WHERE since > {_TODAY}) AS later,
                   (SELECT count(*) FROM placement p WHERE since <= {_TODAY} AND {_LATE})
                     AS overgenomen
            FROM placement p LEFT JOIN placement_ending e ON e.placement_id = p.id
            WHERE since <= {_TODAY} AND NOT {_LATE}""",
        "never",
    ),
    *(
        Query(
            f"{at}[]",
            f"""SELECT {key} AS groep, count(*) AS plaatsingen,
                       count(*) FILTER (WHERE is_over) / 5 * 5 AS gevolgd,
                       CASE WHEN {_REACHES} THEN avg(chance) FILTER (WHERE is_over) END AS voorspeld
                FROM ({_STATED}) s GROUP BY 1""",
            few=SMALLEST, by=6e-5,
        )
        for at, key in _GROUPS.items()
    ),
    *(
        Query(f"{at}[].{what}", partial(_measured, key=key, what=what), by=6e-5)
        for at, key in _GROUPS.items()
        for what in ("gezien", "gezienTegenVerwacht")
    ),
    Query("drift", _drift, "never", by=0.0051),
    Query("drift", lambda _: [{"drempel": from_file(_CRITERION)["drift"]["drempel_p"]}], "never",
          file=_CRITERION),
)  # fmt: skip
