"""Roads round the two yeses that an auditor walked: each of them is closed."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import URL, Connection, select
from sqlalchemy.orm import Session

from app.db.opened import Database
from app.db.session import session_for
from app.intake.follow_alone import CrisisFollowUps
from app.kernel.actor import SYSTEM
from app.kernel.outside import OutsideGround
from app.kernel.words import CareForm, FamilyKind, SiblingWish
from app.models import Family, Placement, Registration, RegistrationState, SiblingGroup
from app.placements.schemas import PlacementIn
from app.placements.service import tell_of_placement
from app.settings import Settings
from tests.at_once import Work, at_once
from tests.databases import copied
from tests.placements.living import TODAY, act, open_placements, waiting
from tests.placements.test_outside import BIG5, FORMS, NEXT, acute, refused, told
from tests.rows import make_family
from tests.steps.settled import settle_frame
from tests.steps.walking import begin, open_steps

STAYS = {"dag": TODAY.isoformat(), "vorm": "opvoeding", "reden": "Het gaat hier goed."}


@pytest.fixture
def client(connection: Connection, session: Session) -> TestClient:
    return open_placements(connection)


@pytest.fixture
def child(session: Session) -> Registration:
    make_family(session, reference="SPI-1", forms=FORMS)
    return waiting(session, big5=BIG5)


def tell(client: TestClient, session: Session, body: dict[str, Any]) -> Placement:
    made = client.post("/v1/plaatsingen", json=body)
    assert made.status_code == 201, made.text
    session.expire_all()
    return session.get_one(Placement, made.json()["plaatsing"]["id"])


def test_a_crisis_family_is_no_home_for_good_without_them(
    client: TestClient, session: Session, child: Registration
) -> None:
    """Not while somebody searches on, not without the yeses, not without the law."""
    placement = tell(client, session, acute(child, vervolg=NEXT))
    searched = act(client, placement, "vorm/_wijzig", STAYS)
    assert searched.status_code == 409 and "verder gezocht" in searched.json()["detail"]
    following = session.scalars(
        select(Registration).where(Registration.follows_id == child.id)
    ).one()
    following.state = RegistrationState.WITHDRAWN
    session.flush()
    unsaid = act(client, placement, "vorm/_wijzig", STAYS)
    assert unsaid.status_code == 409 and "akkoorden" in unsaid.json()["detail"]
    placement.provider_yes_on = placement.referrer_yes_on = TODAY
    session.flush()
    unlawful = act(client, placement, "vorm/_wijzig", STAYS)
    assert unlawful.status_code == 409 and "gezag" in unlawful.json()["detail"]
    settle_frame(session, child)
    stays = act(client, placement, "vorm/_wijzig", STAYS)
    assert stays.status_code == 200, stays.text


def test_a_correction_takes_no_yes_away(
    client: TestClient, session: Session, child: Registration
) -> None:
    """Of what was agreed both stay; of an acute one none comes from the future or from nobody."""
    settle_frame(session, child)
    at = f"/v1/plaatsingen/{tell(client, session, told(child)).id}"
    tag = {"If-Match": client.get(at).headers["ETag"]}
    for wrong in (
        {"akkoordAanbiederOp": None},
        {"akkoordVerwijzerOp": None, "akkoordVerwijzer": None},
        {"akkoordAanbiederOp": (TODAY + timedelta(days=1)).isoformat()},
        {"akkoordVerwijzer": None},
    ):
        answer = client.patch(at, json=wrong, headers=tag)
        assert answer.status_code == 400 and "akkoord" in answer.json()["detail"], answer.text


def test_nobody_registers_tomorrow_what_is_taken_over_today(
    client: TestClient, session: Session, child: Registration
) -> None:
    """The first day here is never after the day on which that was told."""
    child.registered_on = TODAY + timedelta(days=300)
    session.flush()
    assert refused(client, told(child, grond="overgenomen"), 400).startswith("grond")


def test_anothers_network_is_not_ones_own(
    client: TestClient, session: Session, child: Registration
) -> None:
    """A network family is for the child that it was made for."""
    make_family(session, reference="SPI-77", kind=FamilyKind.NETWORK, network_for="AM-77")
    body = told(child, grond="eigen netwerk", gezin="SPI-77")
    earlier = (child.registered_on - timedelta(days=1)).isoformat()
    assert refused(client, body | {"van": earlier}, 400).startswith("grond")


def test_a_bed_that_a_step_holds_is_not_given_by_telling(
    client: TestClient, session: Session, connection: Connection, child: Registration
) -> None:
    """Nor one of a family that does not offer the form, or whose clearance is over."""
    other = waiting(session, "AM-2")
    settle_frame(session, other)
    settle_frame(session, child)
    begin(open_steps(connection), child)
    assert "geen vrije plaats" in refused(client, told(other), 409)
    assert session.scalars(select(Placement)).first() is None
    make_family(session, reference="SPI-3", forms=(CareForm.CRISIS,))
    assert "biedt 'opvoeding' niet" in refused(client, told(other, gezin="SPI-3"), 409)
    make_family(session, reference="SPI-4", clearance_until=TODAY - timedelta(days=1))
    assert "verklaring van geen bezwaar" in refused(client, told(other, gezin="SPI-4"), 409)


def test_a_crisis_that_parts_brothers_and_sisters_needs_a_day(
    client: TestClient, session: Session, child: Registration, kin: None
) -> None:
    """By telling too."""
    why = {"redenSplitsing": "Nergens plaats voor twee.", "redenGeenVervolg": "Gaat naar huis."}
    assert "herenigenVoor" in refused(client, acute(child, **why), 409)
    child.reunite_by = TODAY + timedelta(days=14)
    session.flush()
    assert client.post("/v1/plaatsingen", json=acute(child, **why)).status_code == 201


@pytest.fixture
def kin(session: Session, child: Registration) -> None:
    group = SiblingGroup(code="BZ-1", wish=SiblingWish.TOGETHER)
    session.add(group)
    session.flush()
    for one in (child, waiting(session, "AM-8")):
        one.sibling_group_id, one.sibling_wish = group.id, SiblingWish.TOGETHER
    session.flush()


@pytest.fixture(scope="module")
def committed(settings: Settings, reference: URL) -> Iterator[Database]:
    """A database whose rows are really there: other connections see them."""
    with copied(settings, reference) as opened:
        yield opened


def tells(child: UUID, family: str) -> Work:
    body = PlacementIn.model_validate(
        {
            "kind": str(child), "aanbieder": "spirit", "gezin": family, "reden": "Woonde er.",
            "van": (TODAY - timedelta(days=9)).isoformat(),
            "grond": OutsideGround.TAKEN_OVER.value,
        }
    )  # fmt: skip
    follow_ups = CrisisFollowUps(Settings(database_url=None))
    return lambda session, actor: tell_of_placement(
        session, actor=actor, told=body, follow_ups=follow_ups
    )


@pytest.mark.parametrize("attempt", range(3))
def test_a_child_with_two_registrations_gets_one_home(committed: Database, attempt: int) -> None:
    """Told of by both at the same moment, on two connections: one is refused."""
    with session_for(committed.sessions, SYSTEM) as session:
        one = waiting(session, f"AM-{attempt}1", state=RegistrationState.PLACED)
        two = waiting(session, f"AM-{attempt}2", child_id=one.child_id)
        families = [f"SPI-{attempt}{at}" for at in (1, 2)]
        for family in families:
            make_family(session, reference=family)
        ids = (one.id, two.id)
    both = [tells(child, family) for child, family in zip(ids, families, strict=True)]
    assert at_once(committed, *both) == ["gelukt", "geweigerd"]


def test_a_yes_of_the_provider_before_counts_no_more(
    connection: Connection, session: Session, child: Registration
) -> None:
    """The family went to another one while people got acquainted: the step says so."""
    settle_frame(session, child)
    walk = begin(open_steps(connection), child).walk_to("kennismaking")
    assert walk.answer().status_code == 200 and walk.consent().status_code == 200
    other = make_family(session, reference="YOU-1", provider="youke")
    family = session.scalars(select(Family).where(Family.reference == "SPI-1")).one()
    family.provider_id = other.provider_id
    session.flush()
    refused_ = walk.move("match")
    assert refused_.status_code == 409, refused_.text
    assert "andere aanbieder" in refused_.json()["detail"]
