"""A search that ends takes its running step with it, and whoever waited for the child is told."""

from dataclasses import dataclass
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Connection, select
from sqlalchemy.orm import Session

from app.intake.file_routes import router as files
from app.intake.routes import router as intake
from app.models import BegunPair, Registration
from app.steps.move_routes import router as moves
from app.steps.provider_routes import router as questions
from app.steps.routes import router as steps
from tests.doors import open_door
from tests.rows import make_family
from tests.steps.settled import make_registration
from tests.steps.walking import COORDINATOR, INTAKE, MATCHER, REFERRER, Walk, begin
from tests.told import told_in

BIG5 = dict.fromkeys(("wonen", "financien", "werk_scholing", "steunnetwerk", "welzijn"), "ja")
ENDED = "/v1/gezinsvragen/_afgerond"


@dataclass(frozen=True)
class End:
    """How a search ends: the act, why, the event that tells staff of it, and by whom."""

    act: str
    reason: str
    kind: str
    role: str
    who: dict[str, str]

    def of(self, client: TestClient, child: str) -> None:
        """End the search for a child, at the version that stands there."""
        where = f"/v1/kinderen/{child}"
        found = client.get(where, headers=self.who)
        assert found.status_code == 200, found.text
        headers = {**self.who, "If-Match": found.headers["ETag"]}
        answer = client.post(f"{where}/{self.act}", json={"reden": self.reason}, headers=headers)
        assert answer.status_code == 200, answer.text


WITHDRAWN = End("_intrekken", "verhuisd", "aanmelding.ingetrokken", "aanmeldpunt", INTAKE)
OWN = End("_intrekken", "verhuisd", "aanmelding.ingetrokken", "verwijzer", REFERRER)
CLOSED = End("_sluiten", "De jongere is 18.", "aanmelding.gesloten", "coordinator", COORDINATOR)
ENDS = pytest.mark.parametrize("ends", [WITHDRAWN, OWN, CLOSED])


@pytest.fixture
def client(connection: Connection, session: Session) -> TestClient:
    return open_door(connection, steps, moves, questions, intake, files)


@pytest.fixture
def child(session: Session) -> Registration:
    make_family(session, reference="SPI-1", places=1)
    made = make_registration(session, number="AM-1", big5=BIG5, owner_organisation="gi-a")
    session.commit()
    return made


@pytest.fixture
def walk(client: TestClient, child: Registration) -> Walk:
    """A step in its acquaintance: the family has met the child."""
    return begin(client, child).walk_to("kennismaking")


@ENDS
def test_family_and_provider_hear_that_the_child_is_not_coming(
    client: TestClient, session: Session, walk: Walk, ends: End
) -> None:
    """The step has ended, with why and by which role; told to the provider, and that to staff."""
    before = len(told_in(session))
    ends.of(client, walk.child)
    step = walk.read()
    assert (step["stand"], step["openFasen"]) == ("verlopen", [])
    assert step["beeindigdOp"] is not None
    assert ends.reason in step["reden"]
    assert ends.role in step["reden"]
    data = {"kind": walk.child, "stap": walk.step, "aanbieder": "spirit", "gezin": "SPI-1"}
    told = told_in(session)[before:]
    assert ("stap.beeindigd", data, "spirit") in told
    assert [(one, whose) for one, _, whose in told if one != "stap.beeindigd"] == [
        (ends.kind, None)
    ]
    found: list[dict[str, Any]] = client.get(ENDED, headers=MATCHER).json()["gezinsvragen"]
    assert [(one["gezin"], one["uitkomst"]) for one in found] == [("SPI-1", "verlopen")]


@ENDS
def test_the_history_goes_from_proposed_to_the_end(
    client: TestClient, walk: Walk, ends: End
) -> None:
    """As one turn: nothing says that the search went on in between."""
    ends.of(client, walk.child)
    told = client.get(f"/v1/kinderen/{walk.child}/geschiedenis", headers=COORDINATOR).json()
    last = told["stappen"][-1]
    became = ends.kind.removeprefix("aanmelding.")
    assert (last["van"], last["naar"]) == ("voorgesteld", became)
    assert (last["reden"], last["rol"]) == (ends.reason, ends.role)


def test_the_place_is_free_at_once(client: TestClient, session: Session, walk: Walk) -> None:
    """Another child gets the only bed, without anybody ending anything first."""
    WITHDRAWN.of(client, walk.child)
    other = make_registration(session, number="AM-2")
    session.commit()
    held = session.scalars(select(BegunPair.place_id)).one()
    begin(client, other)
    places = session.scalars(select(BegunPair.place_id).order_by(BegunPair.id)).all()
    assert places == [held, held]


def test_without_a_step_nothing_of_one_is_told(
    client: TestClient, session: Session, child: Registration
) -> None:
    """A closing is told to staff alone."""
    CLOSED.of(client, str(child.id))
    assert told_in(session) == [("aanmelding.gesloten", {"kind": str(child.id)}, None)]
