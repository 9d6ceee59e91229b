"""Here the small regions of the tests go the way of a country."""

from collections.abc import Iterator

import pytest

from app.matching import pairs


@pytest.fixture(scope="module", autouse=True)
def _no_region_is_small() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pairs, "FEW_CELLS", 0)
        yield
