"""The report of a year that is over: who waited at its end, and what its last run missed."""

from collections.abc import Iterator
from typing import Any

from tests.figures.asking import Ask, Query
from tests.figures.of_country import country_of
from tests.figures.of_places import PLACES
from tests.figures.of_region import DRAFTS, MIDDLES, REGION, by_group, shortages_of
from tests.figures.of_support import STRAIN
from tests.insight.kept_year import BRIEF, MONTHS, PROFILE
from tests.insight.past import FIRST, LAST
from tests.insight.sources import AGE, AREA

# Whoever waited at the end of the last day, with its form, urgency and address of today.
_WAITED = f"""
    SELECT care_form, urgency, area, {AGE} AS age, DATE '{LAST}' - since AS days FROM (
      SELECT r.*, {AREA} AS area, extract(year FROM age(DATE '{LAST}', c.born_on)) AS years,
             least(registered_on, coalesce(clock_from, registered_on)) AS since,
             coalesce((SELECT min(p.since) FROM placement p
                       WHERE p.registration_id = r.id AND NOT is_bridging),
               (withdrawn_at AT TIME ZONE 'Europe/Amsterdam')::date,
               (SELECT min((at AT TIME ZONE 'Europe/Amsterdam')::date) FROM stage_change s
                WHERE s.registration_id = r.id
                AND to_stage IN ('geplaatst', 'gesloten', 'ingetrokken'))) AS over
      FROM registration r JOIN child c ON c.id = r.child_id
      LEFT JOIN postcode_area a ON a.pc4 = substr(r.postcode, 1, 4)) x
    WHERE registered_on <= '{LAST}' AND (state = 'zoekt' OR over > '{LAST}')"""
# All for whom it had nobody, whatever became of them since.
_SHORT = f"""
    SELECT r.care_form, {AREA} AS area, {AGE} AS age,
           snapshot_day - least(registered_on, coalesce(clock_from, registered_on)) AS days
    FROM unplaced u JOIN match_run m ON m.id = u.run_id
    JOIN registration r ON r.id = u.registration_id JOIN child c ON c.id = r.child_id
    CROSS JOIN LATERAL (SELECT extract(year FROM age(snapshot_day, c.born_on)) AS years) y
    LEFT JOIN postcode_area a ON a.pc4 = substr(r.postcode, 1, 4)
    WHERE m.id = (SELECT id FROM match_run
                  WHERE state = 'klaar' AND snapshot_day BETWEEN '{FIRST}' AND '{LAST}'
                  ORDER BY snapshot_day DESC, id DESC LIMIT 1)"""
SHORTAGES = shortages_of(_SHORT)
_OTHER = ("wachtenden", "tekorten")

REGION_THEN = (
    *(query for query in REGION if query.at.partition(".")[0].removesuffix("[]") not in _OTHER),
    Query(
        "wachtenden",
        f"""SELECT count(*) AS aantal, percentile_cont(0.5) WITHIN GROUP (ORDER BY days)
                   AS "mediaanDagen", percentile_disc(0.9) WITHIN GROUP (ORDER BY days)::float
                   AS "negenVanTienDagen" FROM ({_WAITED}) x""",
        "alone",
    ),
    Query("wachtenden", DRAFTS, "alone"),
    *(
        Query(f"wachtenden.{at}[]", by_group(_WAITED, key))
        for at, key in (
            ("naarVorm", "care_form"), ("naarLeeftijd", "age"), ("naarUrgentie", "urgency"),
            ("naarGemeente", "area"),
        )
    ),
    Query("wachtenden.naarGemeente[]", MIDDLES, more=True),
    *(query.within("tekorten") for query in SHORTAGES),
)  # fmt: skip
PLACES_THEN = (
    *(query for query in PLACES if not query.at.startswith("tekorten")),
    *(query.within("tekorten") for query in SHORTAGES),
)
COUNTRY_THEN = country_of(SHORTAGES[0].asked)


def _months(ask: Ask) -> Iterator[dict[str, Any]]:
    """As kept: the same in each, for both are of today."""
    counts: dict[str, Any] = {}
    for query in PLACES[:2]:
        counts |= dict(query.asked(ask)[0])
    ((families,),) = ask("SELECT count(*) FROM family WHERE status = 'actief'")
    counts["pleeggezinnen"] = families
    in_fives = {name: 5 * round(count / 5) for name, count in counts.items()}
    yield from ({"maand": month, **in_fives} for month in MONTHS)


MONTHLY = Query("plekkenPerMaand[]", _months, "two ways")
END = (
    *(query.within("volglijst") for query in STRAIN),
    Query("wervingsopdracht", lambda _: [BRIEF], "never"),
    Query("wervingsopdracht.profielen[]", lambda _: [{"gebied": "10", **PROFILE}], "never"),
)
