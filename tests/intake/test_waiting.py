"""The waiting list, and the one clock behind it."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Connection, select
from sqlalchemy.orm import Session

from app.http.paging import encode_cursor
from app.intake.clock_queries import Stay
from app.intake.draft_routes import router as drafts
from app.intake.file_routes import router as files
from app.intake.routes import router
from app.intake.waiting_clock import Clock, Earlier, Waiting, clock_of
from app.intake.waiting_routes import router as waiting
from app.kernel.clock import today_in_amsterdam
from app.kernel.words import CareForm, Urgency
from app.models import (
    Draft,
    RecordedNo,
    Registration,
    RegistrationState,
)
from tests.doors import open_door, signed_in
from tests.proposals.running import run_here
from tests.rows import make_family, make_registration

Body = dict[str, Any]
FIRST = date(2026, 3, 1)
BIG5 = dict.fromkeys(("wonen", "financien", "werk_scholing", "steunnetwerk", "welzijn"), "ja")


@pytest.fixture
def client(connection: Connection, session: Session) -> TestClient:
    return open_door(connection, router, files, drafts, waiting)


def listed(client: TestClient, **query: Any) -> list[Body]:
    answer = client.get("/v1/wachtlijst", params=query)
    assert answer.status_code == 200, answer.text
    return list(answer.json()["wachtenden"])


def numbers(client: TestClient, **query: Any) -> list[str]:
    return [one["aanmeldnummer"] for one in listed(client, **query)]


def earlier(*stays: Stay, closed_on: date | None = None, **changes: Any) -> Earlier:
    values = {
        "id": uuid4(), "registered_on": FIRST, "care_form": CareForm.LONG_TERM,
        "state": RegistrationState.CLOSED, "withdrawn_at": None, "clock_from": None,
        "first_registered_on": None,
    }  # fmt: skip
    return Earlier(Registration(**values | changes), stays, closed_on)


def again(day: date, follows: Earlier | None = None) -> Waiting:
    return Waiting(uuid4(), uuid4(), day, follows.registration.id if follows else None)


def day(after: int) -> date:
    return FIRST + timedelta(days=after)


@pytest.mark.parametrize(("gap", "goes_on"), [(0, True), (30, True), (31, False)])
def test_a_new_registration_within_thirty_days_goes_on(gap: int, *, goes_on: bool) -> None:
    """Thirty days after the end it is one waiting; a day later another one."""
    past = earlier(closed_on=day(50))
    clock = clock_of(again(day(50 + gap)), [past])
    assert clock == (Clock(FIRST, FIRST) if goes_on else Clock())


def test_the_clock_stands_still_in_a_family_and_runs_on_a_bridging_bed() -> None:
    """Forty days in a family that failed do not count as waiting; in a crisis place they do."""
    stay = Stay(day(10), day(50))
    failed = clock_of(again(day(60)), [earlier(stay)])
    assert failed == Clock(FIRST, day(40))
    bridged = clock_of(again(day(60)), [earlier(stay, care_form=CareForm.CRISIS)])
    assert bridged == Clock(FIRST, FIRST)


def test_a_follow_up_goes_on_while_the_placement_runs() -> None:
    """Named as what it follows it counts on; unnamed, a running placement is no end."""
    past = earlier(Stay(day(5), None), care_form=CareForm.CRISIS, state=RegistrationState.PLACED)
    assert clock_of(again(day(6), past), [past]) == Clock(FIRST, FIRST)
    assert clock_of(again(day(6)), [past]) == Clock()


def test_a_third_registration_counts_from_the_first() -> None:
    """The clock is handed on, with what it stood still before."""
    second = earlier(
        closed_on=day(90), registered_on=day(60), clock_from=day(40), first_registered_on=FIRST
    )
    assert clock_of(again(day(100)), [second]) == Clock(FIRST, day(40))


def test_the_clock_runs_from_the_first_word_of_a_draft(
    client: TestClient, example: Body, session: Session
) -> None:
    """A draft of last month that is handed in now has waited since last month."""
    today = today_in_amsterdam()
    where = client.post("/v1/concepten", json=example | {"aangemeldOp": today.isoformat()}).headers
    draft = session.scalars(select(Draft)).one()
    draft.started_on = today - timedelta(days=31)
    session.commit()
    (line,) = listed(client)
    assert (line["stand"], line["dagenGewacht"]) == ("compleet", 31)
    answer = client.post(f"{where['Location']}/_indienen", headers={"If-Match": '"2"'})
    assert answer.status_code == 201, answer.text
    (line,) = listed(client)
    assert (line["stand"], line["dagenGewacht"]) == ("zoekt", 31)
    assert line["eersteAanmeldingOp"] == draft.started_on.isoformat()


def test_after_a_withdrawal_the_clock_goes_on(client: TestClient, example: Body) -> None:
    """The same BSN, registered again today: it has waited since the first time."""
    where = client.post("/v1/kinderen", json=example).headers["Location"]
    client.post(f"{where}/_intrekken", json={"reden": "anders"}, headers={"If-Match": '"1"'})
    today = today_in_amsterdam().isoformat()
    later = example | {"aanmeldnummer": "AM-9", "aangemeldOp": today, "broersZussen": None}
    client.post("/v1/kinderen", json=later)
    (line,) = listed(client)
    assert line["aanmeldnummer"] == "AM-9"
    assert line["wachtSinds"] == example["aangemeldOp"]


def test_the_most_urgent_come_first_and_then_who_waits_longest(
    client: TestClient, session: Session
) -> None:
    """By urgency, by waiting or by the day a child has to leave; page by page the same."""
    for number, urgency, since, leave in (
        ("A", Urgency.REGULAR, date(2026, 1, 1), date(2026, 12, 3)),
        ("B", Urgency.CRISIS, date(2026, 9, 1), None),
        ("C", Urgency.URGENT, date(2026, 5, 1), date(2026, 12, 1)),
        ("D", Urgency.URGENT, date(2026, 2, 1), date(2026, 12, 2)),
    ):
        make_registration(
            session, number=number, urgency=urgency, registered_on=since, leave_by=leave
        )
    make_registration(session, number="E", state=RegistrationState.PLACED)
    session.commit()
    client.post("/v1/concepten", json={"aanmeldnummer": "AM-6"})
    assert numbers(client) == ["B", "D", "C", "A", "AM-6"]
    assert numbers(client, sorteer="wachttijd") == ["A", "D", "C", "B", "AM-6"]
    assert numbers(client, sorteer="moetWegOp") == ["C", "D", "A", "B", "AM-6"]
    for order in ("urgentie", "wachttijd", "moetWegOp"):
        paged, page = [], client.get("/v1/wachtlijst", params={"sorteer": order, "aantal": 2})
        while True:
            paged += [one["aanmeldnummer"] for one in page.json()["wachtenden"]]
            if "next" not in page.links:
                break
            page = client.get(page.links["next"]["url"])
        assert paged == numbers(client, sorteer=order)


def test_the_list_is_narrowed(client: TestClient, session: Session) -> None:
    """By stage, urgency, form and days; a wrong cursor is told."""
    make_registration(session, number="A", care_form=CareForm.CRISIS)
    make_registration(session, number="B", urgency=Urgency.CRISIS, registered_on=date(2020, 1, 1))
    session.commit()
    client.post("/v1/concepten", json={"aanmeldnummer": "AM-3"})
    assert numbers(client, stand="concept") == ["AM-3"]
    assert numbers(client, vorm="crisis") == ["A"]
    assert numbers(client, urgentie="crisis") == ["B"]
    assert numbers(client, minstensDagen=1000) == ["B"]
    assert numbers(client, stand="geplaatst") == []
    far = encode_cursor(f"99999999999_2026-01-01_2026-01-01_{uuid4()}")
    for cursor in ("eHg", far):
        assert client.get("/v1/wachtlijst", params={"cursor": cursor}).status_code == 400


def test_a_line_tells_where_the_child_is_and_no_name(client: TestClient, session: Session) -> None:
    """Where it stays, until when, what is missing; nothing that says who it is."""
    child = make_registration(session, number="A", staying_now="groep", leave_by=date(2027, 1, 1))
    session.commit()
    (line,) = listed(client)
    assert (line["verblijftNu"], line["moetWegOp"]) == ("groep", "2027-01-01")
    assert line["opties"] is None
    assert line["ontbreekt"] > 0
    assert line["id"] == str(child.id)
    assert "Noor" not in str(line)


def test_the_options_of_the_last_run_are_counted(client: TestClient, session: Session) -> None:
    """Proposal and alternatives without a no; none is a nought, and no run is null."""
    known = make_registration(session, number="A")
    make_registration(session, number="B", care_form=CareForm.CRISIS)
    families = [make_family(session, reference=f"SPI-{n}") for n in range(3)]
    run_here(session)
    no = RecordedNo(registration_id=known.id, family_id=families[0].id, reason="vol")
    session.add(no)
    session.commit()
    make_registration(session, number="C")
    session.commit()
    found = {one["aanmeldnummer"]: one["opties"] for one in listed(client)}
    assert found == {"A": 2, "B": 0, "C": None}


def test_a_referrer_sees_its_own_children_wait(client: TestClient, example: Body) -> None:
    """Nobody else's, drafts included."""
    own, other = signed_in("verwijzer", "gi-a"), signed_in("verwijzer", "gi-b")
    client.post("/v1/kinderen", json=example, headers=own)
    client.post("/v1/concepten", json={}, headers=own)
    shown = client.get("/v1/wachtlijst", headers=own).json()["wachtenden"]
    assert len(shown) == 2
    empty = {"totaal": 0, "wachtenden": []}
    assert client.get("/v1/wachtlijst", headers=other).json() == empty
