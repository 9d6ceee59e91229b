"""The list of families: filtered, in pages, complete while families are added."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Connection
from sqlalchemy.orm import Session

from app.families.routes import router
from app.kernel.clock import AMSTERDAM, now, today_in_amsterdam
from app.kernel.words import CareForm, FamilyStatus
from app.settings import load_settings
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


def test_number_place_and_freshness_narrow_the_list(client: TestClient, session: Session) -> None:
    """Part of a number, whether a place is free, and who should first be called."""
    fresh = {"confirmed_at": now()}
    make_family(session, reference="SPI-10", **fresh)
    make_family(session, reference="SPI-20", places=0, **fresh)
    make_family(session, reference="SPI_21", **fresh)
    ended = today_in_amsterdam() - timedelta(days=1)
    make_family(
        session, reference="SPI-30", paused_until=ended, status=FamilyStatus.PAUSED, **fresh
    )
    make_family(session, reference="SPI-40")
    assert numbers(client, nummer="spi-2") == ["SPI-20"]
    assert numbers(client, nummer="_") == ["SPI_21"]
    assert numbers(client, vrij="false") == ["SPI-20"]
    assert numbers(client, eerstBevestigen="true") == ["SPI-30", "SPI-40"]
    assert numbers(client, eerstBevestigen="false", vrij="true") == ["SPI-10", "SPI_21"]


def test_the_filter_on_freshness_finds_whom_the_lines_name(
    client: TestClient, session: Session
) -> None:
    """On the day itself, a day before and a day after: the SQL and the lines agree."""
    days = load_settings().confirm_after_days
    for n in (days - 1, days, days + 1):
        heard = datetime.combine(today_in_amsterdam() - timedelta(days=n), time(12), AMSTERDAM)
        make_family(session, reference=f"SPI-{n}", source_updated_at=heard)
    lines = [line for page in pages(client) for line in page]
    named = [line["nummer"] for line in lines if line["eerstBevestigen"]]
    assert named == numbers(client, eerstBevestigen="true") == [f"SPI-{days}", f"SPI-{days + 1}"]


def test_a_line_says_when_a_family_can_and_why_it_pauses(
    client: TestClient, session: Session
) -> None:
    """Each bed with its rhythm, the dates, and the pause with its reason."""
    make_family(
        session, reference="SPI-1", status=FamilyStatus.PAUSED, pause_reason="Verbouwing",
        paused_until=date(2099, 1, 1), available_until=date(2099, 6, 1),
    )  # fmt: skip
    (line,) = client.get(LIST).json()["pleeggezinnen"]
    assert line["plaatsen"] == [
        {
            "volgnummer": 1, "ritme": "voltijd", "isVrij": True, "vormen": [],
            "beschikbaarVanaf": None, "beschikbaarTot": None, "vanBuitenDeRegio": False,
        }
    ]  # fmt: skip
    assert (line["pauzeReden"], line["pauzeTot"]) == ("Verbouwing", "2099-01-01")
    assert (line["beschikbaarVanaf"], line["beschikbaarTot"]) == ("2026-01-01", "2099-06-01")
