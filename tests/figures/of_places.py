"""Places as they are today, and families that came and went."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from tests.figures.asking import Ask, Query
from tests.figures.of_region import SHORTAGES
from tests.insight.past import FIRST, LAST, SMALL
from tests.insight.sources import AREA

_TODAY = "(now() AT TIME ZONE 'Europe/Amsterdam')::date"
# Each place that is offered or in use, by itself, with what it is now.
_PLACES = f"""
    SELECT CASE WHEN used THEN 'inGebruik' WHEN held THEN 'vastgehouden'
             WHEN status = 'actief' AND NOT needs_confirmation
               AND {_TODAY} BETWEEN coalesce(p.available_from, {_TODAY})
                                AND coalesce(p.available_until, {_TODAY})
               AND {_TODAY} BETWEEN coalesce(f.available_from, {_TODAY})
                                AND coalesce(f.available_until, {_TODAY})
             THEN 'vrij' ELSE 'nuNiet' END AS state,
           coalesce(p.forms::text[], ARRAY(SELECT form::text FROM family_form m
                                           WHERE m.family_id = f.id)) AS forms,
           min_age, max_age, {AREA} AS area
    FROM place p JOIN family f ON f.id = p.family_id
    LEFT JOIN postcode_area a ON a.pc4 = substr(f.postcode, 1, 4)
    CROSS JOIN LATERAL (SELECT
      EXISTS (SELECT FROM occupation o WHERE o.place_id = p.id AND released_at IS NULL) AS used,
      EXISTS (SELECT FROM begun_pair b WHERE b.place_id = p.id AND state = 'loopt'
              AND held_until >= {_TODAY}) AS held) now
    WHERE is_offered OR used"""
_STATES = ", ".join(
    f"count(*) FILTER (WHERE state = '{state}') AS \"{state}\""
    for state in ("inGebruik", "vastgehouden", "vrij", "nuNiet")
)
_BY_FORM = f"SELECT groep, {{}} FROM ({_PLACES}) p, unnest(forms) groep GROUP BY 1"
_BY_AGE = f"""
    SELECT groep, {{}} FROM ({_PLACES}) p JOIN (VALUES ('0–3', 0, 3), ('4–7', 4, 7),
      ('8–11', 8, 11), ('12–15', 12, 15), ('16+', 16, 98)) w(groep, young, old)
      ON min_age <= old AND max_age >= young GROUP BY 1"""


def _areas(ask: Ask) -> Iterator[dict[str, Any]]:
    """Municipalities with fewer than five places are told as one, of five at least."""
    by_area: dict[str, Counter[str]] = {}
    for area, state, count in ask(f"SELECT area, state, count(*) FROM ({_PLACES}) p GROUP BY 1, 2"):
        by_area.setdefault(area, Counter())[state] = count
    order = sorted(by_area, key=lambda area: (by_area[area].total(), area))
    few = [area for area in order if by_area[area].total() < SMALL]
    if few and sum(by_area[area].total() for area in few) < SMALL:
        few = order[: len(few) + 1]
    together: Counter[str] = Counter()
    for area in few:
        together += by_area.pop(area)
    for name, states in {**by_area, **({"overige gemeenten": together} if few else {})}.items():
        yield {"groep": name, "plekken": states.total()} | {
            state: states[state] for state in ("inGebruik", "vastgehouden", "vrij", "nuNiet")
        }


_AMSTERDAM = "AT TIME ZONE 'Europe/Amsterdam'"
_STEPS = f"""
    SELECT (created_at {_AMSTERDAM})::date AS day, 'nieuw' AS step FROM family
    UNION ALL SELECT (at {_AMSTERDAM})::date, CASE to_status WHEN 'pauze' THEN 'gepauzeerd'
      WHEN 'gestopt' THEN 'gestopt' ELSE 'hervat' END FROM family_status_change
    UNION ALL SELECT on_day, 'naarAndereAanbieder' FROM family_move WHERE NOT is_merger"""
_CARERS = ", ".join(
    f"count(step) FILTER (WHERE step = '{step}') AS \"{step}\""
    for step in ("nieuw", "gepauzeerd", "hervat", "gestopt", "naarAndereAanbieder")
)

PLACES = (
    Query("totaal", f"SELECT count(*) AS plekken FROM ({_PLACES}) p", "alone"),
    Query("totaal", f"SELECT {_STATES} FROM ({_PLACES}) p", "two ways"),
    *(
        Query(at, sql.format(f"count(*) AS plekken, {_STATES}"), "two ways")
        for at, sql in (("naarVorm[]", _BY_FORM), ("naarLeeftijd[]", _BY_AGE))
    ),
    Query("naarGemeente[]", _areas, "two ways"),
    *(query.within("tekorten") for query in SHORTAGES),
    Query(
        "pleegouders.maanden[]",
        f"""SELECT to_char(m, 'YYYY-MM') AS maand, {_CARERS}
            FROM generate_series(TIMESTAMP '{FIRST}', TIMESTAMP '{LAST}', interval '1 month') m
            LEFT JOIN ({_STEPS}) s ON date_trunc('month', day) = m GROUP BY 1""",
    ),
    Query(
        "pleegouders.totaal",
        f"SELECT {_CARERS} FROM ({_STEPS}) s WHERE day BETWEEN '{FIRST}' AND '{LAST}'",
        "alone",
    ),
)
