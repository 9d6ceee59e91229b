"""The two yeses that a placement needs: each by whom it is for, and only when it is asked."""

from datetime import timedelta

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Connection, select
from sqlalchemy.orm import Session

from app.kernel.clock import today_in_amsterdam
from app.models import Placement, Registration
from tests.doors import signed_in
from tests.rows import make_family
from tests.steps.settled import make_registration
from tests.steps.walking import (
    COORDINATOR,
    INTAKE,
    MATCHER,
    OTHER,
    PHASES,
    REFERRER,
    Walk,
    begin,
    open_steps,
)


@pytest.fixture
def client(connection: Connection, session: Session) -> TestClient:
    return open_steps(connection)


@pytest.fixture
def child(session: Session) -> Registration:
    make_family(session, reference="SPI-1")
    return make_registration(session, number="AM-1")


@pytest.fixture
def walk(client: TestClient, child: Registration) -> Walk:
    return begin(client, child).walk_to("kennismaking")


def test_a_match_takes_both_yeses(walk: Walk, session: Session) -> None:
    """With one of the two it is refused and says which one is missing; with both it goes."""
    refused = walk.move("match").json()["detail"]
    assert ("akkoord van de aanbieder" in refused, "van de verwijzer" in refused) == (True, True)
    assert walk.answer().json()["telt"] is True
    refused = walk.move("match").json()["detail"]
    assert ("akkoord van de aanbieder" in refused, "van de verwijzer" in refused) == (False, True)
    assert walk.move("plaatsing").status_code == 409
    shown = walk.consent().json()
    assert [(c["door"], c["organisatie"]) for c in shown["akkoorden"]] == [
        ("aanbieder", "spirit"),
        ("verwijzer", "lokaal team"),
    ]
    assert shown["wachtOp"] == []
    assert session.scalars(select(Placement)).all() == []
    assert walk.move("match").status_code == 200


def test_only_the_referrers_yes_is_not_enough(walk: Walk) -> None:
    """The other way round: the provider judges beforehand (Jeugdwet 5.1)."""
    walk.consent()
    refused = walk.move("match")
    assert (refused.status_code, "Jeugdwet 5.1" in refused.json()["detail"]) == (409, True)


def test_a_providers_system_may_say_yes(walk: Walk) -> None:
    """Both roles of the provider may; another provider does not find the question."""
    assert walk.answer(who=OTHER).status_code == 404
    assert walk.answer(who=signed_in("aanbieder-systeem", "spirit")).json()["telt"] is True


def test_nobody_else_gives_the_yes_of_another(walk: Walk) -> None:
    """A coordinator neither answers for a provider nor consents for a referrer."""
    assert walk.answer(who=COORDINATOR).status_code == 403
    assert walk.consent(COORDINATOR).status_code == 403
    assert walk.consent(MATCHER).status_code == 403


def test_a_yes_is_asked_during_the_acquaintance(client: TestClient, child: Registration) -> None:
    """Before that nobody knows about whom; a yes to the proposal is not one to a placement."""
    walk = begin(client, child)
    assert walk.consent().status_code == 409
    assert walk.answer().json()["telt"] is False
    again = walk.answer()
    assert (again.status_code, "geen ja" in again.json()["detail"]) == (409, True)
    walk.walk_to("kennismaking")
    assert walk.read()["akkoorden"] == []


def test_the_other_yes_is_of_another_person(walk: Walk) -> None:
    """Whoever may do both says one of them; the other is refused, whichever came first."""
    both = signed_in("aanmeldpunt,aanbieder-matcher", "spirit")
    assert walk.answer(who=both).json()["telt"] is True
    refused = walk.consent(
        both, organisatie="lokaal team", gegevenOp=today_in_amsterdam().isoformat()
    )
    assert (refused.status_code, "twee mensen" in refused.json()["detail"]) == (409, True)
    assert [yes["door"] for yes in walk.read()["akkoorden"]] == ["aanbieder"]
    assert walk.consent().status_code == 200


def test_the_yes_is_of_the_referrer_of_the_registration(walk: Walk) -> None:
    """Of no other, however it is spelt; if it is another now, the registration says so first."""
    refused = walk.consent(organisatie="Bakkerij Jansen")
    assert (refused.status_code, "'lokaal team'" in refused.json()["detail"]) == (409, True)
    assert walk.read()["akkoorden"] == []
    assert walk.consent(organisatie=" Lokaal  Team").status_code == 200


def test_a_yes_is_given_once(walk: Walk) -> None:
    """Each is recorded once; saying it again is refused."""
    for say in (walk.answer, walk.consent):
        assert [say().status_code for _ in range(2)] == [200, 409]


def test_the_referrer_that_registered_a_child_consents_itself(
    client: TestClient, session: Session
) -> None:
    """Its own organisation does; another does not find the child; the intake may not instead."""
    make_family(session, reference="SPI-1")
    child = make_registration(session, number="AM-1", owner_organisation="gi-a")
    walk = begin(client, child).walk_to("kennismaking")
    assert walk.consent(signed_in("verwijzer", "gi-b")).status_code == 404
    refused = walk.consent(INTAKE)
    assert (refused.status_code, "zelf" in refused.json()["detail"]) == (409, True)
    assert walk.consent(REFERRER, organisatie="gi-b").status_code == 400
    given = walk.consent(REFERRER)
    assert given.status_code == 200, given.text
    (yes,) = given.json()["akkoorden"]
    today = today_in_amsterdam().isoformat()
    assert (yes["door"], yes["organisatie"], yes["gegevenOp"]) == ("verwijzer", "gi-a", today)


def test_a_referrer_does_not_consent_for_a_child_of_the_intake(walk: Walk) -> None:
    """It did not register it: to it the child is not there."""
    assert walk.consent(REFERRER).status_code == 404


def test_the_intake_says_whose_yes_and_when(walk: Walk) -> None:
    """Without the organisation or the day, or with a day to come, it is refused."""
    tomorrow = (today_in_amsterdam() + timedelta(days=1)).isoformat()
    for body in ({"organisatie": None}, {"gegevenOp": None}, {"gegevenOp": tomorrow}):
        refused = walk.consent(**body)
        assert (refused.status_code, bool(refused.json()["velden"])) == (400, True)
    assert walk.read()["akkoorden"] == []


@pytest.mark.parametrize("days", [1, 9870])
def test_a_yes_is_not_older_than_the_question(walk: Walk, days: int) -> None:
    """Not from before the acquaintance, in which it is asked; on its first day it counts."""
    began = today_in_amsterdam()
    refused = walk.consent(gegevenOp=(began - timedelta(days=days)).isoformat())
    assert (refused.status_code, refused.json()["velden"]) == (400, ["gegevenOp"])
    assert "kennismaking" in refused.json()["detail"]
    assert walk.read()["akkoorden"] == []
    assert walk.consent(gegevenOp=began.isoformat()).status_code == 200


def test_a_referrer_reads_the_steps_of_its_own_child(client: TestClient, session: Session) -> None:
    """What it must know to say yes; not the free text of a no, nor what another one registered."""
    make_family(session, reference="SPI-1")
    own = make_registration(session, number="AM-1", owner_organisation="gi-a")
    walk = begin(client, own)
    shown = walk.read(REFERRER)
    assert (shown["gezin"], shown["woonplaatsGezin"]) == ("SPI-1", "Amsterdam")
    assert not {"reden", "door", "afwijsreden", "openFasen"} & shown.keys()
    (line,) = client.get(f"/v1/kinderen/{own.id}/stappen", headers=REFERRER).json()["stappen"]
    assert line == shown
    other = signed_in("verwijzer", "gi-b")
    for where in (walk.at, f"/v1/kinderen/{own.id}/stappen"):
        assert client.get(where, headers=other).status_code == 404
    assert client.get(f"{walk.at}/geschiedenis", headers=REFERRER).status_code == 403


def test_the_history_names_who_gave_each_yes(walk: Walk, client: TestClient) -> None:
    """Who recorded it, in which role."""
    walk.walk_to("match")
    history = client.get(f"{walk.at}/geschiedenis").json()
    assert [(c["door"], c["rol"]) for c in history["akkoorden"]] == [
        ("aanbieder", "aanbieder-matcher"),
        ("verwijzer", "aanmeldpunt"),
    ]
    assert [move["naar"] for move in history["overgangen"]] == PHASES[1:5]
