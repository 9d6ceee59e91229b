"""Whom to call tonight in plain words: every family judged, all of them ordered, none left out."""

from collections.abc import Iterable, Sequence
from datetime import date
from math import inf

import numpy as np
from sqlalchemy.orm import Session

from app.crisis.beds import Contact, Home, Need, bed_of, fits
from app.crisis.home_queries import find_homes
from app.kernel.postcode import distance_km
from app.models import Family, PostcodeArea


def homes_for(need: Need, homes: Iterable[Home], today: date) -> list[Home]:
    """Return the families that may be called for all of these children, in order of calling."""
    fitting = (home for home in homes if fits(need, home, today))
    return sorted(fitting, key=lambda home: _order(need, home, today))


def most_together(need: Need, homes: Sequence[Home], today: date) -> tuple[int, list[Home]]:
    """Return for how many children at once there is a family, and which; (0, []) for nobody."""
    for count in range(len(need.children), 0, -1):
        found = homes_for(Need(need.children[:count], need.flags), homes, today)
        if found:
            return count, found
    return 0, []


def every_home(session: Session, today: date, here: str) -> list[Home]:
    """Return every family with a free crisis bed, each with its own way from here."""
    return [
        home._replace(km=_way(session, session.get_one(Family, home.family_id).postcode, here))
        for home in find_homes(session, today=today)
    ]


def unsafe(need: Need, home: Home, today: date) -> int:
    """Return how many things must be said of safety before a family says yes."""
    known = Contact("x", "y", "020-1234567", None, told_on=today, is_stale=False)
    return len(bed_of(need, home._replace(needs_confirmation=False), known, today).concerns)


def _order(need: Need, home: Home, today: date) -> tuple[int, bool, float, str, str]:
    km = inf if home.km is None else home.km
    return unsafe(need, home, today), home.needs_confirmation, km, home.provider, home.number


def _way(session: Session, there: str, here: str) -> float | None:
    ends = [session.get(PostcodeArea, postcode[:4]) for postcode in (here, there)]
    points = [np.array(value) for end in ends if end for value in (end.lat, end.lon)]
    return round(float(distance_km(*points)), 1) if len(points) == 4 else None
