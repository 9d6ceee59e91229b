"""Which families can lie within reach of which children, by cells of a grid on the map.

A cell's answer is never too narrow: whoever is left is measured. An unknown place is in reach.
"""

import numpy as np
from numpy.typing import NDArray

from app.kernel.postcode import EARTH_RADIUS_KM
from app.matching.problem import Bools, Floats, Ints, Problem
from app.matching.risk.factors.distance import home_km
from app.matching.scale.threads import chunks, in_threads

CELL_NORTH, CELL_EAST = 0.1, 0.15  # degrees: some 11 by 10 km
KM_PER_DEGREE = EARTH_RADIUS_KM * np.pi / 180
ROUNDING = 1e-9  # degrees


def by_cell(problem: Problem, within_km: float, columns: Ints) -> tuple[NDArray[np.uint8], Ints]:
    """Return a packed row of the columns in reach of each cell, and the cell of each child."""
    kids, homes = problem.children, problem.families
    north, east = np.floor(kids.lat / CELL_NORTH), np.floor(kids.lon / CELL_EAST)
    cells, cell = np.unique(np.column_stack([north, east]), axis=0, return_inverse=True)
    lat, lon = homes.lat[columns], homes.lon[columns]
    farthest = np.nanmax(np.abs(np.concatenate([kids.lat, homes.lat, [0.0]])))
    reach = within_km / KM_PER_DEGREE
    near = _is_near(cells[:, 0] * CELL_NORTH, CELL_NORTH, at=lat, reach=reach)
    # A degree to the east is shortest where anybody lives farthest from the equator.
    reach /= max(np.cos(np.radians(farthest)), ROUNDING)
    near &= _is_near(cells[:, 1] * CELL_EAST, CELL_EAST, at=lon, reach=reach)
    near |= np.isnan(lat + lon)
    near |= np.isnan(cells).any(axis=1)[:, None]
    return np.packbits(near, axis=1), cell.reshape(-1).astype(np.int64)


def drop_the_far(
    problem: Problem, child: Ints, family: Ints, within_km: float
) -> tuple[Ints, Ints]:
    """Return the pairs that are not known to lie further apart."""
    kept = np.empty(len(child), dtype=np.bool_)

    def measure(part: slice) -> None:
        kept[part] = ~(home_km(problem, child[part], family[part]) > within_km)

    in_threads(measure, list(chunks(len(child), 60)))
    return child[kept], family[kept]


def _is_near(begin: Floats, size: float, *, at: Floats, reach: float) -> Bools:
    """Return which positions lie within reach of each interval that begins there."""
    low, high = begin - reach - ROUNDING, begin + size + reach + ROUNDING
    return np.asarray((at >= low[:, None]) & (at <= high[:, None]))
