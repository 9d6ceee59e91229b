"""What came of earlier questions: of one's own families, and nothing of the child."""

from datetime import timedelta

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Connection, update
from sqlalchemy.orm import Session

from app.kernel.clock import today_in_amsterdam
from app.models import BegunPair
from tests.rows import make_family
from tests.steps.settled import make_registration
from tests.steps.walking import MATCHER, OTHER, begin, open_steps

ENDED = "/v1/gezinsvragen/_afgerond"


@pytest.fixture
def client(connection: Connection, session: Session) -> TestClient:
    return open_steps(connection)


def test_a_no_an_end_and_a_placement_are_kept_without_the_child(
    client: TestClient, session: Session
) -> None:
    """The newest first; a running one is not among them; another provider sees none of it."""
    for n in range(4):
        make_family(session, reference=f"SPI-{n}")
    children = [make_registration(session, number=f"AM-{n}") for n in range(4)]
    session.commit()
    declined, expired, placed, _ = (
        begin(client, child, f"SPI-{n}") for n, child in enumerate(children)
    )
    declined.answer("nee", afwijsreden="leeftijd", door="gezin")
    past = today_in_amsterdam() - timedelta(days=1)
    session.execute(
        update(BegunPair)
        .where(BegunPair.id == expired.step)
        .values(begun_on=past - timedelta(days=9), held_until=past)
    )
    session.commit()
    placed.walk_to("plaatsing")
    found = client.get(ENDED, headers=MATCHER).json()["gezinsvragen"]
    assert [(q["gezin"], q["uitkomst"]) for q in found] == [
        ("SPI-2", "geplaatst"), ("SPI-1", "verlopen"), ("SPI-0", "nee"),
    ]  # fmt: skip
    assert (found[2]["afwijsreden"], found[2]["door"]) == ("leeftijd", "gezin")
    assert set(found[0]) == {
        "id", "gezin", "fase", "sinds", "beeindigdOp", "totEnMet", "uitkomst", "door",
        "afwijsreden",
    }  # fmt: skip
    assert client.get(ENDED, headers=OTHER).json()["gezinsvragen"] == []


def test_pages_hold_all_of_them_once(client: TestClient, session: Session) -> None:
    """The link leads on until the oldest."""
    make_family(session, reference="SPI-1", places=3)
    for n in range(3):
        child = make_registration(session, number=f"AM-{n}")
        session.commit()
        begin(client, child).answer("nee", afwijsreden="afstand")
    first = client.get(ENDED, params={"aantal": 2}, headers=MATCHER)
    rest = client.get(first.links["next"]["url"], headers=MATCHER)
    seen = [q["id"] for page in (first, rest) for q in page.json()["gezinsvragen"]]
    assert len(seen) == len(set(seen)) == 3
    assert "next" not in rest.links
