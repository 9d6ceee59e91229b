"""A region with outcomes behind it, and a version that was learnt from them."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import URL

from app.db.opened import Database
from app.db.session import session_for
from app.kernel.actor import SYSTEM
from app.kernel.clock import today_in_amsterdam
from app.outcomes.learning import learn_from_outcomes
from app.proposals.weigh_version import weigh_version
from app.settings import Settings
from tests.databases import copied
from tests.outcomes.made import drawn_history, insert_placements, told_of
from tests.outcomes.worlds import draw_world


@pytest.fixture(scope="module")
def screens_database(settings: Settings, screens_url: URL) -> Iterator[Database]:
    """The matched region of the screens, with 400 placements of before and their chances."""
    today = today_in_amsterdam()
    with copied(settings, screens_url) as opened:
        with session_for(opened.sessions, SYSTEM) as session:
            world = draw_world(400, seed=4, today=today)
            rows = drawn_history(placements=400, today=today - timedelta(days=1))
            insert_placements(
                session,
                [
                    one | {"facts": told_of(row)["facts"]}
                    for one, row in zip(world, rows, strict=True)
                ],
            )
        with session_for(opened.sessions, SYSTEM) as session:
            made = learn_from_outcomes(session, until=today)
        assert made is not None
        weigh_version(opened.sessions, made.version)
        yield opened
