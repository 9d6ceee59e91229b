"""The region in figures: who waits, was placed, left, had nobody, and what came of proposals."""

from tests.figures.asking import Query
from tests.insight.past import IN_PERIOD
from tests.insight.sources import AREA, PLACED, WAITS

_MIDDLE = 'percentile_cont(0.5) WITHIN GROUP (ORDER BY days) AS "mediaanDagen"'
# With the registration, to be joined with.
_WAITS = WAITS.replace("SELECT care_form", "SELECT r.id, care_form")
_NEWEST = "(SELECT id FROM match_run WHERE state = 'klaar' ORDER BY id DESC LIMIT 1)"
_SHORT = f"""
    SELECT w.* FROM ({_WAITS}) w JOIN unplaced u
    ON u.registration_id = w.id AND u.run_id = {_NEWEST}"""
MIDDLES = f"""
    SELECT {AREA} AS groep, avg(lat) AS breedte, avg(lon) AS lengte
    FROM postcode_area a GROUP BY 1"""


def by_group(source: str, key: str) -> str:
    """Return the count and the median of days of each group of a source."""
    return f"SELECT {key} AS groep, count(*) AS aantal, {_MIDDLE} FROM ({source}) x GROUP BY 1"


def shortages_of(short: str) -> tuple[Query, ...]:
    """Return the queries of what is missing, from the children whom a run had nobody for."""
    return (
        Query("", f"SELECT count(*) AS aantal FROM ({short}) x", "alone"),
        Query(
            "groepen[]",
            f"""SELECT care_form AS vorm, age AS leeftijd, count(*) AS aantal FROM ({short}) x
                GROUP BY 1, 2""",
        ),
        Query("naarGemeente[]", by_group(short, "area")),
        Query("naarGemeente[]", MIDDLES, more=True),
    )


SHORTAGES = shortages_of(_SHORT)
DRAFTS = "SELECT count(*) AS concepten FROM draft WHERE state IN ('concept', 'compleet')"
REGION = (
    Query(
        "wachtenden",
        f"""SELECT count(*) AS aantal, {_MIDDLE}, percentile_disc(0.9) WITHIN GROUP
                   (ORDER BY days)::float AS "negenVanTienDagen" FROM ({WAITS}) x""",
        "alone",
    ),
    Query(
        "wachtenden",
        DRAFTS,
        "alone",
    ),
    Query("wachtenden.naarVorm[]", by_group(WAITS, "care_form")),
    Query("wachtenden.naarLeeftijd[]", by_group(WAITS, "age")),
    Query("wachtenden.naarUrgentie[]", by_group(WAITS, "urgency")),
    Query("wachtenden.naarGemeente[]", by_group(WAITS, "area")),
    Query("wachtenden.naarGemeente[]", MIDDLES, more=True),
    Query(
        "geplaatst",
        f"""SELECT count(*) AS aantal, percentile_cont(0.5) WITHIN GROUP (ORDER BY days)
                   AS "mediaanGewachtDagen" FROM ({PLACED}) x""",
        "alone",
    ),
    Query("geplaatst.naarVorm[]", by_group(PLACED, "care_form")),
    Query(
        "thuis",
        f"""SELECT count(*) FILTER (WHERE near) AS "eigenGemeente",
                   count(*) FILTER (WHERE NOT near) AS "andereGemeente",
                   count(*) FILTER (WHERE kind = 'netwerk') AS "inNetwerkgezin",
                   count(*) FILTER (WHERE reunited) AS "metBroerOfZus",
                   count(*) FILTER (WHERE NOT reunited) AS "zonderBroerOfZus"
            FROM ({PLACED}) x""",
        "two ways",
    ),
    Query(
        "beeindigd",
        f"""SELECT count(*) AS aantal, count(*) FILTER (WHERE until - since < 365)
                   AS "binnenEenJaar"
            FROM placement WHERE NOT is_bridging AND until {IN_PERIOD}""",
        "two ways",
    ),
    *(query.within("tekorten") for query in SHORTAGES),
    Query(
        "voorstellen",
        f"SELECT count(*) AS begonnen FROM begun_pair WHERE begun_on {IN_PERIOD}",
        "alone",
    ),
    Query(
        "voorstellen",
        f"""SELECT count(*) FILTER (WHERE is_first_choice) AS "eersteKeus",
                   count(*) FILTER (WHERE state = 'geplaatst') AS geplaatst,
                   count(*) FILTER (WHERE state = 'loopt') AS loopt,
                   count(*) FILTER (WHERE state = 'nee') AS nee,
                   count(*) FILTER (WHERE state = 'verlopen') AS verlopen
            FROM begun_pair WHERE begun_on {IN_PERIOD}""",
        "two ways",
    ),
    Query(
        "voorstellen.redenen[]",
        f"""SELECT no_by AS door, coalesce(decline_reason, 'niet vastgelegd') AS reden,
                   count(*) AS aantal
            FROM begun_pair WHERE state = 'nee' AND begun_on {IN_PERIOD} GROUP BY 1, 2""",
    ),
)
