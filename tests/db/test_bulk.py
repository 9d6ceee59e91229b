"""Lists of any length, in and out."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.db.bulk import among
from app.models import Provider


def test_a_list_may_be_longer_than_postgresql_takes_parameters(session: Session) -> None:
    """70,000 values, of which one is there: one array, where IN would need 70,000 parameters."""
    codes = [f"x{n}" for n in range(70_000)] + ["spirit"]
    found = session.scalars(select(Provider.code).where(among(Provider.code, codes)))
    assert list(found) == ["spirit"]


def test_an_empty_list_finds_nothing(session: Session) -> None:
    """No values is a question too, with nothing as its answer."""
    assert session.scalars(select(Provider.code).where(among(Provider.code, []))).all() == []
