"""A few families at once, by name: each as it is read alone, and each with a line in the log."""

from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Connection, func, select
from sqlalchemy.orm import Session

from app.db.session import act_as
from app.families.named_routes import MOST
from app.families.named_routes import router as named
from app.families.routes import router
from app.kernel.actor import SYSTEM, ActorRole
from app.kernel.words import HousemateRole, Problem, Willingness
from app.models import AuditEvent, AuditOutcome, FamilyWillingness, Housemate
from tests.doors import open_door, signed_in
from tests.rows import make_family

NAMED = "/v1/pleeggezinnen/_genoemd"
BEFORE = "last line of before"


@pytest.fixture
def client(connection: Connection, session: Session) -> TestClient:
    # Another test of this process may have left lines: those are not counted.
    act_as(session, SYSTEM)
    session.info[BEFORE] = session.scalar(select(func.coalesce(func.max(AuditEvent.id), 0)))
    return open_door(connection, named, router)


@pytest.fixture
def families(session: Session) -> list[str]:
    """Return three families of two providers, each with something of its own hanging on it."""
    made = []
    for number, provider in enumerate(("spirit", "youke", "spirit")):
        name = f"{provider[:3].upper()}-{number}"
        family = make_family(session, reference=name, provider=provider, places=number + 1)
        session.add_all([
            FamilyWillingness(
                family_id=family.id, problem=list(Problem)[number], answer=Willingness.YES
            ),
            Housemate(
                family_id=family.id, role=HousemateRole.CARER, birth_year=1970 + number
            ),
        ])  # fmt: skip
        made.append(f"{provider}/{name}")
    session.commit()
    return made


def ask(client: TestClient, *names: str, **headers: str) -> list[dict[str, Any]]:
    answer = client.get(NAMED, params={"gezinnen": ",".join(names)}, headers=headers)
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json()["pleeggezinnen"]
    return found


def lines(session: Session) -> list[tuple[str | None, str | None, AuditOutcome]]:
    """Return what the log holds of reading several families at once."""
    act_as(session, SYSTEM)
    rows = session.execute(
        select(AuditEvent.subject, AuditEvent.reference, AuditEvent.outcome)
        .where(AuditEvent.operation == "leesPleeggezinnen", AuditEvent.id > session.info[BEFORE])
        .order_by(AuditEvent.id)
    )
    return [(subject, reference, ended) for subject, reference, ended in rows]


def test_each_is_what_one_alone_is(client: TestClient, families: list[str]) -> None:
    """In the order asked, whole: places, willingness and housemates of each with the right one."""
    asked = [families[2], families[0], families[1], families[2]]
    found = ask(client, *asked)
    assert [f"{one['gevraagdeAanbieder']}/{one['gevraagdNummer']}" for one in found] == asked[:3]
    alone = [client.get(f"/v1/pleeggezinnen/{name}").json() for name in asked[:3]]
    assert [one["pleeggezin"] for one in found] == alone
    assert len({one["plaatsenTotaal"] for one in alone}) == 3


def test_each_leaves_a_line_as_one_alone_does(
    client: TestClient, session: Session, families: list[str]
) -> None:
    """Who is not there is missing from the answer and stands in the log as refused."""
    found = ask(client, families[0], "spirit/SPI-404", "niemand/X-1", families[1])
    assert [one["gevraagdNummer"] for one in found] == ["SPI-0", "YOU-1"]
    done, refused = AuditOutcome.DONE, AuditOutcome.REFUSED
    assert lines(session) == [
        ("pleeggezin", families[0], done), ("pleeggezin", "spirit/SPI-404", refused),
        ("pleeggezin", "niemand/X-1", refused), ("pleeggezin", families[1], done),
    ]  # fmt: skip


def test_a_provider_meets_its_own_alone(
    client: TestClient, session: Session, families: list[str]
) -> None:
    """Another's family is to it as one that is not there."""
    found = ask(client, *families, **signed_in(ActorRole.MATCHER, "spirit"))
    assert [one["gevraagdNummer"] for one in found] == ["SPI-0", "SPI-2"]
    assert [ended for _, _, ended in lines(session)].count(AuditOutcome.REFUSED) == 1


@pytest.mark.parametrize(
    "names",
    ["spirit", "spirit/", "spirit/jansen", "Spirit/SPI-1", ",".join(["spirit/SPI-1"] * (MOST + 1))],
)
def test_what_is_no_name_is_refused(client: TestClient, session: Session, names: str) -> None:
    """A surname where a number belongs too: it would stand in the log."""
    answer = client.get(NAMED, params={"gezinnen": names})
    assert answer.status_code == 400
    assert "jansen" not in answer.text
    assert lines(session) == []


def test_nobody_is_asked(client: TestClient) -> None:
    """Without names there are none."""
    assert client.get(NAMED).json() == {"pleeggezinnen": []}
