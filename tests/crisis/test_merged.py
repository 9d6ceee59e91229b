"""A list printed before a merger or a rename is usable at night: the codes on it go on to work."""

from datetime import date
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Connection
from sqlalchemy.orm import Session

from app.crisis.routes import router
from app.families.transfer import Transfer, transfer_family
from app.kernel.actor import SYSTEM, ActorRole
from app.reference.merge import Merger, merge_providers
from app.reference.providers import Renaming, rename_provider
from tests.crisis.test_routes import MELDINGEN, ask, make_home
from tests.doors import open_door, signed_in

DAY = date(2026, 11, 1)
INTAKE = signed_in(ActorRole.INTAKE)


@pytest.fixture
def client(connection: Connection, session: Session) -> TestClient:
    """WSP merged into Spirit, and Youké has another code now."""
    make_home(session, "WSP-1", provider="wsp")
    make_home(session, "YOU-1", provider="youke")
    merger = Merger("wsp", "spirit", DAY, clearance_lapses=False, system_stops=True)
    merge_providers(session, actor=SYSTEM, merger=merger)
    wish = Renaming(name=None, code="youke-jeugdhulp", on_day=DAY)
    rename_provider(session, actor=SYSTEM, code="youke", wish=wish)
    session.commit()
    client = open_door(connection, router)
    client.headers.update(signed_in(ActorRole.CRISIS))
    return client


def call(client: TestClient, provider: str, family: str, outcome: str) -> Any:
    body = {"aanbieder": provider, "gezin": family, "uitkomst": outcome}
    return client.post(f"{MELDINGEN}/{ask(client)['id']}/belpogingen", json=body)


@pytest.mark.parametrize(
    ("printed", "family", "now"),
    [("wsp", "WSP-1", "spirit"), ("youke", "YOU-1", "youke-jeugdhulp")],
)
def test_a_call_by_the_code_of_the_list_is_recorded(
    client: TestClient, printed: str, family: str, now: str
) -> None:
    """With the code of before and with that of now; a yes locks the bed."""
    for code, outcome in ((now, "geen gehoor"), (printed, "ja")):
        answer = call(client, code, family, outcome)
        assert answer.status_code == 201, answer.text
        told = answer.json()["belpogingen"]
        assert [(one["aanbieder"], one["gezin"]) for one in told] == [(now, family)]


def test_a_family_that_went_to_another_provider_is_found_by_its_number_of_before(
    client: TestClient, session: Session
) -> None:
    """Transferred since the list was printed; a family that has that number now goes before it."""
    transfer = Transfer(
        provider="spirit", number="WSP-1", to_provider="youke-jeugdhulp", to_number="YOU-9",
        on_day=DAY, reason="verhuisd",
    )  # fmt: skip
    transfer_family(session, actor=SYSTEM, transfer=transfer)
    session.commit()
    for number in ("WSP-1", "YOU-9"):
        code = "spirit" if number == "WSP-1" else "youke-jeugdhulp"
        told = call(client, code, number, "geen gehoor").json()["belpogingen"]
        assert [(one["aanbieder"], one["gezin"]) for one in told] == [("youke-jeugdhulp", "YOU-9")]
    make_home(session, "WSP-1", provider="spirit")
    session.commit()
    told = call(client, "spirit", "WSP-1", "geen gehoor").json()["belpogingen"]
    assert [(one["aanbieder"], one["gezin"]) for one in told] == [("spirit", "WSP-1")]


def test_numbers_written_under_an_old_code_are_those_of_now(client: TestClient) -> None:
    """Of the family, and of the duty that is called for it; who merged away has none of its own."""
    for path, number in (("wsp", "020-1111111"), ("wsp/WSP-1", "06-22222222")):
        told = {"telefoon": number}
        answer = client.put(f"/v1/crisisnummers/{path}", json=told, headers=INTAKE)
        assert answer.status_code in (200, 204), answer.text
    (bed,) = [bed for bed in ask(client)["bedden"] if bed["gezin"] == "WSP-1"]
    assert (bed["telefoon"], bed["dienstAanbieder"]) == ("06-22222222", "020-1111111")
    listed = {one["aanbieder"]: one["telefoon"] for one in numbers(client)}
    assert (listed["spirit"], "wsp" in listed) == ("020-1111111", False)


def numbers(client: TestClient) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = client.get("/v1/crisisnummers").json()["nummers"]
    return found
