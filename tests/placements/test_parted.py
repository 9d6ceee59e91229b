"""Brothers and sisters whom a crisis parted stand before people until they are together again."""

from datetime import timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Connection
from sqlalchemy.orm import Session

from app.kernel.holding import REUNION_NEAR
from app.kernel.words import CareForm, SiblingWish
from app.models import Placement, Registration, SiblingGroup
from tests.placements.living import MATCHER, TODAY, live_in, open_placements
from tests.rows import make_family

OPEN, DUE = "hereniging niet gepland", "hereniging nadert of is voorbij"


@pytest.fixture
def client(connection: Connection, session: Session) -> TestClient:
    return open_placements(connection)


@pytest.fixture
def placement(session: Session) -> Placement:
    """A child in crisis care, without the brother or sister it wishes to be with."""
    group = SiblingGroup(code="G1", wish=SiblingWish.TOGETHER)
    session.add(group)
    session.flush()
    made = live_in(
        session, make_family(session, reference="SPI-1"), care_form=CareForm.CRISIS,
        sibling_group_id=group.id, sibling_wish=SiblingWish.TOGETHER,
    )  # fmt: skip
    made.together = False
    made.no_follow_up_reason = "Gaat naar huis."  # else that waits for somebody as well
    session.flush()
    return made


def waits(client: TestClient, who: dict[str, str] | None = None) -> list[Any]:
    """What waits for somebody, by the list of what does."""
    answer = client.get("/v1/plaatsingen", params={"aandacht": True}, headers=who)
    return [line["aandacht"] for line in answer.json()["plaatsingen"]]


def test_a_day_is_asked_and_stands_there_again_when_it_is_near(
    client: TestClient, session: Session, placement: Placement
) -> None:
    """For the family's own provider too; far off it waits for nobody."""
    registration = session.get_one(Registration, placement.registration_id)
    near = TODAY + REUNION_NEAR
    for day, expected in (
        (None, [[OPEN]]), (near + timedelta(days=1), []), (near, [[DUE]]),
        (TODAY - timedelta(days=1), [[DUE]]),
    ):  # fmt: skip
        registration.reunite_by = day
        session.flush()
        assert waits(client) == waits(client, MATCHER) == expected, day
        shown = client.get(f"/v1/plaatsingen/{placement.id}").json()
        assert shown["herenigenVoor"] == (day and day.isoformat())


def test_who_lives_together_again_waits_for_nothing(
    client: TestClient, session: Session, placement: Placement
) -> None:
    """Said by a correction of the placement."""
    at = f"/v1/plaatsingen/{placement.id}"
    body = {"samen": True, "reden": "De zus woont er nu ook."}
    etag = {"If-Match": client.get(at).headers["ETag"]}
    answer = client.patch(at, json=body, headers=etag)
    assert answer.status_code == 200, answer.text
    assert waits(client) == []


@pytest.mark.parametrize(
    "change", [{"form": CareForm.LONG_TERM}, {"until": TODAY}, {"together": None}]
)
def test_only_a_crisis_that_runs_and_parts_them_is_one(
    client: TestClient, session: Session, placement: Placement, change: dict[str, Any]
) -> None:
    """Another form, an end, and a child without brothers or sisters."""
    for name, value in change.items():
        setattr(placement, name, value)
    session.flush()
    assert [why for line in waits(client) for why in line if why in (OPEN, DUE)] == []


def test_who_is_wished_apart_is_not_parted_by_the_crisis(
    client: TestClient, session: Session, placement: Placement
) -> None:
    """Nobody wants them to be together again."""
    session.get_one(Registration, placement.registration_id).sibling_wish = SiblingWish.APART
    session.flush()
    assert waits(client) == []
