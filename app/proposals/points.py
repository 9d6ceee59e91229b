"""Centroids of postcodes as columns."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.kernel.postcode import pc4_of
from app.kernel.words import AreaQuality
from app.matching.problem import Bools, Floats
from app.proposals.columns import bools, floats

# By PC4, each with its lat, lon and quality.
Areas = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Points:
    """Centroids of postcodes: NaN where the area is unknown, certain only where it is exact."""

    area: tuple[str, ...]
    lat: Floats
    lon: Floats
    certain: Bools

    @staticmethod
    def of(table: Sequence[Any], areas: Areas, postcode: Callable[[Any], str | None]) -> "Points":
        """Return the centroid of each row's postcode."""
        known = tuple(pc4_of(postcode(row) or "") for row in table)
        found = [areas.get(code) for code in known]
        return Points(
            area=known,
            lat=floats(area.lat if area else None for area in found),
            lon=floats(area.lon if area else None for area in found),
            certain=bools(area is not None and area.quality is AreaQuality.EXACT for area in found),
        )
