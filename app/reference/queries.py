"""Every SELECT of the reference slice."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.models import PostcodeArea, Provider


def count_areas(session: Session) -> int:
    """Return how many postcode areas are loaded."""
    return session.scalar(select(func.count()).select_from(PostcodeArea)) or 0


def provider_codes(session: Session) -> list[str]:
    """Return the codes of all providers, in alphabetical order."""
    return list(session.scalars(select(Provider.code).order_by(Provider.code)))
