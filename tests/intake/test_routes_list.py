"""The list of children: filtered, in pages, complete while rows come in, without personal data."""

from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Connection
from sqlalchemy.orm import Session

from app.intake.routes import router
from app.kernel.words import CareForm, Urgency
from app.models import RegistrationState
from tests.doors import open_door
from tests.rows import make_registration

KINDEREN = "/v1/kinderen"


@pytest.fixture
def client(connection: Connection, session: Session) -> TestClient:
    return open_door(connection, router)


def pages(client: TestClient, **query: str) -> Iterator[list[dict[str, Any]]]:
    """Follow the Link header to the end."""
    answer = client.get(KINDEREN, params=query)
    yield answer.json()["kinderen"]
    while "Link" in answer.headers:
        answer = client.get(answer.links["next"]["url"])
        yield answer.json()["kinderen"]


def test_pages_are_complete_while_children_are_added(client: TestClient, session: Session) -> None:
    """Who was there at the start is seen exactly once, whoever comes before or after."""
    for n in range(7):
        make_registration(session, number=f"AM-{n}5")
    seen: list[str] = []
    for count, page in enumerate(pages(client, aantal="2")):
        assert len(page) <= 2
        seen += [line["aanmeldnummer"] for line in page]
        if count < 4:
            make_registration(session, number=f"AM-0{count}")
            make_registration(session, number=f"AM-{count + 1}7")
    assert len(seen) == len(set(seen))
    assert {f"AM-{n}5" for n in range(7)} <= set(seen)
    assert seen == sorted(seen)


def test_a_full_last_page_has_no_next(client: TestClient, session: Session) -> None:
    """Exactly as many as fit: no link to an empty page."""
    for n in range(4):
        make_registration(session, number=f"AM-{n}")
    assert [len(page) for page in pages(client, aantal="2")] == [2, 2]


def test_filters_narrow_the_list_and_stay_in_the_link(client: TestClient, session: Session) -> None:
    """State, urgency and form are kept from page to page."""
    for n in range(3):
        make_registration(session, number=f"AM-{n}", urgency=Urgency.CRISIS)
    make_registration(session, number="AM-3")
    make_registration(session, number="AM-4", care_form=CareForm.CRISIS)
    make_registration(session, number="AM-5", state=RegistrationState.PLACED)

    def numbers(**query: str) -> list[str]:
        found = pages(client, aantal="2", **query)
        return [line["aanmeldnummer"] for page in found for line in page]

    assert numbers(urgentie="crisis") == ["AM-0", "AM-1", "AM-2"]
    assert numbers(vorm="crisis") == ["AM-4"]
    assert numbers(stand="geplaatst") == ["AM-5"]
    assert numbers(stand="zoekt", urgentie="regulier", vorm="opvoeding") == ["AM-3"]


def test_a_line_holds_no_personal_data(client: TestClient, session: Session) -> None:
    """No name, no birth date, no BSN; nor a number in the address of the next page."""
    for n in range(2):
        make_registration(session, number=f"AM-{n}", bsn="999530410" if n else None)
    answer = client.get(KINDEREN, params={"aantal": "1"})
    assert "Noor" not in answer.text
    assert "2020-05-01" not in answer.text
    assert not {"bsn", "voornaam", "geboortedatum"} & set(answer.json()["kinderen"][0])
