"""The figures of a matched region, through the whole service."""

from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import text

from app.db.opened import Database
from app.db.session import session_for
from app.kernel.actor import SYSTEM, ActorRole
from app.main import create_app
from tests.signing import bearer

pytestmark = pytest.mark.usefixtures("matched_region")


@pytest.fixture(scope="module")
def matched_region(loaded_region: Database) -> Database:
    """The example region with placements of its own."""
    with session_for(loaded_region.sessions, SYSTEM) as session:
        session.execute(
            text("""
            INSERT INTO placement
                   (id, registration_id, family_id, provider_id, form, origin, version,
                    since, until)
            SELECT gen_random_uuid(), r.id, f.id, f.provider_id, r.care_form, 'besluit', 1,
                   current_date - 20, CASE WHEN r.n <= 6 THEN current_date - 1 END
            FROM (SELECT *, row_number() OVER (ORDER BY number) AS n FROM registration) r
            JOIN (SELECT *, row_number() OVER (ORDER BY id) AS n FROM family) f USING (n)
            WHERE r.n <= 30""")
        )
    return loaded_region


@pytest.fixture(scope="module")
def client(loaded_region: Database) -> TestClient:
    """The whole service."""
    return TestClient(create_app(loaded_region))


def figures(client: TestClient, role: ActorRole = ActorRole.MANAGER, query: str = "") -> Any:
    answer = client.get(f"/v1/regiocijfers{query}", headers=bearer(role))
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_they_are_those_of_the_rows(client: TestClient, loaded_region: Database) -> None:
    """A manager sees no row of a child, and yet the right counts."""
    told = figures(client)
    with session_for(loaded_region.sessions, SYSTEM) as session:
        waiting = session.scalar(text("SELECT count(*) FROM registration WHERE state = 'zoekt'"))
        forms = dict(
            session.execute(
                text(
                    "SELECT care_form, count(*) FROM registration WHERE state = 'zoekt' GROUP BY 1"
                )
            ).all()
        )
    assert told["wachtenden"]["aantal"] == waiting
    shown = {g["groep"]: g["aantal"] for g in told["wachtenden"]["naarVorm"]}
    assert shown.keys() == forms.keys()
    assert all(count in (None, forms[name]) for name, count in shown.items())
    assert told["geplaatst"]["aantal"] == 30
    assert told["beeindigd"] == {"aantal": 6, "binnenEenJaar": 6}
    assert told["thuis"]["inNetwerkgezin"] in (None, *range(5, 26), 0, 30)


def test_where_placed_children_live(client: TestClient, loaded_region: Database) -> None:
    """By another road: both areas looked up one by one; a small part takes another one along."""
    with session_for(loaded_region.sessions, SYSTEM) as session:
        areas = dict(
            session.execute(text("SELECT pc4, municipality_code FROM postcode_area")).all()
        )
        homes = session.execute(
            text("""SELECT left(r.postcode, 4), left(f.postcode, 4)
                    FROM placement p, registration r, family f
                    WHERE r.id = p.registration_id AND f.id = p.family_id""")
        ).all()
    near = sum(areas[child] == areas[family] for child, family in homes)
    home = figures(client)["thuis"]
    is_small = 0 < near < 5 or 0 < 30 - near < 5
    assert home["eigenGemeente"] == (None if is_small else near)
    assert home["andereGemeente"] == (None if is_small else 30 - near)


def test_nothing_small_is_told(client: TestClient) -> None:
    """Anywhere in the answer."""

    def walk(given: Any) -> None:
        if isinstance(given, dict):
            count = given.get("aantal")
            assert count is None or count == 0 or count >= 5, given
            for value in given.values():
                walk(value)
        elif isinstance(given, list):
            for value in given:
                walk(value)

    walk(figures(client))


def test_a_period_without_anything_is_empty(client: TestClient) -> None:
    """Placements count in the period in which they began."""
    told = figures(client, query="?van=2001-01-01&totEnMet=2001-12-31")
    assert told["geplaatst"]["aantal"] == 0
    assert told["beeindigd"] == {"aantal": 0, "binnenEenJaar": 0}
    assert told["wachtenden"]["aantal"] > 0


@pytest.mark.parametrize(
    "query", ["van=2026-02-01&totEnMet=2026-01-01", "totEnMet=0001-01-01", "van=9999-12-31"]
)
def test_a_wrong_period_gets_a_sentence(client: TestClient, query: str) -> None:
    """And no figure."""
    answer = client.get(f"/v1/regiocijfers?{query}", headers=bearer(ActorRole.MANAGER))
    assert answer.status_code == 400
    assert {"van", "totEnMet"} & set(answer.json()["velden"])


def test_a_provider_gets_none(client: TestClient) -> None:
    """Figures are the region's."""
    headers = bearer(ActorRole.MATCHER, organisation="spirit")
    assert client.get("/v1/regiocijfers", headers=headers).status_code == 403
