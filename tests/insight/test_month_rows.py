"""Rows of past months, read by a later version of the service than the one that wrote them."""

from datetime import UTC, date, datetime

import pytest
from pydantic import Field

from app.insight import months
from app.insight.month_schemas import MonthState
from app.models import RegionMonth
from tests.insight.test_months import FIRST_KEPT


class _Later(MonthState):
    more: int = Field(3, alias="meer")


def _row(state: str) -> RegionMonth:
    return RegionMonth(
        month=date(2025, 12, 1), on_day=date(2025, 12, 31), made_at=datetime.now(UTC), state=state
    )


def test_a_field_that_came_later_has_its_default(monkeypatch: pytest.MonkeyPatch) -> None:
    """The rows of before it are read as they were."""
    monkeypatch.setattr(months, "MonthState", _Later)
    found = months._read(_row(FIRST_KEPT))
    assert isinstance(found, _Later)
    assert (found.more, found.families, found.places.total.free) == (3, 30, 10)
    assert found.recruitment is not None


def test_what_a_row_must_have_is_asked() -> None:
    """Without its places it is of no use."""
    assert months._read(_row('{"pleeggezinnen": 30, "concepten": 4}')) is None
