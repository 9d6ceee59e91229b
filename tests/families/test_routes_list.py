"""The list of families: filtered, in pages, complete while families are added."""

from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Connection
from sqlalchemy.orm import Session

from app.families.routes import router
from app.kernel.words import CareForm, FamilyStatus
from tests.doors import open_door
from tests.rows import make_family

LIST = "/v1/pleeggezinnen"


@pytest.fixture
def client(connection: Connection, session: Session) -> TestClient:
    return open_door(connection, router)


def pages(client: TestClient, **query: str) -> Iterator[list[dict[str, Any]]]:
    """Follow the Link header to the end."""
    answer = client.get(LIST, params=query)
    yield answer.json()["pleeggezinnen"]
    while "Link" in answer.headers:
        answer = client.get(answer.links["next"]["url"])
        yield answer.json()["pleeggezinnen"]


def numbers(client: TestClient, **query: str) -> list[str]:
    return [line["nummer"] for page in pages(client, aantal="2", **query) for line in page]


def test_pages_are_complete_while_families_are_added(client: TestClient, session: Session) -> None:
    """Who was there at the start is seen exactly once, over the edge of a provider too."""
    first = [("spirit", f"A-{n}5") for n in range(4)] + [("youke", f"A-{n}5") for n in range(3)]
    for provider, reference in first:
        make_family(session, provider=provider, reference=reference)
    seen: list[tuple[str, str]] = []
    for count, page in enumerate(pages(client, aantal="2")):
        seen += [(line["aanbieder"], line["nummer"]) for line in page]
        if count < 3:
            make_family(session, provider="spirit", reference=f"A-0{count}")
            make_family(session, provider="youke", reference=f"A-{count}7")
    assert len(seen) == len(set(seen))
    assert set(first) <= set(seen)
    assert seen == sorted(seen)


def test_filters_narrow_the_list_and_stay_in_the_link(client: TestClient, session: Session) -> None:
    """Provider, status and form are kept from page to page; an unknown provider has none."""
    for n in range(3):
        make_family(session, reference=f"SPI-{n}")
    make_family(session, reference="SPI-3", status=FamilyStatus.PAUSED)
    make_family(session, reference="SPI-4", forms=(CareForm.CRISIS, CareForm.PART_TIME))
    make_family(session, reference="YOU-1", provider="youke")
    assert numbers(client, aanbieder="youke") == ["YOU-1"]
    assert numbers(client, status="pauze") == ["SPI-3"]
    assert numbers(client, vorm="deeltijd") == ["SPI-4"]
    wanted = {"aanbieder": "spirit", "status": "actief", "vorm": "opvoeding"}
    assert numbers(client, **wanted) == ["SPI-0", "SPI-1", "SPI-2"]
    assert numbers(client, aanbieder="onbekend") == []


def test_a_line_counts_the_places_and_holds_no_name(client: TestClient, session: Session) -> None:
    """Enough to see where the search stands; name and address are read one by one."""
    make_family(session, reference="SPI-1", places=2)
    (line,) = client.get(LIST).json()["pleeggezinnen"]
    assert (line["plaatsenTotaal"], line["plaatsenVrij"], line["vormen"]) == (2, 2, ["opvoeding"])
    assert not {"naam", "postcode", "woonplaats"} & set(line)
