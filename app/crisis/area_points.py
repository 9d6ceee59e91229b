"""Where postcode areas lie, kept in the process: they are renewed once a year, and asked all night.

Whether they still are what is kept is asked each time, of the transactions that wrote the rows: a
thousand areas read anew take five times as long as that.
"""

from collections.abc import Collection, Mapping
from typing import NamedTuple

import numpy as np
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from app.kernel.postcode import FloatArray, distance_km
from app.models import PostcodeArea

# A transaction has a higher number than those before it: whatever is renewed raises the sum, also
# where it is committed after one that began later.
_WRITTEN = text("SELECT count(*), sum(xmin::text::bigint) FROM postcode_area")
_FEW = 4  # a process has one database; a test run has some
_kept: dict[tuple[object, ...], "_Points"] = {}


class _Points(NamedTuple):
    """at: where in both arrays an area stands. lat, lon: in degrees."""

    at: Mapping[str, int]
    lat: FloatArray
    lon: FloatArray


def kilometres(
    session: Session, areas: Collection[str], *, here: str
) -> Mapping[str, float | None]:
    """Return how far each postcode area is from here; None where either is not on the map."""
    at, lat, lon = _points(session)
    nowhere: dict[str, float | None] = dict.fromkeys(areas)
    if here not in at:
        return nowhere
    found = distance_km(lat[at[here]], lon[at[here]], lat, lon).tolist()
    return nowhere | {area: round(found[at[area]], 1) for area in nowhere if area in at}


def _points(session: Session) -> _Points:
    written = tuple(session.execute(_WRITTEN).one())
    found = _kept.get(written)
    if found is None:
        found = _read(session)
        while len(_kept) >= _FEW:
            _kept.pop(next(iter(_kept)), None)
        _kept[written] = found
    return found


def _read(session: Session) -> _Points:
    area = PostcodeArea
    rows = session.execute(select(area.pc4, area.lat, area.lon)).all()
    lat, lon = (np.array([row[n] for row in rows], dtype=np.float64) for n in (1, 2))
    return _Points({row[0]: n for n, row in enumerate(rows)}, lat, lon)
