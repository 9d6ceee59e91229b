"""A secret placement does not leak through a brother or sister in the same home (ADR 0075)."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Connection, update
from sqlalchemy.orm import Session

from app.kernel.clock import now
from app.kernel.words import Rhythm, SiblingWish
from app.main import ROUTERS
from app.models import (
    BegunPair,
    BegunState,
    Family,
    Placement,
    Registration,
    RegistrationState,
    SiblingGroup,
)
from tests.doors import open_door
from tests.placements.living import BEGAN, REFERRER, TODAY, live_in
from tests.rows import make_family, make_placement, make_registration

BIG5 = dict.fromkeys(("wonen", "financien", "werk_scholing", "steunnetwerk", "welzijn"), "ja")
TOWN, STAY, SCHOOL, KIN = "Verborgendam", "pleeggezin De Wilg", "1018ZZ", "NET-7001"
MARKS = (TOWN, "SPI-5", STAY, SCHOOL, KIN, "keten", "afstandKm")
OF_HOME: dict[str, Any] = {
    "owner_organisation": "gi-a", "school_postcode": SCHOOL, "staying_now": STAY,
    "network_family": KIN, "big5": BIG5,
}  # fmt: skip


@pytest.fixture
def client(connection: Connection, session: Session) -> TestClient:
    return open_door(connection, *ROUTERS)


@pytest.fixture
def home(session: Session) -> Family:
    return make_family(session, reference="SPI-5", place_name=TOWN, places=3)


@pytest.fixture
def group(session: Session) -> SiblingGroup:
    made = SiblingGroup(code="BZ-1", wish=SiblingWish.TOGETHER)
    session.add(made)
    session.flush()
    return made


@pytest.fixture
def brother(session: Session, home: Family, group: SiblingGroup) -> Placement:
    """Not secret itself, placed beside the one who is."""
    placed = live_in(session, home, number="AM-G2", **beside(group), **OF_HOME)
    placed.together = True
    return placed


def beside(group: SiblingGroup) -> dict[str, Any]:
    return {"sibling_group_id": group.id, "sibling_wish": SiblingWish.TOGETHER}


def place_secretly(
    session: Session, group: SiblingGroup, family: Family, **child: Any
) -> Registration:
    """Insert the secret child, of another referrer, in a home."""
    made = make_registration(
        session, number="AM-G1", secret_placement=True, **beside(group),
        state=RegistrationState.PLACED, **{"owner_organisation": "gi-b"} | child,
    )  # fmt: skip
    make_placement(session, registration_id=made.id, family_id=family.id, since=BEGAN)
    session.commit()
    return made


def texts(client: TestClient, placement: Placement) -> dict[str, str]:
    """What a referrer reads of a child and of its placement, by address."""
    child = f"/v1/kinderen/{placement.registration_id}"
    where = [
        child, f"{child}/stappen", "/v1/plaatsingen", f"/v1/plaatsingen/{placement.id}",
        f"{child}/correcties", "/v1/wachtlijst",
    ]  # fmt: skip
    found = {}
    for url in where:
        answer = client.get(url, headers=REFERRER)
        assert answer.status_code == 200, (url, answer.text)
        found[url] = answer.text
    return found


def leaks(client: TestClient, placement: Placement) -> set[str]:
    told = " ".join(texts(client, placement).values())
    return {mark for mark in MARKS if mark in told}


def begin(
    session: Session, registration_id: UUID, family: Family, state: BegunState = BegunState.RUNNING
) -> BegunPair:
    ended: dict[str, Any] = {"reason": "Weg.", "ended_at": now()}
    made = BegunPair(
        registration_id=registration_id, family_id=family.id, rhythm=Rhythm.FULL_TIME,
        is_request=True, begun_on=TODAY, held_until=TODAY + timedelta(days=9), actor="x",
        state=state, **({} if state is BegunState.RUNNING else ended),
    )  # fmt: skip
    session.add(made)
    session.flush()
    return made


def test_a_brother_in_the_same_home_is_hidden_as_the_secret_child(
    *, client: TestClient, session: Session, brother: Placement, group: SiblingGroup, home: Family
) -> None:
    """Open before, and open again once nobody there is secret; the staff reads all of it."""
    session.commit()
    assert leaks(client, brother) >= {TOWN, "SPI-5", STAY, SCHOOL, KIN}
    secret = place_secretly(session, group, home)
    assert leaks(client, brother) == set()
    shown = client.get(f"/v1/kinderen/{brother.registration_id}", headers=REFERRER).json()
    assert (shown["geheimePlaatsing"], shown["woonplekGeheim"]) == (False, True)
    staff = client.get(f"/v1/plaatsingen/{brother.id}").json()
    assert (staff["gezin"], staff["geheimePlaatsing"]) == ("SPI-5", True)
    session.execute(
        update(Registration).where(Registration.id == secret.id).values(secret_placement=False)
    )
    session.commit()
    assert leaks(client, brother) >= {TOWN, "SPI-5"}


def test_what_the_person_gets_does_not_lead_there_either(
    *, client: TestClient, session: Session, brother: Placement, group: SiblingGroup, home: Family
) -> None:
    """The copy of a file and its print, which a parent may be handed."""
    place_secretly(session, group, home)
    where = f"/v1/kinderen/{brother.registration_id}/inzage"
    copied, printed = client.get(where), client.get(f"{where}/afdruk")
    assert copied.json()["geheimePlaatsing"] is True
    for text in (copied.text, printed.text):
        assert not [word for word in (SCHOOL, STAY, "afstand_") if word in text]


@pytest.mark.parametrize("who", ["brother", "secret", "both"])
def test_a_step_towards_the_home_is_hidden_as_well(
    *, client: TestClient, session: Session, group: SiblingGroup, home: Family, who: str
) -> None:
    """Whichever of the two is on the way, and whichever lives there."""
    secret = make_registration(session, number="AM-G1", secret_placement=True, **beside(group))
    own = make_registration(session, number="AM-G2", **beside(group), **OF_HOME)
    for child, is_brother in ((own, True), (secret, False)):
        if who == "both" or (who == "brother") is is_brother:
            begin(session, child.id, home)
        else:
            make_placement(session, registration_id=child.id, family_id=home.id, since=BEGAN)
    session.commit()
    url = f"/v1/kinderen/{own.id}"
    told = "".join(client.get(u, headers=REFERRER).text for u in (url, f"{url}/stappen"))
    assert not [mark for mark in MARKS if mark in told]


def test_a_step_that_came_to_nothing_is_hidden_once_the_other_lives_there(
    *, client: TestClient, session: Session, group: SiblingGroup, home: Family
) -> None:
    """That one step; the child itself, who never lived there, is not."""
    own = make_registration(session, number="AM-G2", **beside(group), **OF_HOME)
    begin(session, own.id, home, BegunState.EXPIRED)
    elsewhere = make_family(session, reference="SPI-6", place_name="Elders")
    begin(session, own.id, elsewhere)
    place_secretly(session, group, home)
    steps = client.get(f"/v1/kinderen/{own.id}/stappen", headers=REFERRER).json()["stappen"]
    assert [step.get("woonplaatsGezin") for step in steps] == ["Elders", None]
    assert client.get(f"/v1/kinderen/{own.id}", headers=REFERRER).json()["school"]


def test_who_is_no_brother_or_sister_there_is_not_hidden(
    *, client: TestClient, session: Session, group: SiblingGroup, home: Family
) -> None:
    """Another child of the family: hiding its home would tell that a secret child moved in. Nor a
    brother who lives elsewhere."""
    other = live_in(session, home, number="AM-9", **OF_HOME)
    place_secretly(session, group, home)
    assert leaks(client, other) >= {TOWN, "SPI-5"}
    away = make_family(session, reference="SPI-7", place_name="Elders")
    brother = live_in(session, away, number="AM-G2", **beside(group), **OF_HOME)
    session.commit()
    assert "Elders" in " ".join(texts(client, brother).values())


def test_a_referrer_does_not_open_it_by_leaving_the_group(
    *, client: TestClient, session: Session, brother: Placement, group: SiblingGroup, home: Family
) -> None:
    """Who is a brother or sister decides what is hidden, so that is not a referrer's to change."""
    place_secretly(session, group, home)
    url = f"/v1/kinderen/{brother.registration_id}"
    got = client.get(url)
    not_sent = ("id", "stand", "bsnBekend", "groepNavragen", "groepNavragenRedenen",
                "intrekkingsreden", "ingetrokkenOp", "woonplekGeheim")  # fmt: skip
    more = {"broersZussen": None, "moetWegOp": "2099-01-01"}
    body = {k: v for k, v in got.json().items() if k not in not_sent} | more
    head = REFERRER | {"If-Match": got.headers["ETag"]}
    refused = client.put(url, json=body, headers=head)
    assert (refused.status_code, "groep" in refused.json()["detail"]) == (409, True), refused.text
    assert leaks(client, brother) == set()
    corrected = {
        "veld": "verblijftNu", "waarde": "thuis", "betwistDoor": "ouder", "reden": "Gebeld.",
    }  # fmt: skip
    assert client.post(f"{url}/correcties", json=corrected, headers=head).status_code == 400
