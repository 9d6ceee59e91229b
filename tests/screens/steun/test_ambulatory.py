"""Ambulatory support in the screens: a provider keeps it, and it is looked for when asked."""

from collections.abc import Callable
from typing import Any

import pytest
from fastapi.testclient import TestClient

from app.db.opened import Database
from tests.databases import work_off
from tests.screens.steun.strained import add_strained
from tests.screens.steun.test_support import send

Make = Callable[..., TestClient]
HELP: dict[str, Any] = {
    "nummer": "AH-1", "naam": "Hulp aan huis", "bijSignalen": ["veiligheid", "school"],
    "gemeenten": "Amsterdam, Purmerend", "plaatsenVrij": "2", "wachtweken": "3",
}  # fmt: skip


@pytest.fixture(scope="module")
def placements(screens_database: Database) -> dict[str, str]:
    return add_strained(screens_database)


def test_a_provider_keeps_its_own(client_as: Make) -> None:
    """What was typed wrong stays; a change is made on the version that was read."""
    client = client_as("aanbieder-matcher", "youke")
    new = "/ambulante-hulp/nieuw"
    wrong = send(client, new, new, **HELP | {"gemeenten": "Nergenshuizen"})
    assert wrong.status_code == 400
    assert 'value="Nergenshuizen"' in wrong.text
    assert 'value="school" checked' in wrong.text
    listed = send(client, new, new, **HELP).text
    assert "Amsterdam, Purmerend" in listed and "3 weken" in listed
    at = "/ambulante-hulp/youke/AH-1"
    assert "Amsterdam, Purmerend" in client.get(at).text
    changed = {name: value for name, value in HELP.items() if name != "nummer"}
    old = client.get(at)
    assert "0" in send(client, at, at, **changed | {"wachtweken": "0", "gemeenten": ""}).text
    assert "hele regio" in client.get("/ambulante-hulp").text
    version = old.text.split('name="_versie" value="', 1)[1].split('"', 1)[0]
    late = changed | {
        "_merk": old.text.split('name="_merk" value="', 1)[1].split('"', 1)[0],
        "_versie": version.replace("&#34;", '"'),
    }
    stale = client.post(at, data=late)
    assert stale.status_code == 412
    assert "Amsterdam, Purmerend" in stale.text


def test_others_read_it(client_as: Make) -> None:
    """A coordinator sees what there is and has no form; somebody who may not add gets none."""
    client = client_as("coordinator")
    assert "/ambulante-hulp" in client.get("/volglijst").text
    page = client.get("/ambulante-hulp/youke/AH-1").text
    assert "Hulp aan huis" in page and '<form method="post" class="kaart"' not in page
    assert client.get("/ambulante-hulp/nieuw").status_code == 403
    assert 'href="/ambulante-hulp"' in client_as("beheerder").get("/ambulante-hulp").text


def test_look_now_says_what_came_of_it(
    client_as: Make, placements: dict[str, str], screens_database: Database
) -> None:
    """Asked with one button, performed by the worker, and read on the same page."""
    client = client_as("coordinator")
    at = f"/plaatsingen/{placements['AM-9003']}/steun"
    assert "Er is nog niet gezocht." in client.get(at).text
    assert "De dienst zoekt." in send(client, at, f"{at}/zoek").text
    work_off(screens_database)
    told = client.get(at).text
    assert "er is hulp die past" in told
    assert "Hulp aan huis" in told
