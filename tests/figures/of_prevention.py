"""What was done before a placement, and what helps one to hold."""

from tests.figures.asking import Query
from tests.insight.past import IN_PERIOD, LAST

_CAME = f"registered_on {IN_PERIOD}"
# Of the questions in the network the last of each kind to each relation counts.
_NETWORK = f"""
    SELECT CASE WHEN network_researched OR asked THEN 'onderzocht, ' || coalesce(
             prevention ->> 'netwerkonderzoekUitkomst',
             CASE WHEN family THEN 'gezin gevonden' WHEN support THEN 'steun gevonden'
               WHEN no THEN 'niemand gevonden' ELSE 'uitkomst niet vastgelegd' END)
           WHEN prevention ? 'netwerkonderzoekOvergeslagen' THEN 'overgeslagen met reden'
           ELSE 'niets vastgelegd' END AS groep, count(*) AS aantal
    FROM registration r CROSS JOIN LATERAL (
      SELECT count(*) > 0 AS asked, bool_and(answer = 'nee') AS no,
             bool_or(purpose = 'netwerkgezin' AND answer = 'ja') AS family,
             bool_or(purpose = 'steun' AND answer = 'ja')
               AND NOT bool_or(answer = 'wil nadenken') AS support
      FROM (SELECT DISTINCT ON (purpose, relation) purpose, answer FROM network_inquiry i
            WHERE i.registration_id = r.id AND purpose <> 'JIM'
            ORDER BY purpose, relation, asked_on DESC, id DESC) last) i
    WHERE {_CAME} GROUP BY 1"""
_MENTORS = f"""
    SELECT CASE WHEN mentor IS NOT NULL OR EXISTS (
               SELECT FROM mentor_case c WHERE c.registration_id = r.id) THEN 'mentor gekozen'
             WHEN prevention ? 'jimOvergeslagen' THEN 'overgeslagen met reden'
             ELSE 'niets vastgelegd' END AS groep, count(*) AS aantal
    FROM registration r WHERE {_CAME} GROUP BY 1"""
# Part-time placements, and respite beside one: taken up, and over with its placement at the latest.
_RESPITE = """
    SELECT since, until FROM placement WHERE form = 'deeltijd' AND NOT is_bridging
    UNION ALL SELECT o.since, least(coalesce(o.until, p.until), coalesce(p.until, o.until))
    FROM support_offer o JOIN placement p ON p.id = o.placement_id
    WHERE kind = 'respijt' AND taken_up = 'ja' AND o.since IS NOT NULL
      AND (p.until IS NULL OR p.until >= o.since)"""

PREVENTION = (
    Query("", f"SELECT count(*) AS aanmeldingen FROM registration WHERE {_CAME}", "alone"),
    Query("netwerkonderzoek[]", _NETWORK),
    Query("jim[]", _MENTORS),
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
        f"""SELECT count(*) FILTER (WHERE since {IN_PERIOD}) AS begonnen,
                   count(*) FILTER (WHERE since <= '{LAST}' AND (until IS NULL OR until > '{LAST}'))
                     AS "looptAanHetEind",
                   (SELECT count(*) FROM family WHERE respite AND status = 'actief')
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
