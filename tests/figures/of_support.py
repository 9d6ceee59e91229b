"""The watch list, the ladder home and JIM in numbers."""

from collections.abc import Iterator
from typing import Any

from tests.figures.asking import Ask, Query
from tests.figures.constants import from_file
from tests.insight.past import IN_PERIOD
from tests.insight.sources import AGE
from tests.strain.strained import REASONS

_TODAY = "(now() AT TIME ZONE 'Europe/Amsterdam')::date"
_WATCHED = REASONS.replace(":today", _TODAY)
_STEPS = f"""
    SELECT s.*, r.care_form, extract(year FROM age(s.day, c.born_on)) AS years
    FROM ladder_step s JOIN registration r ON r.id = s.registration_id
    JOIN child c ON c.id = r.child_id WHERE s.day {IN_PERIOD}"""
_ASSUMED = "app/ladder/aannames.toml"


def _prevented(ask: Ask) -> Iterator[dict[str, Any]]:
    """The stated share of those who stayed home, and its bounds."""
    ((home,),) = ask(f"""SELECT count(*) FROM mentor_case
                         WHERE result = 'thuis gebleven' AND since {IN_PERIOD}""")
    assumed = from_file(_ASSUMED)["jim"]
    yield {
        "geschatVoorkomen": home * assumed["aandeel_anders_uit_huis"],
        "geschatVoorkomenLaag": home * assumed["laag"],
        "geschatVoorkomenHoog": home * assumed["hoog"],
    }


STRAIN = (
    Query(
        "",
        f"""SELECT count(*) AS "lopendePlaatsingen", (SELECT count(DISTINCT placement_id)
              FROM ({_WATCHED}) w) AS "opDeVolglijst",
              count(*) FILTER (WHERE respite AND id IN (SELECT placement_id FROM ({_WATCHED}) w))
                AS "metRespijt"
            FROM placement p CROSS JOIN LATERAL (SELECT EXISTS (
              SELECT FROM support_offer s LEFT JOIN respite_place e ON e.offer_id = s.id
              LEFT JOIN occupation o ON o.id = e.occupation_id
              WHERE s.placement_id = p.id AND taken_up = 'ja' AND s.kind = 'respijt'
                AND CASE WHEN e.offer_id IS NULL THEN coalesce(s.until > {_TODAY}, true)
                    ELSE released_at IS NULL END) AS respite) x
            WHERE NOT is_bridging AND (until IS NULL OR until >= {_TODAY})""",
        "two ways",
    ),
    Query(
        "redenen[]",
        f"""SELECT code AS reden, count(DISTINCT placement_id) AS aantal FROM ({_WATCHED}) w
            GROUP BY 1""",
        "two ways",  # a placement may have several; what is without it may be small too
    ),
)
LADDER = (
    Query(
        "",
        f"""SELECT count(*) AS stappen, (SELECT count(*) FROM setting_stay WHERE until IS NULL)
              AS "lopendeVerblijven" FROM ({_STEPS}) s""",
        "alone",
    ),
    *(
        Query(at, f"SELECT {key} AS naam, count(*) AS aantal FROM ({_STEPS}) s GROUP BY 1")
        for at, key in (
            ("perTrede[]", "rung"), ("perReden[]", "reason"), ("perVorm[]", "care_form"),
            ("perLeeftijd[]", AGE),
        )
    ),
)  # fmt: skip
JIM = (
    Query(
        "",
        f"""SELECT count(*) FILTER (WHERE result = 'loopt') AS lopend,
                   count(*) FILTER (WHERE result = 'thuis gebleven') AS "thuisGebleven",
                   count(*) FILTER (WHERE result = 'toch uit huis') AS "tochUitHuis"
            FROM mentor_case WHERE since {IN_PERIOD}""",
        "alone",
    ),
    Query("", _prevented, by=0.051),
    Query(
        "netwerkvragen[]",
        f"""SELECT purpose AS doel, answer AS uitkomst, count(*) AS aantal FROM network_inquiry
            WHERE asked_on {IN_PERIOD} GROUP BY 1, 2""",
        "alone",
    ),
)
