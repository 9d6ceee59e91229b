"""The boards of the region as charts of lines."""

from collections.abc import Mapping, Sequence
from typing import Any

from app.screens.charts import Bars, bars_of
from app.screens.region.plots import Line, Plot, plot_of
from app.screens.region.views import counted
from app.screens.words import N_, translations

Board = Mapping[str, Any]
_WAITING, _DAYS = N_("kinderen die wachten"), N_("mediaan in dagen")
_ALL = N_("alle halfjaren samen")


def months_drawn(board: Board, language: str) -> dict[str, Plot]:
    """Return who waited, and for how long, month by month; what is not told breaks the line."""
    _ = translations(language).gettext
    months = board["maanden"]
    labels = {float(at): month["maand"] for at, month in enumerate(months)}
    return {
        name: plot_of([Line(_(words), _series(months, key))], labels)
        for name, key, words in (
            ("wachtenden", "wachtenden", _WAITING), ("dagen", "mediaanDagen", _DAYS),
        )
    }  # fmt: skip


def _series(months: Sequence[Board], key: str) -> list[tuple[float, float] | None]:
    return [
        None if month[key] is None else (float(at), float(month[key]))
        for at, month in enumerate(months)
    ]


def curves_drawn(board: Board, language: str) -> Plot | None:
    """Return how many percent hold after so many months; None where no curve may be told."""
    _ = translations(language).gettext
    told = [curve for curve in [board["alle"], *board["halfjaren"]] if curve["punten"]]
    if not told:
        return None
    last = max(point["maand"] for curve in told for point in curve["punten"])
    labels = {float(month): str(month) for month in range(0, last + 1, 3)} | {
        float(last): str(last)
    }
    return plot_of(
        [_curve(curve, _(_ALL) if curve["halfjaar"] == "alle" else "") for curve in told],
        labels,
        top=100.0,
    )


def _curve(curve: Board, name: str) -> Line:
    points = curve["punten"]
    band = [
        (float(p["maand"]), 100 * p["laag"], 100 * p["hoog"])
        for p in points
        if p["laag"] is not None
    ]
    return Line(
        name or curve["halfjaar"],
        [(0.0, 100.0), *((float(p["maand"]), 100 * p["houdtStand"]) for p in points)],
        [(0.0, 100.0, 100.0), *band] if name and band else (),
    )


def progress_drawn(region: Sequence[Board]) -> Plot | None:
    """Return the region's progress per theme over the years, in percent; None before the first."""
    if not region:
        return None
    labels = {float(year["jaar"]): str(year["jaar"]) for year in region}
    themes = [theme["thema"].split(":")[0] for theme in region[0]["themas"]]
    return plot_of(
        [
            Line(
                theme,
                [
                    None if (share := year["themas"][at]["aandeel"]) is None
                    else (float(year["jaar"]), 100 * share)
                    for year in region
                ],
            )
            for at, theme in enumerate(themes)
        ],
        labels,
        top=100.0,
    )  # fmt: skip


def parts_drawn(parts: Sequence[Board], language: str, key: str = "aantal") -> Bars:
    """Return the parts of a whole as bars."""
    _ = translations(language).gettext
    name = "trede" if parts and "trede" in parts[0] else "groep"
    return bars_of((_(part[name]), part[key], counted(part[key])) for part in parts)
