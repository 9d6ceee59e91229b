"""A follow-up: what goes along, and that the family where the child lives is asked first."""

from datetime import timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Connection, select
from sqlalchemy.orm import Session

from app.intake.file_routes import router as files
from app.intake.routes import router
from app.intake.waiting_routes import router as waiting
from app.kernel.clock import now, today_in_amsterdam
from app.kernel.words import CareForm
from app.models import BegunPair, Placement, Registration, RegistrationState, WithdrawalReason
from tests.doors import open_door
from tests.rows import make_family, make_placement, make_registration
from tests.told import kinds_in, told_in

Body = dict[str, Any]
BIG5 = dict.fromkeys(("wonen", "financien", "werk_scholing", "steunnetwerk", "welzijn"), "ja")
WHY = "Het gezin zei dat het kind niet kan blijven."


@pytest.fixture
def client(connection: Connection, session: Session) -> TestClient:
    return open_door(connection, router, files, waiting)


def placed_in_crisis(session: Session) -> tuple[Registration, Placement]:
    today = today_in_amsterdam()
    registration = make_registration(
        session, number="AM-1", big5=BIG5, care_form=CareForm.CRISIS, bsn="999990019",
        registered_on=today - timedelta(days=10), state=RegistrationState.PLACED,
    )  # fmt: skip
    family = make_family(session, reference="SPI-1")
    placement = make_placement(
        session,
        registration_id=registration.id,
        family_id=family.id,
        since=today - timedelta(days=8),
    )
    session.commit()
    return registration, placement


FOLLOW_UP: Body = {
    "aanmeldnummer": "AM-1-2", "vorm": "opvoeding", "urgentie": "spoed",
    "verblijftNu": "crisispleeggezin", "moetWegOp": "2099-01-01", "nodigVanaf": "2026-12-01",
    "verwachteDuurMaanden": 24,
}  # fmt: skip


def follow(client: TestClient, child: Registration, **told: Any) -> Any:
    return client.post(f"/v1/kinderen/{child.id}/_vervolg", json=FOLLOW_UP | told)


def test_a_crisis_placement_is_followed_by_a_search_at_once(
    client: TestClient, session: Session
) -> None:
    """The rest is taken over, the child is the same, and its clock runs on from the first day."""
    first, _ = placed_in_crisis(session)
    answer = follow(client, first)
    assert answer.status_code == 201, answer.text
    assert [one["grond"] for one in answer.json()["mogelijkDubbel"]] == ["zelfde kind"]
    shown = client.get(answer.headers["Location"]).json()
    assert {name: shown[name] for name in FOLLOW_UP} == FOLLOW_UP
    assert (shown["voornaam"], shown["bsnBekend"]) == ("Noor", True)
    (line,) = client.get("/v1/wachtlijst").json()["wachtenden"]
    assert (line["aanmeldnummer"], line["dagenGewacht"]) == ("AM-1-2", 10)
    again = session.scalars(select(Registration).where(Registration.number == "AM-1-2")).one()
    assert follow(client, again, aanmeldnummer="AM-1-3").status_code == 409


@pytest.mark.parametrize("told", [{}, {"huidigGezinEerst": True}])
def test_on_another_form_the_present_family_is_asked_first_without_a_place(
    client: TestClient, session: Session, told: Body
) -> None:
    """Without a word too: the child is fixed to where it lives, and that takes no place."""
    first, placement = placed_in_crisis(session)
    answer = follow(client, first, **told)
    assert client.get(answer.headers["Location"]).json()["stand"] == "voorgesteld"
    pair = session.scalars(select(BegunPair)).one()
    assert (pair.family_id, pair.place_id, pair.is_request) == (placement.family_id, None, True)
    data = {
        "kind": str(pair.registration_id), "stap": str(pair.id), "aanbieder": "spirit",
        "gezin": "SPI-1",
    }  # fmt: skip
    assert ("stap.begonnen", data, "spirit") in told_in(session)


def test_passing_over_the_present_family_asks_a_reason_that_the_history_keeps(
    client: TestClient, session: Session
) -> None:
    """Without one nothing is stored; with one the child is searched for at once."""
    first, _ = placed_in_crisis(session)
    bare = follow(client, first, huidigGezinEerst=False)
    assert (bare.status_code, list(bare.json()["velden"])) == (400, ["redenNietEerst"])
    made = follow(client, first, huidigGezinEerst=False, redenNietEerst=WHY)
    history = client.get(f"{made.headers['Location']}/geschiedenis").json()
    assert history["stand"] == "zoekt"
    assert history["stappen"][0]["reden"].endswith(WHY)
    assert not session.scalars(select(BegunPair)).all()
    assert "stap.begonnen" not in kinds_in(session)


def test_a_reason_to_pass_over_a_family_that_is_asked_is_refused(
    client: TestClient, session: Session
) -> None:
    """Nobody would know which of the two was meant."""
    first, _ = placed_in_crisis(session)
    answer = follow(client, first, redenNietEerst=WHY)
    assert (answer.status_code, list(answer.json()["velden"])) == (400, ["redenNietEerst"])


def test_the_same_form_or_no_family_asks_nobody_first(client: TestClient, session: Session) -> None:
    """The form counts in which the child lives now, whatever it was registered for."""
    first, placement = placed_in_crisis(session)
    placement.form = CareForm.LONG_TERM
    session.commit()
    same = follow(client, first, huidigGezinEerst=False)
    assert client.get(same.headers["Location"]).json()["stand"] == "zoekt"
    gone = make_registration(
        session, number="AM-7", big5=BIG5, state=RegistrationState.WITHDRAWN,
        withdrawal_reason=WithdrawalReason.OTHER, withdrawn_at=now(),
    )  # fmt: skip
    session.commit()
    refused = follow(client, gone, aanmeldnummer="AM-8", huidigGezinEerst=True)
    assert refused.status_code == 409
    assert "huidigGezinEerst" in refused.json()["velden"]
    made = follow(client, gone, aanmeldnummer="AM-8")
    assert client.get(made.headers["Location"]).json()["stand"] == "zoekt"
