"""The SELECT behind a step whose term is over: what it held may have gone to another child."""

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from app.kernel.words import Rhythm
from app.models import BegunPair, Occupation


def was_given_away(session: Session, pair: BegunPair) -> bool:
    """Return whether another child lives in the place that a step holds or held, in its rhythm."""
    full = pair.rhythm is Rhythm.FULL_TIME
    rhythms = set(Rhythm) if full else {Rhythm.FULL_TIME, pair.rhythm}
    taken = exists().where(
        Occupation.place_id == pair.place_id,
        Occupation.released_at.is_(None),
        Occupation.rhythm.in_(rhythms),
    )
    return bool(session.scalar(select(taken)))
