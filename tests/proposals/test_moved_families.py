"""A run is played again and asked about, also when its families have other names since."""

from datetime import date
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Connection, select
from sqlalchemy.orm import Session

from app.families.transfer import Transfer, transfer_family
from app.kernel.actor import SYSTEM
from app.kernel.clock import now
from app.models import Family, MatchRun, Registration
from app.proposals import standing
from app.proposals.question_routes import router
from app.reference.merge import Merger, merge_providers
from app.reference.providers import Renaming, rename_provider
from app.rights.due import Due
from app.rights.removing import remove
from app.settings import Settings
from tests.doors import open_door
from tests.proposals.running import run_here
from tests.rows import make_family, make_registration

DAY = date(2026, 11, 1)


@pytest.fixture
def client(connection: Connection, session: Session) -> TestClient:
    return open_door(connection, router)


@pytest.fixture(params=[False, True], ids=["asked first now", "asked before"])
def run(session: Session, client: TestClient, request: pytest.FixtureRequest) -> MatchRun:
    """Of three children, each with a family of Spirit; kept in the process or not."""
    for number in range(1, 4):
        make_family(session, reference=f"SPI-{number}", experience_years=number)
        make_registration(session, number=f"AM-{number}")
    made = run_here(session)
    standing._kept.clear()
    if request.param:
        assert replayed(client, made)["gelijk"]
    return made


def move(session: Session, of: str, to: str) -> None:
    (provider, number), (other, new) = of.split("/"), to.split("/")
    transfer = Transfer(provider, number, other, new, DAY, "Verhuisd")
    transfer_family(session, actor=SYSTEM, transfer=transfer)
    session.commit()


def merge(session: Session, source: str, into: str) -> None:
    merger = Merger(source, into, DAY, clearance_lapses=False, system_stops=True)
    merge_providers(session, actor=SYSTEM, merger=merger)
    session.commit()


def replayed(client: TestClient, run: MatchRun) -> dict[str, Any]:
    return got(client, f"/v1/matchruns/{run.id}/naspeling")


def got(client: TestClient, path: str) -> dict[str, Any]:
    answer = client.get(path)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def options(client: TestClient, session: Session, number: str = "AM-1") -> set[str]:
    """Return the families that a child has, as the answer names them."""
    child = child_of(session, number)
    told = got(client, f"/v1/kinderen/{child}/alternatieven")["alternatieven"]
    return {f"{one['aanbieder']}/{one['gezin']}" for one in told}


def child_of(session: Session, number: str = "AM-1") -> object:
    return session.scalars(select(Registration.id).where(Registration.number == number)).one()


def why_not(client: TestClient, session: Session, family: str) -> Any:
    return client.get(f"/v1/kinderen/{child_of(session)}/waarom-niet/{family}")


def test_a_transfer_changes_nothing_in_a_run(
    client: TestClient, session: Session, run: MatchRun
) -> None:
    """It plays again as it was; the family is named as it is now, and found by both names."""
    move(session, "spirit/SPI-1", "youke/YOU-7")
    found = replayed(client, run)
    assert (found["gelijk"], found["kinderen"], found["grootsteKansverschil"]) == (True, [], 0)
    assert options(client, session) == {"youke/YOU-7", "spirit/SPI-2", "spirit/SPI-3"}
    for name in ("youke/YOU-7", "spirit/SPI-1"):
        answer = why_not(client, session, name)
        assert answer.status_code == 200, answer.text
        assert answer.json()["gezin"]["gezin"] == "YOU-7"


def test_mergers_in_a_row_and_a_rename_change_nothing(
    client: TestClient, session: Session, run: MatchRun
) -> None:
    """Each name that was ever handed out leads to the family."""
    merge(session, "spirit", "wsp")
    merge(session, "wsp", "youke")
    wish = Renaming(code="levvel", name=None, on_day=DAY)
    rename_provider(session, actor=SYSTEM, code="youke", wish=wish)
    session.commit()
    assert replayed(client, run)["gelijk"]
    assert options(client, session) == {f"levvel/SPI-{number}" for number in range(1, 4)}
    for code in ("spirit", "wsp", "youke", "levvel"):
        assert why_not(client, session, f"{code}/SPI-2").status_code == 200


def test_what_if_takes_and_tells_the_names_of_now(
    client: TestClient, session: Session, run: MatchRun
) -> None:
    """A pin by the number of before and one by that of now are the same question."""
    move(session, "spirit/SPI-1", "youke/YOU-7")
    told = []
    for provider, number in (("spirit", "SPI-1"), ("youke", "YOU-7")):
        pin = {"soort": "vastzetten", "kind": "AM-1", "aanbieder": provider, "gezin": number}
        answer = client.post(f"/v1/matchruns/{run.id}/wat-als", json={"wijzigingen": [pin]})
        assert answer.status_code == 200, answer.text
        told.append(answer.json())
    assert told[0] == told[1]
    plan = {row["aanmeldnummer"]: (row["aanbieder"], row["gezin"]) for row in told[0]["plan"]}
    assert plan["AM-1"] == ("youke", "YOU-7")


def test_a_number_given_again_is_that_of_who_has_it_now(
    client: TestClient, session: Session, run: MatchRun
) -> None:
    """Another family that got the number afterwards took no part, and is not taken for the first;
    in a run of after that, each is itself."""
    move(session, "spirit/SPI-1", "youke/YOU-7")
    make_family(session, reference="SPI-1", experience_years=30)
    session.commit()
    assert replayed(client, run)["gelijk"]
    assert why_not(client, session, "spirit/SPI-1").status_code == 404
    later = run_here(session)
    later.started_at = now()
    session.commit()
    assert replayed(client, later)["gelijk"]
    for name in ("spirit/SPI-1", "youke/YOU-7"):
        told = why_not(client, session, name).json()["gezin"]
        assert f"{told['aanbieder']}/{told['gezin']}" == name


def test_a_family_whose_data_are_destroyed_stays_in_its_run(
    client: TestClient, session: Session, run: MatchRun
) -> None:
    """Its row stands, under the number that it has; also after it moved."""
    move(session, "spirit/SPI-1", "youke/YOU-7")
    family = session.scalars(select(Family.id).where(Family.reference == "YOU-7")).one()
    due = [Due(family, now())]
    remove(session, "gezin", due, Settings())
    session.commit()
    assert replayed(client, run)["gelijk"]
    assert "youke/YOU-7" in options(client, session)
