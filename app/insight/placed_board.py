"""Placements that began in a period: where, with whom, how far from home, and do they hold."""

from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy.orm import Session

from app.insight.after_board import after_placements, record_figures
from app.insight.board_schemas import DistanceOut, PlacementBoard, RungFigure
from app.insight.breakdown_board import breakdown_board
from app.insight.counting import hidden_in
from app.insight.parts import parts_of
from app.insight.periods import Period
from app.insight.placed_queries import (
    BEYOND_FAMILY,
    DISTANCES,
    FAMILY,
    FAR,
    KEPT,
    LOST,
    NETWORK,
    UNKNOWN,
    Rung,
    distances_in,
    family_rungs,
    median_km_in,
    schools_in,
    siblings_in,
)
from app.insight.rung_queries import rungs_beyond_family
from app.kernel.clock import now
from app.kernel.small_cells import FEW

# From home outwards: what is tried first stands first (*zo thuis mogelijk*).
LADDER = (BEYOND_FAMILY[0], NETWORK, FAMILY, *BEYOND_FAMILY[1:])
TOGETHER, APART = "met broer of zus", "zonder broer of zus die er ook is"
_SIBLINGS = {
    True: TOGETHER,
    False: APART,
    None: "geen broer of zus, of niet vastgelegd",
}


def placement_board(session: Session, *, period: Period, today: date) -> PlacementBoard:
    """Return the board; the caller acts as the system."""
    found = family_rungs(session, period) + rungs_beyond_family(session, period)
    siblings = siblings_in(session, period)
    distances, schools = distances_in(session, period), schools_in(session, period)
    known = sum(count for name, count in distances.items() if name != UNKNOWN)
    groups = [*(name for _, name in DISTANCES), FAR, UNKNOWN]
    return PlacementBoard(
        made_at=now(),
        first=period.first,
        last=period.last,
        rungs=_rungs(found),
        siblings=parts_of(
            {word: siblings.get(key, 0) for key, word in _SIBLINGS.items()}, _SIBLINGS.values()
        ),
        distance=DistanceOut(
            median_km=median_km_in(session, period) if known >= FEW else None,
            groups=parts_of(distances, groups),
        ),
        school=parts_of(schools, (KEPT, LOST, UNKNOWN)),
        breakdown=breakdown_board(session, last=period.last, today=today),
        after=after_placements(session, period),
        records=record_figures(session, period),
    )


def _rungs(found: Sequence[Rung]) -> list[RungFigure]:
    begun = _on_rungs({rung.name: rung.begun for rung in found})
    running = _on_rungs({rung.name: rung.running for rung in found})
    return [RungFigure(name=name, begun=begun[name], running=running[name]) for name in LADDER]


def _on_rungs(counts: Mapping[str, int]) -> dict[str, int | None]:
    """Return the rungs; the two of families have a total of their own, which the others tell."""
    return hidden_in(counts, [list(counts), (NETWORK, FAMILY)])
