"""Steps over HTTP: what is begun is left alone, a no frees the place and leads to the next."""

from datetime import date, timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Connection, select
from sqlalchemy.orm import Session

from app.kernel.clock import today_in_amsterdam
from app.kernel.words import CareForm, Rhythm, SiblingWish
from app.models import (
    BegunPair,
    Family,
    Place,
    RecordedNo,
    Registration,
    RegistrationState,
    SiblingGroup,
)
from app.steps.routes import router
from tests.doors import open_door
from tests.proposals.running import entries
from tests.rows import make_family, make_placement
from tests.steps.settled import make_registration

TODAY = today_in_amsterdam()


@pytest.fixture
def client(connection: Connection, session: Session) -> TestClient:
    return open_door(connection, router)


def where(registration: Registration) -> str:
    return f"/v1/kinderen/{registration.id}/stappen"


def begin(client: TestClient, registration: Registration, family: str, **more: str) -> Any:
    body = {"aanbieder": "spirit", "gezin": family, "redenKeuze": "Vertrouwd.", **more}
    return client.post(where(registration), json=body)


def refuse(client: TestClient, answer: Any) -> Any:
    body = {"door": "gezin", "afwijsreden": "anders", "reden": "Het gezin ziet het niet zitten."}
    return client.post(f"{answer.headers['Location']}/_nee", json=body)


def test_what_is_begun_stands_in_every_run(client: TestClient, session: Session) -> None:
    """The child is proposed nowhere, its place to nobody, and the run says since when."""
    make_family(session, reference="SPI-1")
    first, _ = (make_registration(session, number=n) for n in ("AM-1", "AM-2"))
    answer = begin(client, first, "SPI-1", sinds="2026-10-20")
    assert answer.status_code == 201, answer.text
    assert (answer.json()["stand"], answer.json()["verzoek"]) == ("loopt", False)
    found = entries(session)
    assert found["AM-1"]["gezin"] is None
    assert found["AM-1"]["waaromNiet"] is None
    underway = found["AM-1"]["alInGang"]
    assert (underway["sinds"], underway["gezin"]) == ("2026-10-20", "SPI-1")
    assert 0 < underway["breakdownKans"] < 1
    assert found["AM-2"]["gezin"] is None
    refused = [rule["code"] for rule in found["AM-2"]["waaromNiet"]["geweigerdPerRegel"]]
    assert "plaats" in refused


def test_a_no_frees_the_place_and_names_the_next(client: TestClient, session: Session) -> None:
    """The next family comes with a warning when it is another child's first choice."""
    for reference in ("SPI-1", "SPI-2"):
        make_family(session, reference=reference)
    first, second = (make_registration(session, number=n) for n in ("AM-1", "AM-2"))
    found = entries(session)
    mine, other = found["AM-1"]["gezin"], found["AM-2"]["gezin"]
    answer = refuse(client, begin(client, first, mine))
    assert answer.status_code == 200, answer.text
    assert (answer.json()["stap"]["stand"], answer.json()["stap"]["door"]) == ("nee", "gezin")
    following = answer.json()["volgende"]
    assert (following["gezin"], following["aanbieder"]) == (other, "spirit")
    assert "AM-2" in following["waarschuwing"]
    assert session.scalar(select(RecordedNo.registration_id)) == first.id
    assert session.scalar(
        select(Registration.registered_on).where(Registration.id == first.id)
    ) == date(2026, 9, 1)
    after = entries(session)
    assert (after["AM-1"]["gezin"], after["AM-2"]["gezin"]) == (other, mine)
    assert second.number == "AM-2"


def test_without_another_family_a_no_says_what_to_do(client: TestClient, session: Session) -> None:
    """No run, or a run without another open family: a sentence, no dead end."""
    make_family(session, reference="SPI-1")
    child = make_registration(session, number="AM-1")
    answer = refuse(client, begin(client, child, "SPI-1"))
    assert answer.json()["volgende"] is None
    assert "vraag er een aan" in answer.json()["melding"]
    entries(session)
    make_family(session, reference="SPI-2")
    answer = refuse(client, begin(client, child, "SPI-2"))
    assert "vraag een nieuwe aan" in answer.json()["melding"]


def test_the_next_family_must_still_have_a_place(client: TestClient, session: Session) -> None:
    """A place that was taken after the run is passed over."""
    for reference in ("SPI-1", "SPI-2", "SPI-3"):
        make_family(session, reference=reference)
    first, second = (make_registration(session, number=n) for n in ("AM-1", "AM-2"))
    found = entries(session)["AM-1"]
    next_best, last = (option["gezin"] for option in found["alternatieven"])
    begun = begin(client, first, found["gezin"])
    assert begin(client, second, next_best).status_code == 201
    following = refuse(client, begun).json()["volgende"]
    assert (following["gezin"], following["waarschuwing"]) == (last, None)


def test_a_hold_ends_with_its_last_day(client: TestClient, session: Session) -> None:
    """On that day it still counts, the day after the child is proposed again."""
    make_family(session, reference="SPI-1")
    child = make_registration(session, number="AM-1")
    until = TODAY + timedelta(days=3)
    begin(client, child, "SPI-1", totEnMet=until.isoformat())
    assert entries(session, day=until)["AM-1"]["alInGang"] is not None
    later = entries(session, day=until + timedelta(days=1))["AM-1"]
    assert (later["alInGang"], later["gezin"]) == (None, "SPI-1")


def test_a_term_that_has_passed_gives_way(client: TestClient, session: Session) -> None:
    """A forgotten step stops neither the child nor another child at that family."""
    make_family(session, reference="SPI-1")
    first, second = (make_registration(session, number=n) for n in ("AM-1", "AM-2"))
    begin(client, first, "SPI-1", sinds="2026-01-01")
    step = session.scalars(select(BegunPair)).one()
    step.held_until = TODAY - timedelta(days=1)
    session.flush()
    assert begin(client, second, "SPI-1").status_code == 201
    (shown,) = client.get(where(first)).json()["stappen"]
    assert (shown["stand"], shown["door"]) == ("verlopen", None)


def test_a_child_that_left_the_search_holds_nothing(client: TestClient, session: Session) -> None:
    """Withdrawn while somebody was calling: the place goes to the next child."""
    make_family(session, reference="SPI-1")
    first, second = (make_registration(session, number=n) for n in ("AM-1", "AM-2"))
    begin(client, first, "SPI-1")
    first.state = RegistrationState.WITHDRAWN
    session.flush()
    assert entries(session)["AM-2"]["gezin"] == "SPI-1"
    assert begin(client, second, "SPI-1").status_code == 201


def test_a_step_is_extended_and_ended(client: TestClient, session: Session) -> None:
    """A later last day, then an end without a no: the pair may be proposed again."""
    make_family(session, reference="SPI-1")
    child = make_registration(session, number="AM-1")
    step = begin(client, child, "SPI-1").headers["Location"]
    until = (TODAY + timedelta(days=60)).isoformat()
    shown = client.post(f"{step}/_verlengen", json={"totEnMet": until}).json()
    assert shown["totEnMet"] == until
    ended = client.post(f"{step}/_beeindigen", json={"reden": "Eerst praten."}).json()
    assert (ended["stand"], ended["reden"]) == ("verlopen", "Eerst praten.")
    assert client.get(step).json() == ended
    assert entries(session)["AM-1"]["gezin"] == "SPI-1"
    no = {"door": "gezin", "afwijsreden": "leeftijd"}
    for way, body in (("_nee", no), ("_beeindigen", {"reden": "x"})):
        assert client.post(f"{step}/{way}", json=body).status_code == 409


def test_what_cannot_begin_is_refused_with_a_sentence(client: TestClient, session: Session) -> None:
    """A second step, a full family, a no, a child that is not searched for, days that cannot be."""
    for reference in ("SPI-1", "SPI-2"):
        make_family(session, reference=reference)
    first, second = (make_registration(session, number=n) for n in ("AM-1", "AM-2"))
    begun = begin(client, first, "SPI-1")
    again = begin(client, first, "SPI-2")
    assert (again.status_code, "al een gezin" in again.json()["detail"]) == (409, True)
    full = begin(client, second, "SPI-1")
    assert (full.status_code, "geen vrije plaats" in full.json()["detail"]) == (409, True)
    refuse(client, begun)
    no = begin(client, first, "SPI-1")
    assert (no.status_code, "al nee gezegd" in no.json()["detail"]) == (409, True)
    assert begin(client, first, "SPI-9").status_code == 404
    for days in (
        {"sinds": (TODAY + timedelta(days=1)).isoformat()},
        {"totEnMet": (TODAY - timedelta(days=1)).isoformat()},
        {"totEnMet": (TODAY + timedelta(days=100)).isoformat()},
        {"sinds": "gisteren"},
    ):
        assert begin(client, first, "SPI-2", **days).status_code == 400
    second.state = RegistrationState.PLACED
    session.flush()
    assert begin(client, second, "SPI-2").status_code == 409
    unknown = client.get("/v1/kinderen/00000000-0000-7000-8000-000000000000/stappen")
    assert unknown.status_code == 404


def test_a_repeated_request_begins_once(client: TestClient, session: Session) -> None:
    """With the same Idempotency-Key the first answer comes again."""
    make_family(session, reference="SPI-1")
    child = make_registration(session, number="AM-1")
    body = {"aanbieder": "spirit", "gezin": "SPI-1", "redenKeuze": "Vertrouwd."}
    key = {"Idempotency-Key": "een"}
    answers = [client.post(where(child), json=body, headers=key) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [201, 201]
    assert answers[0].json() == answers[1].json()


def test_two_children_hold_one_bed_in_alternating_weekends(
    client: TestClient, session: Session
) -> None:
    """An odd and an even weekend go together; a third child, full time or odd, does not fit."""
    family = make_family(session, reference="SPI-1", forms=(CareForm.PART_TIME,))
    part_time = {"care_form": CareForm.PART_TIME}
    rhythms = (Rhythm.ODD_WEEKENDS, Rhythm.EVEN_WEEKENDS, Rhythm.ODD_WEEKENDS, Rhythm.FULL_TIME)
    kids = [
        make_registration(session, number=f"AM-{n}", rhythm=rhythm, **part_time)
        for n, rhythm in enumerate(rhythms)
    ]
    codes = [begin(client, child, family.reference).status_code for child in kids]
    assert codes == [201, 201, 409, 409]
    assert len(set(session.scalars(select(BegunPair.place_id)))) == 1


def test_a_placed_siblings_full_family_may_be_asked(client: TestClient, session: Session) -> None:
    """It is marked as a request and holds no place."""
    group = SiblingGroup(code="BZ-1", wish=SiblingWish.TOGETHER_UNLESS)
    session.add(group)
    session.flush()
    kin = {"sibling_group_id": group.id, "sibling_wish": SiblingWish.TOGETHER_UNLESS}
    family = make_family(session, reference="SPI-1", places=0)
    placed = make_registration(session, number="AM-0", state=RegistrationState.PLACED, **kin)
    make_placement(session, registration_id=placed.id, family_id=family.id, since=date(2026, 5, 1))
    child = make_registration(session, number="AM-1", **kin)
    shown = begin(client, child, "SPI-1").json()
    assert shown["verzoek"] is True
    assert session.scalar(select(BegunPair.place_id)) is None
    assert session.scalar(select(Family.reference)) == "SPI-1"
    found = entries(session)["AM-1"]["alInGang"]
    assert (found["gezin"], found["verzoek"]) == ("SPI-1", True)


@pytest.mark.parametrize(
    "offer",
    [{"forms": ["crisis"]}, {"available_until": TODAY + timedelta(days=60)}],
    ids=["other forms", "ends before the stay does"],
)
def test_a_bed_that_is_not_for_the_child_is_not_held(
    client: TestClient, session: Session, offer: dict[str, Any]
) -> None:
    """A free bed for others is refused in one sentence; beside one that fits it is passed over."""
    family = make_family(session, reference="SPI-1", places=2)
    first, last = session.scalars(
        select(Place).where(Place.family_id == family.id).order_by(Place.ordinal)
    ).all()
    for name, value in offer.items():
        setattr(first, name, value)
    one, other = (make_registration(session, number=n) for n in ("AM-1", "AM-2"))
    assert begin(client, one, "SPI-1").status_code == 201
    assert session.scalars(select(BegunPair.place_id)).all() == [last.id]
    answer = begin(client, other, "SPI-1")
    assert answer.status_code == 409
    assert "die er voor dit kind is" in answer.json()["detail"]
