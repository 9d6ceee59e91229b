"""While the chances are switched off no answer tells one, and nothing is ranked by them."""

from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Connection
from sqlalchemy.orm import Session

from app.kernel.words import CareForm
from app.models import MatchRun, Registration, WeightsDecision
from app.outcomes.calibration_routes import router as board
from app.proposals import standing
from app.proposals.ask import weights_of_region
from app.proposals.chances_off import weights_without
from app.proposals.question_routes import router as questions
from app.proposals.report import build_report
from app.proposals.routes import router
from app.weights_in_force import SWITCHED_OFF, WITHOUT, without_chances
from tests.doors import open_door
from tests.proposals.running import run_here
from tests.rows import make_family, make_registration

REASON = {"reden": "De kansen kloppen niet meer."}


@pytest.fixture
def client(connection: Connection, session: Session) -> TestClient:
    return open_door(connection, router, questions, board)


@pytest.fixture
def child(session: Session) -> Registration:
    """A child with a skilled family far away and one without skills around the corner."""
    make_family(session, reference="SPI-1", experience_years=30, postcode="1185AA")
    make_family(session, reference="SPI-2", experience_years=0, postcode="1012AB", respite=False)
    return make_registration(session, number="AM-1", visits_per_month=0)


def switch(client: TestClient, session: Session, word: str, *, status: int = 200) -> None:
    session.commit()
    assert client.post(f"/v1/kalibratie/_{word}", json=REASON).status_code == status
    session.commit()


def chances_in(body: Any) -> Iterator[Any]:
    """Yield every chance, band and interval that an answer tells of a family."""
    if isinstance(body, list):
        for item in body:
            yield from chances_in(item)
    elif isinstance(body, dict):
        if body.get("gezin") is not None and "breakdownKans" in body:
            yield from (body[name] for name in ("breakdownKans", "interval", "klasse"))
        for value in body.values():
            yield from chances_in(value)


def answers(client: TestClient, run: MatchRun, child: Registration) -> list[Any]:
    standing._kept.clear()
    paths = (
        f"/matchruns/{run.id}/voorstellen", f"/matchruns/{run.id}/verslag",
        f"/kinderen/{child.id}/matchvoorstellen", f"/kinderen/{child.id}/alternatieven",
        f"/kinderen/{child.id}/waarom-niet/spirit/SPI-1", f"/kinderen/{child.id}/bijna-passend",
        f"/matchruns/{run.id}/bijna-passend",
    )  # fmt: skip
    told = [client.get(f"/v1{path}") for path in paths]
    assert [answer.status_code for answer in told] == [200] * len(told), [a.text for a in told]
    return [answer.json() for answer in told]


def test_no_answer_tells_a_chance_while_they_are_off(
    client: TestClient, session: Session, child: Registration
) -> None:
    """Of a run of before too; when they are on again its chances are told again."""
    run = run_here(session)
    session.commit()
    before = list(chances_in(answers(client, run, child)))
    assert before
    assert None not in before
    switch(client, session, "uitzetten")
    off = answers(client, run, child)
    assert set(chances_in(off)) == {None}
    assert SWITCHED_OFF in str(off)
    switch(client, session, "aanzetten")
    assert list(chances_in(answers(client, run, child))) == before


def test_a_run_without_chances_ranks_by_what_the_policy_says_besides(
    client: TestClient, session: Session, child: Registration
) -> None:
    """The nearer family comes first; with chances the skilled one does. It stays untold later."""
    assert build_report(session, run_here(session))["voorstellen"][0]["gezin"] == "SPI-1"
    switch(client, session, "uitzetten")
    weights = weights_of_region(session)
    assert weights is not None
    assert weights.version == WITHOUT
    run = run_here(session, weights=weights)
    assert build_report(session, run)["voorstellen"][0]["gezin"] == "SPI-2"
    switch(client, session, "aanzetten")
    assert weights_of_region(session) is None
    assert set(chances_in(answers(client, run, child))) == {None}
    played = client.get(f"/v1/matchruns/{run.id}/naspeling").json()
    assert played["gelijk"]


def test_the_page_of_a_child_is_another_one(
    client: TestClient, session: Session, child: Registration
) -> None:
    """Its ETag says so: nobody keeps a page with chances."""
    run_here(session)
    session.commit()
    path = f"/v1/kinderen/{child.id}/matchvoorstellen"
    first = client.get(path).headers["ETag"]
    switch(client, session, "uitzetten")
    assert client.get(path).headers["ETag"] != first


def test_a_switch_that_stands_so_already_is_said(client: TestClient, session: Session) -> None:
    """And every switching is kept, with its reason."""
    switch(client, session, "aanzetten", status=409)
    switch(client, session, "uitzetten")
    switch(client, session, "uitzetten", status=409)
    assert [row.reason for row in session.query(WeightsDecision)] == [REASON["reden"]]


def test_weights_that_weigh_nothing_give_all_the_same_chance() -> None:
    """Every weight is nought; what surrounds it is what ships."""
    weights = weights_without()
    assert not weights.value.any()
    assert weights.typical_log_ratio == 0.0
    assert not weights.is_calibrated


def test_only_families_lose_their_chance() -> None:
    """A child without a proposal has none to lose, and other numbers stay."""
    body = {"gezin": None, "breakdownKans": None, "vorm": CareForm.CRISIS, "aantal": 3}
    assert without_chances(body) == body
