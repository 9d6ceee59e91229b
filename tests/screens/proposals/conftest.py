"""The region that the screens of proposals are tested on."""

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from app.db.opened import Database
from app.main import create_app
from tests.screens.proposals.finding import Region


@pytest.fixture(scope="module")
def region(screens_database: Database) -> Iterator[Region]:
    """What the API says of the children that wait."""
    with TestClient(create_app(screens_database)) as client:
        yield Region(client)


@pytest.fixture(scope="module")
def number(region: Region) -> str:
    """A child with a first choice and alternatives."""
    return region.with_choice()


@pytest.fixture(scope="module")
def child(region: Region, number: str) -> str:
    """The address under which all that is asked of that child stands."""
    return f"/kinderen/{region.ids[number]}"
