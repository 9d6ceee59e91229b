"""The boards of a region that has a past: every chart drawn, in two languages, and narrow."""

from collections.abc import Callable

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import create_engine
from sqlalchemy.orm import Session

from app.db.opened import Database
from app.kernel.clock import today_in_amsterdam
from tests.insight.kept_year import keep_a_year_back
from tests.insight.past import FIRST, LAST, add_three_years
from tests.screens.looking import Looker
from tests.screens.steps.walking import STAFF, Walk, find_child

PERIOD = f"van={FIRST}&tot={LAST}"
BOARDS = ("wachten", "plaatsingen", "plekken", "preventie")


@pytest.fixture
def past(screens_database: Database, client_as: Callable[..., TestClient]) -> None:
    """Steps of today first: a child with three years behind it may be placed already."""
    client = client_as("coordinator")
    for reason in ("afstand", "leeftijd", "veiligheid", "afstand", "afstand"):
        walk = Walk(client, find_child(client))
        walk.begin()
        walk.api("POST", "/_nee", STAFF, door="gezin", afwijsreden=reason)
    engine = create_engine(screens_database.url)
    with Session(engine) as session:
        add_three_years(session)
        session.commit()
    engine.dispose()
    keep_a_year_back(screens_database)


@pytest.mark.timeout(400)  # on a busy machine axe-core alone takes minutes
def test_every_board_is_right_with_figures(look: Callable[..., Looker], past: None) -> None:
    """For axe, at 320 pixels, with large text; what is drawn is there as a table."""
    looker = look("regiomanager")
    for place in ("/regio", *(f"/regio/{board}?{PERIOD}" for board in BOARDS)):
        page = looker.go(place)
        assert page.locator("main table").count() >= 1, place
        assert looker.complaints() == [], place
    for year in (2025, today_in_amsterdam().year):  # one that is over, and one that runs
        assert looker.page.goto(f"{looker.address}/regio/jaarverslag/{year}").status == 200
        assert looker.complaints() == [], year
        size = looker.page.viewport_size
        assert looker.cut_off(width=718) == [], year  # printed: A4 upright, within its margins
        looker.page.set_viewport_size(size)
    looker.speak("en")
    for place in ("/regio", *(f"/regio/{board}?{PERIOD}" for board in BOARDS)):
        looker.go(place)
        assert looker.complaints() == [], place
    looker.go("/zo-thuis-mogelijk")
    assert looker.complaints() == []
