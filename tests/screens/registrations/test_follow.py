"""A follow-up from the page of a child: what is asked, what goes along, and when there is none."""

import re
from collections.abc import Callable

import httpx2
from fastapi.testclient import TestClient

Make = Callable[..., TestClient]
Send = Callable[..., httpx2.Response]
WISH = {
    "vorm": "opvoeding", "ritme": "voltijd", "urgentie": "regulier", "verblijftNu": "thuis",
    "nodigVanaf": "2099-01-01", "verwachteDuurMaanden": "24",
}  # fmt: skip


def _number(page: str) -> str:
    found = re.search(r'name="aanmeldnummer" autocomplete="off" value="([^"]+)"', page)
    assert found is not None
    return found[1]


def test_a_follow_up_asks_what_changes_and_takes_the_rest_along(
    client_as: Make, send: Send, first_child: Callable[[TestClient], str]
) -> None:
    """After an end; while somebody searches already the page says so."""
    client = client_as("coordinator")
    child = first_child(client)
    assert "Er wordt al gezocht" in client.get(f"{child}/vervolg").text
    assert "/vervolg" not in client.get(child).text

    intake = client_as("aanmeldpunt")
    send(intake, f"{child}/intrekken", f"{child}/intrekken", {"reden": "andere hulp"})
    assert f'href="{child}/vervolg"' in client.get(child).text
    page = client.get(f"{child}/vervolg").text
    assert "Wat meegaat" in page
    name = re.search(r"Verder zoeken voor ([^<]+)<", page)
    assert name is not None
    assert f"<dd>{name[1]}</dd>" in page  # his name goes along
    number = _number(page)
    assert number.endswith("-2")

    wrong = send(client, page, f"{child}/vervolg", WISH | {"aanmeldnummer": number, "vorm": ""})
    assert wrong.status_code == 400
    assert 'href="#vorm"' in wrong.text
    assert 'value="2099-01-01"' in wrong.text

    made = send(client, wrong.text, f"{child}/vervolg", WISH | {"aanmeldnummer": number})
    assert made.status_code == 200
    assert number in made.text
    assert "er wordt vanaf vandaag gezocht" in made.text


def test_who_may_not_begin_one_gets_no_form(
    client_as: Make, first_child: Callable[[TestClient], str]
) -> None:
    """An auditor reads."""
    child = first_child(client_as("coordinator"))
    assert client_as("auditor").get(f"{child}/vervolg").status_code == 403
