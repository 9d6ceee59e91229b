"""What was done before a placement, and what helps one to hold."""

from tests.figures.asking import Query
from tests.insight.past import BEGAN_AS, IN_PERIOD, LAST, WAS_ON_LAST
from tests.insight.sources import MENTORS, NETWORK

_TODAY = "(now() AT TIME ZONE 'Europe/Amsterdam')::date"
_CAME = f"registered_on {IN_PERIOD}"
# Part-time placements, and respite beside one: taken up, and over with its placement at the latest.
_RESPITE = f"""
    SELECT since, until, {BEGAN_AS} = 'deeltijd' AS came, {WAS_ON_LAST} = 'deeltijd' AS lasts
    FROM placement p WHERE NOT is_bridging
    UNION ALL SELECT o.since, least(coalesce(o.until, p.until), coalesce(p.until, o.until)),
           true, true
    FROM support_offer o JOIN placement p ON p.id = o.placement_id
    WHERE kind = 'respijt' AND taken_up = 'ja' AND o.since IS NOT NULL
      AND (p.until IS NULL OR p.until >= o.since)"""

PREVENTION = (
    Query("", f"SELECT count(*) AS aanmeldingen FROM registration WHERE {_CAME}", "alone"),
    Query("netwerkonderzoek[]", NETWORK),
    Query("jim[]", MENTORS),
    Query(
        "big5[].oordelen[]",
        f"""SELECT leefgebied, coalesce(big5 ->> leefgebied, 'niet ingevuld') AS groep,
                   count(*) AS aantal
            FROM registration, unnest(ARRAY['wonen', 'financien', 'werk_scholing', 'steunnetwerk',
                                            'welzijn']) leefgebied WHERE {_CAME} GROUP BY 1, 2""",
    ),
    Query(
        "zonderPlaatsingGeeindigd[]",
        f"""SELECT coalesce(withdrawal_reason::text, 'niet vastgelegd') AS groep,
                   count(*) AS aantal
            FROM registration WHERE state = 'ingetrokken'
              AND (withdrawn_at AT TIME ZONE 'Europe/Amsterdam')::date {IN_PERIOD} GROUP BY 1""",
    ),
    Query(
        "respijt",
        f"""SELECT count(*) FILTER (WHERE came AND since {IN_PERIOD}) AS begonnen,
                   count(*) FILTER (WHERE lasts AND since <= '{LAST}'
                                    AND (until IS NULL OR until > '{LAST}')) AS "looptAanHetEind",
                   (SELECT count(DISTINCT f.id) FROM family f
                    JOIN family_form m ON m.family_id = f.id AND m.form = 'deeltijd'
                    JOIN place b ON b.family_id = f.id
                    WHERE status = 'actief' AND NOT needs_confirmation AND is_offered
                      AND ('deeltijd' = ANY (b.forms) OR b.forms IS NULL)
                      AND NOT coalesce(f.available_from > {_TODAY}, false)
                      AND NOT coalesce(f.available_until < {_TODAY}, false)
                      AND NOT coalesce(b.available_from > {_TODAY}, false)
                      AND NOT coalesce(b.available_until < {_TODAY}, false))
                     AS "gezinnenDieHetBieden" FROM ({_RESPITE}) r""",
        "alone",
    ),
    *(
        Query(
            f"ondersteuning.{at}[]",
            f"""SELECT {column} AS groep, count(*) AS aantal FROM support_offer
                WHERE offered_on {IN_PERIOD} GROUP BY 1""",
        )
        for at, column in (("naarSoort", "kind"), ("naarUitkomst", "helped"))
    ),
)
