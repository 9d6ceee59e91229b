"""The fairness board: what groups of children met, and what limits of the policy cost."""

from collections import defaultdict
from collections.abc import Iterator
from functools import partial
from typing import Any

from app.kernel.small_cells import SMALLEST
from tests.figures.asking import Ask, Query
from tests.figures.measured import broken, mean, median_wait, share

FAIR_FIRST, FAIR_LAST = "2024-01-01", "2025-12-31"
FAIR_QUERY = f"?van={FAIR_FIRST}&totEnMet={FAIR_LAST}"
_TODAY = "(now() AT TIME ZONE 'Europe/Amsterdam')::date"
_CAME = f"r.registered_on BETWEEN '{FAIR_FIRST}' AND '{FAIR_LAST}'"
GROUPINGS = ("leeftijd", "geslacht", "vorm", "beperking", "broers en zussen", "gemeente",
             "aanbieder", "taal")  # fmt: skip
# Each child with its group by each grouping, and what became of it.
_CHILDREN = f"""
    SELECT r.id, c.gender AS geslacht, r.care_form AS vorm, r.municipality AS gemeente,
           v.name AS aanbieder,
           CASE WHEN years < 4 THEN '0 t/m 3' WHEN years < 8 THEN '4 t/m 7' WHEN years < 12
             THEN '8 t/m 11' WHEN years < 16 THEN '12 t/m 15' ELSE '16 en ouder' END AS leeftijd,
           CASE WHEN r.needs_wheelchair OR coalesce(q.severity, 0) > 0 THEN 'met beperking'
             ELSE 'zonder beperking' END AS beperking,
           CASE WHEN r.sibling_group_id IS NULL THEN 'alleen' ELSE 'met broers of zussen' END
             AS "broers en zussen",
           CASE WHEN cardinality(r.languages) = 0 THEN 'niet ingevuld'
             WHEN 'nederlands' IN (SELECT lower(unnest(r.languages))) THEN 'met Nederlands'
             ELSE 'zonder Nederlands' END AS taal,
           placed, options,
           CASE WHEN coalesce((m.created_at AT TIME ZONE 'Europe/Amsterdam')::date <= p.since, true)
             THEN chance END AS chance,
           greatest(CASE WHEN placed THEN p.since ELSE coalesce(
             (r.withdrawn_at AT TIME ZONE 'Europe/Amsterdam')::date, {_TODAY}) END - began, 0)
             AS days,
           CASE WHEN placed AND NOT late
               AND NOT (ended AND (label IS NULL OR label = 'te beoordelen'))
             THEN greatest(CASE WHEN ended THEN until ELSE {_TODAY} END - p.since, 0.5) / 365.25
             END::float AS years_home,
           {_TODAY} - p.since >= 365.25 AS is_year_over,
           coalesce(ended AND label = 'voortijdig afgebroken', false) AS broke
    FROM registration r JOIN child c ON c.id = r.child_id
    CROSS JOIN LATERAL (SELECT least(r.registered_on, coalesce(r.clock_from, r.registered_on))
                          AS began) b
    CROSS JOIN LATERAL (SELECT (began - c.born_on) / 365.25 AS years) y
    LEFT JOIN registration_problem q ON q.registration_id = r.id AND q.problem = 'lvb'
    LEFT JOIN LATERAL (SELECT * FROM placement p WHERE p.registration_id = r.id AND NOT is_bridging
                       ORDER BY since, id LIMIT 1) p ON true
    CROSS JOIN LATERAL (SELECT coalesce(p.since <= {_TODAY}, false) AS placed,
                               coalesce(p.until <= {_TODAY}, false) AS ended,
                               coalesce(p.outside_ground IN ('overgenomen', 'eigen netwerk')
                                 AND (p.created_at AT TIME ZONE 'Europe/Amsterdam')::date > p.since,
                                 false) AS late) s
    LEFT JOIN provider v ON v.id = p.provider_id
    LEFT JOIN placement_basis x ON x.placement_id = p.id
    LEFT JOIN match_run m ON m.id = x.run_id
    LEFT JOIN placement_ending e ON e.placement_id = p.id
    LEFT JOIN LATERAL (
      SELECT possible AS options FROM (
        SELECT run_id, registration_id, possible FROM proposal
        UNION ALL SELECT run_id, registration_id, possible FROM unplaced) told
      WHERE registration_id = r.id AND possible IS NOT NULL ORDER BY run_id DESC LIMIT 1) o ON true
    WHERE {_CAME}"""
# Families that were asked for these children and answered, or of whom nothing came.
_ASKED = f"""
    SELECT c.*, w.name AS of_provider, b.state = 'nee' AS is_no FROM ({_CHILDREN}) c
    JOIN begun_pair b ON b.registration_id = c.id AND b.state <> 'loopt'
    JOIN family f ON f.id = b.family_id JOIN provider w ON w.id = f.provider_id"""
# A row of two groups names them in the order of the board: ages by year, the others by letter.
_ORDER = ("0 t/m 3", "4 t/m 7", "8 t/m 11", "12 t/m 15", "16 en ouder")
FEW = 10  # the same number here: of both a group and of what hides it
_MEASURES = {
    "wachtdagen": (0.051, lambda rows: median_wait([r.days for r in rows],
                                                   [r.placed for r in rows])),
    "opties": (0.0051, lambda rows: mean([r.options for r in rows])),
    "kans": (6e-5, lambda rows: mean([r.chance for r in rows])),
    "geplaatst": (6e-5, lambda rows: share([r.placed for r in rows])),
    "nee": (6e-5, lambda rows: share([r.is_no for r in rows])),
    "afgebroken": (6e-5, lambda rows: broken([r.years_home for r in rows if r.is_year_over],
                                             [r.broke for r in rows if r.is_year_over])),
}  # fmt: skip
_NEEDS = {"opties": "options", "kans": "chance", "afgebroken": "years_home"}


def _joined(counts: dict[str, int]) -> tuple[str, list[str]] | None:
    """Which groups stand in one row, and what that is called: those of fewer than ten, and the
    smallest of the others until each of them could be ten while every other is one."""
    small = [name for name, count in counts.items() if 0 < count < SMALLEST]
    more = sorted((n for n in counts if counts[n] >= SMALLEST), key=lambda n: counts[n])
    while small and (len(small) < 2 or sum(counts[n] for n in small) - len(small) + 1 < FEW):
        if not more:
            return None
        small.append(more.pop(0))
    if not small or not more:
        return None
    order = [name for name in _ORDER if name in small] + sorted(set(small) - set(_ORDER))
    return (" en ".join(order) + " samen" if len(small) == 2 else "kleine groepen samen"), small


def _rows(ask: Ask, what: str) -> list[Any]:
    rows = ask(_ASKED if what == "nee" else _CHILDREN)
    return [row for row in rows if what not in _NEEDS or getattr(row, _NEEDS[what]) is not None]


def _everyone(ask: Ask, *, what: str) -> Iterator[dict[str, Any]]:
    yield _MEASURES[what][1](_rows(ask, what))


def _groups(ask: Ask, *, what: str) -> Iterator[dict[str, Any]]:
    """Each group of ten or more; a no is of the provider that was asked."""
    every = _rows(ask, what)
    for naming in GROUPINGS:
        if (naming, what) == ("aanbieder", "geplaatst"):
            continue  # all of them are: the provider is that of the placement
        column = "of_provider" if (naming, what) == ("aanbieder", "nee") else naming
        found: dict[str, list[Any]] = defaultdict(list)
        for row in every:
            found[row._mapping[column]].append(row)
        joined = _joined(_counted(ask, naming)) if column == naming else None
        if joined:
            found[joined[0]] = [row for name in joined[1] for row in found.get(name, ())]
        for name, rows in found.items():
            if name is not None and len(rows) >= SMALLEST:
                yield {"naam": naming, "groep": name} | _MEASURES[what][1](rows)


def _counts(ask: Ask) -> Iterator[dict[str, Any]]:
    for naming in GROUPINGS:
        counts = _counted(ask, naming)
        joined = _joined(counts)
        if joined:
            yield {
                "naam": naming,
                "groep": joined[0],
                "kinderen": sum(counts[name] for name in joined[1]),
            }
        for name, count in counts.items():
            yield {"naam": naming, "groep": name, "kinderen": count}


def _counted(ask: Ask, naming: str) -> dict[str, int]:
    rows = ask(f'SELECT "{naming}", count(*) FROM ({_CHILDREN}) c GROUP BY 1')
    return {name: count for name, count in rows if name is not None}


_LAST = "(SELECT * FROM match_run WHERE state = 'klaar' ORDER BY id DESC LIMIT 1) run"


def _number(of: str, name: str) -> str:
    return f"({of} ->> '{name}')::float AS \"{name}\""


FAIRNESS = (
    Query("", f'SELECT {SMALLEST} AS "kleinsteAantal"', "never",
          file="app/kernel/small_cells.py"),
    Query("allen", f"SELECT count(*) AS kinderen FROM ({_CHILDREN}) c", "alone", few=SMALLEST),
    Query("indelingen[].groepen[]", _counts, few=SMALLEST),
    *(
        query
        for what, (by, _) in _MEASURES.items()
        for query in (
            Query(f"allen.{what}", partial(_everyone, what=what), by=by),
            Query(f"indelingen[].groepen[].{what}", partial(_groups, what=what), by=by, more=True),
        )
    ),
    Query(
        "prijsVanGrenzen.grenzen[]",
        f"""SELECT 'ondergrens voor ' || (one ->> 'groep') AS grens,
                   {_number("one -> 'prijs'", "groepErbij")},
                   {_number("one -> 'prijs'", "anderenEraf")},
                   {_number("one -> 'prijs'", "breakdowns")}
            FROM {_LAST}, json_array_elements(tradeoffs -> 'ondergrenzen') one""",
    ),
    Query(
        "prijsVanGrenzen.bovengrenzen[]",
        f"""SELECT one ->> 'grens' AS grens, {_number("one -> 'prijs'", "geplaatst")},
                   {_number("one -> 'prijs'", "geplaatstZonder")},
                   {_number("one -> 'prijs'", "breakdowns")},
                   {_number("one -> 'prijs'", "breakdownsZonder")}
            FROM {_LAST}, json_array_elements(tradeoffs -> 'bovengrenzen') one""",
    ),
    Query(
        "prijsVanGrenzen.bovengrenzen[].groepen[]",
        f"""SELECT one ->> 'grens' AS grens, told ->> 'groep' AS groep,
                   {_number("told", "wachtend")}, {_number("told", "geplaatst")},
                   {_number("told", "geplaatstZonder")}
            FROM {_LAST}, json_array_elements(tradeoffs -> 'bovengrenzen') one,
                 json_array_elements(one -> 'prijs' -> 'groepen') told""",
    ),
)  # fmt: skip
