"""Brothers and sisters who go to one family began together, of whichever was written first."""

from datetime import date, timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Connection, select, text
from sqlalchemy.orm import Session

from app.insight.periods import Period
from app.insight.placed_queries import siblings_in
from app.kernel.words import CareForm, SiblingWish
from app.models import Family, Placement, PlacementBasis, Registration, SiblingGroup
from app.placed.together import lives_with_siblings
from tests.placements.living import TODAY, open_placements, waiting
from tests.rows import make_family
from tests.steps.settled import settle_frame
from tests.steps.walking import begin, open_steps

# Who lives in the same home with another child of the group on the day on which it came, by the
# days of their placements alone; nothing that was written about being together is read.
LIVED = """
    SELECT EXISTS (
      SELECT FROM placement o JOIN registration s ON s.id = o.registration_id
      WHERE s.sibling_group_id = r.sibling_group_id AND s.child_id <> r.child_id
        AND o.family_id = p.family_id AND o.since <= p.since
        AND coalesce(o.until, 'infinity') > p.since) AS lived, count(*)
    FROM placement p JOIN registration r ON r.id = p.registration_id
    WHERE r.sibling_group_id IS NOT NULL AND NOT p.is_bridging GROUP BY 1"""
DAYS = Period(TODAY - timedelta(days=400), TODAY)


@pytest.fixture
def client(connection: Connection, session: Session) -> TestClient:
    return open_placements(connection)


def kin(session: Session, code: str, *numbers: str, **child: Any) -> list[Registration]:
    group = SiblingGroup(code=code, wish=SiblingWish.TOGETHER)
    session.add(group)
    session.flush()
    given = {"sibling_group_id": group.id, "sibling_wish": SiblingWish.TOGETHER} | child
    return [waiting(session, number, **given) for number in numbers]


def tell(client: TestClient, child: Registration, day: date, family: str = "SPI-1") -> str:
    body = {
        "kind": str(child.id), "aanbieder": "spirit", "gezin": family, "van": day.isoformat(),
        "grond": "overgenomen", "reden": "Woonde daar al.",
    }  # fmt: skip
    answer = client.post("/v1/plaatsingen", json=body)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["plaatsing"]["id"])


def said(session: Session) -> dict[str, tuple[bool | None, str]]:
    """What is written of each child: at its placement, and of the first day."""
    session.expire_all()
    rows = session.execute(
        select(Registration.number, Placement.together, PlacementBasis.facts)
        .join(Placement, Placement.registration_id == Registration.id)
        .join(PlacementBasis, PlacementBasis.placement_id == Placement.id)
    )
    return {number: (together, facts["samen_geplaatst"]) for number, together, facts in rows}


def place_by_steps(connection: Connection, session: Session, child: Registration, at: str) -> None:
    settle_frame(session, child)
    begin(open_steps(connection), child, at).walk_to("plaatsing")


def test_the_board_agrees_with_who_lived_there(
    connection: Connection, client: TestClient, session: Session
) -> None:
    """Two pairs by steps to one home each, and one whose second goes elsewhere."""
    for reference, places in (("SPI-1", 2), ("SPI-2", 2), ("SPI-3", 1), ("SPI-4", 1)):
        make_family(session, reference=reference, places=places)
    homes = (("SPI-1", "SPI-1"), ("SPI-2", "SPI-2"), ("SPI-3", "SPI-4"))
    for n, pair in enumerate(homes):
        for child, home in zip(kin(session, f"G-{n}", f"AM-{n}1", f"AM-{n}2"), pair, strict=True):
            place_by_steps(connection, session, child, home)
    session.expire_all()
    lived: dict[bool, int] = dict(session.execute(text(LIVED)).all())
    assert lived == {True: 4, False: 2}
    assert siblings_in(session, DAYS) == lived
    together = session.scalars(select(Placement.together)).all()
    assert sorted(map(bool, together)) == [False] * 2 + [True] * 4


@pytest.mark.parametrize(
    ("after", "expected"), [(14, (True, True)), (15, (False, True)), (-14, (True, True)),
                            (-15, (True, False)), (0, (True, True))],
)  # fmt: skip
def test_within_two_weeks_is_together_in_whichever_order_it_is_told(
    client: TestClient, session: Session, after: int, expected: tuple[bool, bool]
) -> None:
    """Who came later than that found the other there; the other one began without."""
    make_family(session, reference="SPI-1", places=2)
    one, other = kin(session, "G-1", "AM-1", "AM-2")
    day = TODAY - timedelta(days=60)
    tell(client, one, day)
    tell(client, other, day + timedelta(days=after))
    words = {True: (True, "ja"), False: (False, "nee")}
    assert said(session) == {"AM-1": words[expected[0]], "AM-2": words[expected[1]]}


def test_who_had_left_by_then_was_not_together(client: TestClient, session: Session) -> None:
    """Also not on the day itself; nor does another registration of the same child make it so."""
    family = make_family(session, reference="SPI-1", places=2)
    one, other = kin(session, "G-1", "AM-1", "AM-2")
    for child, came, went in ((one, 9, 5), (other, 5, 3)):
        placement = session.get_one(Placement, tell(client, child, TODAY - timedelta(days=came)))
        placement.until = TODAY - timedelta(days=went)
        session.flush()
    apart = (False, "nee")
    assert said(session) == {"AM-1": apart, "AM-2": apart}
    again = waiting(
        session, "AM-3", child_id=one.child_id, sibling_group_id=one.sibling_group_id,
        sibling_wish=SiblingWish.TOGETHER, follows_id=one.id,
    )  # fmt: skip
    own = session.scalars(select(Placement).where(Placement.registration_id == one.id)).one()
    own.until = None
    session.flush()
    assert lives_with_siblings(session, other, family.id, TODAY) is True
    assert lives_with_siblings(session, again, family.id, TODAY) is False


def test_in_a_crisis_the_first_waits_for_no_reunion_once_the_other_is_there(
    connection: Connection, client: TestClient, session: Session
) -> None:
    """The attention for children who were parted is for those who are."""
    family: Family = make_family(session, reference="SPI-1", places=2, forms=(CareForm.CRISIS,))
    walks = []
    for child in kin(session, "G-1", "AM-1", "AM-2", care_form=CareForm.CRISIS):
        settle_frame(session, child)
        walks.append(begin(open_steps(connection), child))
    for walk in walks:
        walk.walk_to("match")
        answer = walk.move("plaatsing", redenGeenVervolg="Kan maandag naar oma.")
        assert answer.status_code == 200, answer.text
    session.expire_all()
    lines = client.get("/v1/plaatsingen").json()["plaatsingen"]
    assert [(line["gezin"], line["aandacht"]) for line in lines] == [(family.reference, [])] * 2
