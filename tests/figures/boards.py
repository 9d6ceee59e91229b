"""Every board: the operation that answers it, where it is asked for, and its queries."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from tests.figures.asking import Query
from tests.figures.of_calibration import CALIBRATION
from tests.figures.of_country import COUNTRY
from tests.figures.of_fairness import FAIR_QUERY, FAIRNESS
from tests.figures.of_past_year import COUNTRY_THEN, END, MONTHLY, PLACES_THEN, REGION_THEN
from tests.figures.of_placed import PLACED_BOARD
from tests.figures.of_places import PLACES
from tests.figures.of_prevention import PREVENTION
from tests.figures.of_region import REGION
from tests.figures.of_support import JIM, LADDER, STRAIN
from tests.figures.of_survey import CODE, FORM, SURVEY, YEAR
from tests.figures.of_waiting import WAITING
from tests.insight.past import QUERY, SMALL

_SMALL = Query("", f'SELECT {SMALL} AS "kleinsteAantal"', "never", file="app/kernel/small_cells.py")


class Board(NamedTuple):
    """Where a board is asked for, and what its figures are compared with."""

    path: str
    queries: Sequence[Query]


def _parts(**parts: Sequence[Query]) -> list[Query]:
    return [query.within(name) for name, queries in parts.items() for query in queries]


BOARDS: Mapping[str, Board] = {
    "leesRegiocijfers": Board(f"/regiocijfers{QUERY}", [_SMALL, *REGION]),
    "leesWachttijdenPerMaand": Board(f"/regiocijfers/wachttijden{QUERY}", WAITING),
    "leesPlaatsingscijfers": Board(f"/regiocijfers/plaatsingen{QUERY}", PLACED_BOARD),
    "leesPlekcijfers": Board(f"/regiocijfers/plekken{QUERY}", PLACES),
    "leesPreventiecijfers": Board(f"/regiocijfers/preventie{QUERY}", PREVENTION),
    "leesVergelijking": Board(f"/regiocijfers/vergelijkingen{QUERY}", COUNTRY),
    "leesJaarverslag": Board(
        "/jaarverslagen/2025",
        [_SMALL, MONTHLY, *_parts(
            cijfers=[_SMALL, *REGION_THEN], wachttijden=WAITING, plaatsingen=PLACED_BOARD,
            plekken=PLACES_THEN, eindstand=END, preventie=PREVENTION, vergelijking=COUNTRY_THEN,
            zelfevaluatie=SURVEY,
        )],
    ),
    "lijstZelfevaluaties": Board("/zelfevaluaties", SURVEY),
    "leesZelfevaluatie": Board(f"/zelfevaluaties/{CODE}/{YEAR}", FORM),
    "leesVolglijstcijfers": Board("/volglijstcijfers", STRAIN),
    "leesLaddercijfers": Board(f"/laddercijfers{QUERY}", LADDER),
    "leesJimcijfers": Board(f"/jimcijfers{QUERY}", JIM),
    "leesKalibratie": Board("/kalibratie", CALIBRATION),
    "leesEerlijkheid": Board(f"/eerlijkheid{FAIR_QUERY}", FAIRNESS),
}  # fmt: skip
# Operations of the same purposes that answer no figures of a board.
NO_BOARDS: Mapping[str, str] = {
    "leesVragenlijst": "de vragen zelf: nummers, geen cijfers",
    "lijstWeegfactoren": "versies zoals ze zijn geleerd (tests/outcomes/test_learning.py)",
    "leesWeegfactoren": "een versie zoals zij is geleerd (tests/outcomes/test_learning.py)",
}
