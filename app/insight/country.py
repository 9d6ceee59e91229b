"""The region's figures beside those of the country: a dated file, and what may be compared."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from app.insight.board_schemas import (
    CountOut,
    CountryBoard,
    CountryFigure,
    PlacementBoard,
    WaitingBoard,
)
from app.insight.placed_board import APART, TOGETHER
from app.insight.placed_queries import FAMILY, KEPT, LOST, NETWORK
from app.kernel.clock import now

FILE = Path(__file__).with_name("landelijk.toml")
COMPARABLE = ("ja", "deels", "nee", "onbekend")
THREE_YEARS = 36  # months


@dataclass(frozen=True, slots=True)
class Boards:
    """What the region's values are taken from; families and missing are of today,
    and in the report of a past year of its end.

    by_area: who waited at the end of the period, of any municipality. missing: children without a
    proposal. stopped: families that did, in the period. living: children who live in a family at
    its end.
    long_term_kept: the share of long-term placements that holds for three years.
    """

    waiting: WaitingBoard
    placements: PlacementBoard
    missing: int | None
    stopped: int | None
    living: int | None
    by_area: Mapping[str, int | None]
    families: int | None
    long_term_kept: float | None


@cache
def country_file() -> Mapping[str, object]:
    """Return the file as it is written."""
    return tomllib.loads(FILE.read_text("utf-8"))


def country_board(boards: Boards) -> CountryBoard:
    """Return each figure of the file with the region's own beside it."""
    values = _values(boards)
    told = country_file()
    figures, as_of = told["cijfers"], told["bijgewerkt_op"]
    assert isinstance(figures, list)  # noqa: S101
    assert isinstance(as_of, date)  # noqa: S101
    return CountryBoard(
        made_at=now(),
        as_of=as_of,
        figures=[
            CountryFigure(
                key=one["sleutel"],
                name=one["cijfer"],
                region=values[one["sleutel"]],
                unit=one["eenheid"],
                country=one.get("waarde"),
                source=one.get("bron"),
                year=one.get("jaar"),
                comparable=one["vergelijkbaar"],
                note=one["toelichting"],
            )
            for one in figures
        ],
    )


def _values(boards: Boards) -> dict[str, float | None]:
    placed = boards.placements
    last_month = boards.waiting.months[-1]
    rungs = {rung.name: rung for rung in placed.rungs}
    begun = {name: rungs[name].begun for name in (FAMILY, NETWORK)}
    return {
        "wachtend": last_month.waiting,
        "wachtend_amsterdam": boards.by_area["Amsterdam"],
        "woont_in_pleeggezin": boards.living,
        "pleeggezinnen": boards.families,
        "zonder_voorstel": boards.missing,
        "afgebroken": _broken(_share_kept(placed)),
        "afgebroken_langdurig": _broken(boards.long_term_kept),
        "dagen_gewacht": last_month.median_days,
        "eigen_netwerk": _percent(begun[NETWORK], begun[FAMILY]),
        "samen": _share_of(placed.siblings, TOGETHER, APART),
        "afstand": placed.distance.median_km,
        "school": _share_of(placed.school, KEPT, LOST),
        "gestopt": boards.stopped,
    }


def _share_kept(placed: PlacementBoard) -> float | None:
    """Return the share that holds for three years; None until that may be told."""
    points = placed.breakdown.whole.points or []
    return next((point.share for point in points if point.month == THREE_YEARS), None)


def _broken(kept: float | None) -> float | None:
    """Return how many percent broke down."""
    return None if kept is None else round(100 * (1 - kept), 1)


def _share_of(parts: Sequence[CountOut], these: str, others: str) -> float | None:
    counts = {part.name: part.count for part in parts}
    return _percent(counts[these], counts[others])


def _percent(these: int | None, others: int | None) -> float | None:
    """Return these as percent of both; None where one is not told, or there is nothing."""
    if these is None or others is None or not these + others:
        return None
    return round(100 * these / (these + others), 1)
