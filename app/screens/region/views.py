"""The figures of a region as charts, and as the rows of the tables behind them."""

from collections.abc import Mapping, Sequence
from typing import Any

from app.screens.charts import Bars, Dot, bars_of, dots_of
from app.screens.moments import number

MAP_WIDTH, MAP_HEIGHT = 560, 380
HIDDEN = "–"


def drawn(figures: Mapping[str, Any], language: str) -> dict[str, Bars | list[Dot]]:
    """Return the charts of the page by name."""
    waiting, shortages = figures["wachtenden"], figures["tekorten"]
    charts: dict[str, Bars | list[Dot]] = {
        name: _waiting_days(waiting[key], language)
        for name, key in (("vorm", "naarVorm"), ("leeftijd", "naarLeeftijd"))
    }
    charts["urgentie"] = _waiting_days(waiting["naarUrgentie"], language)
    charts["tekort"] = bars_of(
        (f"{group['vorm']}, {group['leeftijd']}", group["aantal"], counted(group["aantal"]))
        for group in shortages["groepen"]
    )
    charts["reden"] = bars_of(
        (given["reden"], given["aantal"], counted(given["aantal"])) for given in _summed(figures)
    )
    charts["kaart"] = dots_of(waiting["naarGemeente"], width=MAP_WIDTH, height=MAP_HEIGHT)
    charts["tekortkaart"] = dots_of(shortages["naarGemeente"], width=MAP_WIDTH, height=MAP_HEIGHT)
    return charts


def counted(count: int | None) -> str:
    """Return a count; a dash where it is not told, itself small or giving away one that is."""
    return HIDDEN if count is None else str(count)


def _waiting_days(groups: Sequence[Mapping[str, Any]], language: str) -> Bars:
    word = "dagen" if language == "nl" else "days"
    return bars_of(
        (
            group["groep"],
            group["mediaanDagen"],
            HIDDEN
            if group["mediaanDagen"] is None
            else f"{number(group['mediaanDagen'], language)} {word}",
        )
        for group in groups
    )


def _summed(figures: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Return the reasons of a no; by whom stands in the table."""
    return [
        {"reden": f"{given['reden']} ({given['door']})", "aantal": given["aantal"]}
        for given in figures["voorstellen"]["redenen"]
    ]
