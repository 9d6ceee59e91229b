"""The self-evaluation on screens: in steps, to be left and gone on with, handed in at the end."""

from collections.abc import Callable
from typing import Any

import pytest
from fastapi.testclient import TestClient

from app.insight.questions import questionnaire
from tests.screens.looking import Looker
from tests.screens.served import mark_in

PLACE = "/regio/zelfevaluaties/0363/2025"
Clients = Callable[..., TestClient]


def version_in(page: str) -> str:
    return page.split('name="_versie" value="', 1)[1].split('"', 1)[0].replace("&#34;", '"')


def send(client: TestClient, step: str, answers: dict[str, Any], **more: Any) -> Any:
    page = client.get(f"{more.get('place', PLACE)}?stap={step}").text
    form = {"_merk": mark_in(page), "_versie": more.get("version") or version_in(page), **answers}
    url = f"{more.get('place', PLACE)}?stap={step}"
    return client.post(url, data=form, follow_redirects=False)


def test_choosing_a_municipality_and_a_year_begins(client_as: Clients) -> None:
    """With the address of the form, to come back to."""
    client = client_as("regiomanager")
    answer = client.get("/regio/zelfevaluaties?gemeente=0363&jaar=2025", follow_redirects=False)
    assert answer.headers["location"] == PLACE


def test_a_form_is_filled_in_over_time(client_as: Clients) -> None:
    """Step by step; stopping half-way loses nothing; handing in says by whom."""
    client, place = client_as("regiomanager"), "/regio/zelfevaluaties/0384/2025"
    first = {"vraag-1": "ja", "vraag-2": ["CBS", "facturen"], "toelichting-1": "Raadsbesluit."}
    answer = send(client, "big5", first, place=place)
    assert answer.headers["location"] == f"{place}?stap=netwerk"
    page = client.get(place).text
    assert "CBS, facturen" in page
    assert "Raadsbesluit." in page
    assert "Nog niet klaar" in page
    for theme in questionnaire().themes:
        given = {
            f"vraag-{q.number}": next(iter(q.points)) for q in theme.questions
        }  # fmt: skip
        answer = send(client, theme.key, given, place=place)
        assert answer.status_code == 303
    assert answer.headers["location"] == f"{place}?stap=controle"
    page = client.get(place).text
    handed = client.post(
        f"{place}/indienen", data={"_merk": mark_in(page), "_versie": version_in(page)}
    )
    assert "Ingediend door" in handed.text
    assert "Weer openen" in handed.text
    assert "Diemen" in client.get("/regio/zelfevaluaties").text
    reader = client_as("coordinator").get(place).text
    assert "Ingediend door" in reader
    assert "Weer openen" not in reader


def test_an_old_form_shows_both_versions(client_as: Clients) -> None:
    """What was typed is still there."""
    client, place = client_as("regiomanager"), "/regio/zelfevaluaties/0394/2025"
    send(client, "ggz", {"vraag-26": "ja"}, place=place)
    answer = send(client, "ggz", {"vraag-26": "in wording"}, place=place, version='"0"')
    assert answer.status_code == 412
    assert "Intussen door iemand anders gewijzigd" in answer.text
    assert 'value="in wording" checked' in answer.text


def test_who_only_reads_gets_no_form(client_as: Clients) -> None:
    """A coordinator sees the answers, an intake worker nothing."""
    page = client_as("coordinator").get(f"{PLACE}?stap=big5").text
    assert "<textarea" not in page
    assert client_as("aanmeldpunt").get(PLACE).status_code == 403


@pytest.mark.parametrize("place", [PLACE, f"{PLACE}?stap=big5"])
def test_it_is_right_in_a_browser(look: Callable[..., Looker], place: str) -> None:
    """For axe, at 320 pixels, with large text."""
    looker = look("regiomanager")
    looker.go(place)
    assert looker.complaints() == []
    looker.shoot("zelfevaluatie-stap" if "stap" in place else "zelfevaluatie")
