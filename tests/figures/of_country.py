"""The region's side of every comparison with the country, and what the file says beside it."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from tests.figures.asking import Ask, Query
from tests.figures.constants import from_file
from tests.figures.of_placed import kept
from tests.figures.of_places import PLACES
from tests.figures.of_region import SHORTAGES
from tests.figures.of_waiting import WAITING
from tests.insight.past import IN_PERIOD, LAST, LIVED_IN, STAY
from tests.insight.sources import WAITED

Missing = Callable[[Ask], list[Any]]
_BEGUN = f"""
    FROM placement p JOIN family f ON f.id = family_id
    LEFT JOIN placement_basis b ON b.placement_id = p.id
    WHERE {STAY} AND p.since {IN_PERIOD}"""
_AT_FIRST = """coalesce(facts ->> 'samen_geplaatst', CASE WHEN together THEN 'ja'
                        WHEN NOT together THEN 'nee' END)"""
# Each by itself; the percentages are of those of whom it is known.
_ONE_BY_ONE = {
    "wachtend_amsterdam": f"SELECT count(*) FROM ({WAITED}) x WHERE area = 'Amsterdam'",
    "woont_in_pleeggezin": f"""SELECT count(*) FROM placement p WHERE {LIVED_IN}
                               AND since <= '{LAST}' AND (until IS NULL OR until > '{LAST}')""",
    "pleeggezinnen": "SELECT count(*) FROM family WHERE status = 'actief'",
    "eigen_netwerk": f"SELECT 100 * avg((kind = 'netwerk')::int) {_BEGUN}",
    "samen": f"""SELECT 100 * avg(({_AT_FIRST} = 'ja')::int) {_BEGUN}
                 AND {_AT_FIRST} IN ('ja', 'nee')""",
    "afstand": f"""SELECT percentile_cont(0.5) WITHIN GROUP (
                   ORDER BY nullif(facts ->> 'afstand_huis_km', '')::float) {_BEGUN}""",
    "school": f"""SELECT 100 * avg((facts ->> 'school_behouden' = 'ja')::int) {_BEGUN}
                  AND facts ->> 'school_behouden' IN ('ja', 'nee')""",
}


def _one(rows: list[Any], column: str) -> float:
    return float(rows[0][column])


def _values(ask: Ask, *, missing: Missing) -> Iterator[dict[str, Any]]:
    values = {key: float(ask(sql)[0][0]) for key, sql in _ONE_BY_ONE.items()}
    december = [row for row in WAITING[0].asked(ask) if row["maand"] == LAST[:7]]
    values["wachtend"] = _one(december, "wachtenden")
    values["dagen_gewacht"] = _one(december, "mediaanDagen")
    values["zonder_voorstel"] = _one(missing(ask), "aantal")
    values["gestopt"] = _one(PLACES[-1].asked(ask), "gestopt")
    values["afgebroken"] = 100 * (1 - kept(ask))
    values["afgebroken_langdurig"] = 100 * (1 - kept(ask, "is_long_term"))
    yield from ({"sleutel": key, "regio": value} for key, value in values.items())


def _years(_: Ask) -> Iterator[dict[str, Any]]:
    for one in from_file("app/insight/landelijk.toml")["cijfers"]:
        yield {"sleutel": one["sleutel"], "jaar": one.get("jaar")}


def country_of(missing: Missing) -> tuple[Query, ...]:
    """Return the queries; missing: the rows of what is missing."""
    return (
        # Percentages have one decimal; those of a curve are of a share that has four.
        Query("cijfers[]", partial(_values, missing=missing), by=0.056),
        Query("cijfers[]", _years, "never", file="app/insight/landelijk.toml"),
    )


COUNTRY = country_of(SHORTAGES[0].asked)
