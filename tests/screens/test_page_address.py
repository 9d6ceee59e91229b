"""The language button leads back to a page that is there, also after a form made the page."""

import re
from collections.abc import Callable

import pytest
from fastapi.testclient import TestClient

from tests.screens.served import mark_in

ClientAs = Callable[..., TestClient]
HOST = "http://testserver"


def switched(client: TestClient, page: str) -> tuple[str, int]:
    """Press the button as it stands on a page; where that leads to, and with what status."""
    found = re.search(r'name="naar" value="([^"]*)"', page)
    assert found is not None
    told = client.post("/taal", data={"taal": "en", "naar": found[1].replace("&amp;", "&")})
    return told.url.path, told.status_code


@pytest.mark.parametrize(
    ("came_from", "leads_to"),
    [
        ("/wachtlijst?vorm=crisis", "/wachtlijst"),
        ("", "/wachtlijst"),  # a browser that does not tell: the first page of this role
        ("/kinderen/zoek", "/wachtlijst"),  # what a form gave as well
        ("https://elders.example/wachtlijst/7", "/wachtlijst"),
    ],
)
def test_after_a_search(client_as: ClientAs, came_from: str, leads_to: str) -> None:
    """Hits of a search stand at no address: back to the page from which was searched."""
    client = client_as("coordinator")
    mark = mark_in(client.get("/wachtlijst").text)
    place = came_from if came_from.startswith("https") else f"{HOST}{came_from}"
    headers = {"Referer": place} if came_from else {}
    hits = client.post("/kinderen/zoek", data={"_merk": mark, "zoek": "AM-20"}, headers=headers)
    assert hits.status_code == 200
    assert switched(client, hits.text) == (leads_to, 200)


def test_after_a_form_with_a_mistake(client_as: ClientAs) -> None:
    """The page with the form, or the nearest one above what the form was sent to."""
    client = client_as("crisisdienst")
    data = {"_merk": mark_in(client.get("/crisis/nummers").text), "aanbieder": "spirit"}
    wrong = client.post("/crisis/nummers/dienst", data=data)
    assert wrong.status_code >= 400
    assert switched(client, wrong.text) == ("/crisis/nummers", 200)
