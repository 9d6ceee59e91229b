"""The watch list, signals, support and respite as forms that work without script."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from fastapi.testclient import TestClient

from app.db.opened import Database
from tests.screens.steun.strained import add_strained, perform_waiting

Make = Callable[..., TestClient]


@pytest.fixture(scope="module")
def placements(screens_database: Database) -> dict[str, str]:
    return add_strained(screens_database)


def mark_of(page: str) -> str:
    found = re.search(r'name="_merk" value="([^"]+)"', page)
    assert found
    return found[1]


def send(client: TestClient, at: str, to: str, **fields: Any) -> Any:
    """Send a form of a page as a browser does."""
    page = client.get(at).text
    version = re.search(r'name="_versie" value="([^"]+)"', page)
    data = {"_merk": mark_of(page), **fields}
    if version:
        data["_versie"] = version[1].replace("&#34;", '"')
    return client.post(to, data=data)


def test_a_signal_is_reported_settled_and_told(client_as: Make, placements: dict[str, str]) -> None:
    """With its reason on the watch list; a wrong form keeps what was typed."""
    client = client_as("coordinator")
    listed = client.get("/volglijst").text
    assert "ThuisSPI-9001" in listed
    assert "pleegouders overbelast" in listed
    at = f"/plaatsingen/{placements['AM-9003']}/steun"
    wrong = send(client, at, f"{at}/signaal", soort="anders", toelichting="")
    assert wrong.status_code == 400
    assert "licht" in wrong.text
    told = send(client, at, f"{at}/signaal", soort="school", toelichting="Gaat niet meer.")
    assert "Gaat niet meer." in told.text
    found = re.search(rf'action="({at}/signaal/[0-9a-f-]+)"', told.text)
    assert found
    settled = send(client, at, found[1], reden="Weer naar school.")
    assert "Weer naar school." in settled.text


def test_a_reason_that_is_refused_stays_in_its_row(
    client_as: Make, placements: dict[str, str]
) -> None:
    """After a 400 in the form of that signal alone; where another settled it, beside theirs."""
    client = client_as("coordinator")
    at = f"/plaatsingen/{placements['AM-9003']}/steun"
    for told in ("De eerste van twee.", "De tweede van twee."):
        page = send(client, at, f"{at}/signaal", soort="school", toelichting=told).text
    row = next(part for part in page.split("<li") if "De tweede van twee." in part)
    to = row.split('action="', 1)[1].split('"', 1)[0]
    long = send(client, at, to, reden="Het gaat goed. " * 200)
    assert long.status_code == 400
    assert f'href="#reden-{to.rsplit("/", 1)[1]}"' in long.text
    assert long.text.count('<details class="niet-printen" open>') == 1
    refused = next(part for part in long.text.split("<li") if "De tweede van twee." in part)
    assert "Het gaat goed." in refused and "veld__fout" in refused and " open>" in refused
    assert send(client, at, to, reden="De school belde.").status_code == 200
    late = send(client, at, to, reden="Ik sprak de leerkracht.")
    assert late.status_code == 409
    assert "De school belde." in late.text and "Ik sprak de leerkracht." in late.text


def test_support_is_offered_and_told_whether_it_helped(
    client_as: Make, placements: dict[str, str]
) -> None:
    """On the version that was read: of two who answer at once the second sees both."""
    client = client_as("coordinator")
    at = f"/plaatsingen/{placements['AM-9002']}/steun"
    offered = send(client, at, f"{at}/aanbod", **{"soort-steun": "training"})
    found = re.search(rf'href="({at}/aanbod/[0-9a-f-]+)"', offered.text)
    assert found
    no = send(client, found[1], found[1], opgepakt="nee", geholpen="nog niet bekend")
    assert no.status_code == 400
    page = client.get(found[1]).text
    version = re.search(r'name="_versie" value="([^"]+)"', page)
    assert version
    old = {"_merk": mark_of(page), "_versie": version[1].replace("&#34;", '"')}
    ok = client.post(found[1], data=old | {"opgepakt": "ja", "geholpen": "deels"})
    assert "Deels" in ok.text
    late = client.post(found[1], data=old | {"opgepakt": "ja", "geholpen": "nee"})
    assert late.status_code == 412
    assert "Intussen door iemand anders gewijzigd" in late.text
    wrong = client.post(found[1], data=old | {"toelichtingGeholpen": "x" * 9000})
    assert wrong.status_code == 400
    assert f'name="_versie" value="{version[1]}"' in wrong.text  # not the newer one


def test_a_round_is_asked_solved_and_accepted(
    client_as: Make, placements: dict[str, str], screens_database: Database
) -> None:
    """Only a coordinator may; what it came to stands with the placement."""
    client = client_as("coordinator")
    asked = send(client, "/respijt", "/respijt")
    assert "De ronde is aangevraagd" in asked.text
    assert "Verversen" in asked.text
    perform_waiting(screens_database)
    at = str(asked.url.path)
    page = client.get(at).text
    assert "Logeerhuis" in page
    found = re.search(rf'action="({at}/[0-9a-f-]+)"', page)
    assert found
    refused = send(client, at, found[1])
    assert refused.status_code == 400
    accepted = send(client, at, found[1], gezinAkkoord="ja")
    assert "de plaats is bezet" in accepted.text
    assert "Logeerhuis" in accepted.text
    assert "Aangenomen" in client.get(at).text
    assert client_as("aanbieder-matcher", "spirit").get("/respijt").status_code == 403


def test_a_matcher_sees_its_own_and_no_child(client_as: Make, placements: dict[str, str]) -> None:
    """Nor a button for what it may not do."""
    page = client_as("aanbieder-matcher", "spirit").get("/volglijst").text
    assert "ThuisSPI-9001" in page
    assert "AM-9001" not in page
    assert "Respijt zoeken" not in page
    assert "Geen plaatsing op de volglijst" in (
        client_as("aanbieder-matcher", "vitree").get("/volglijst").text
    )


def test_support_that_was_found_is_offered_in_one_step(
    client_as: Make, placements: dict[str, str]
) -> None:
    """On the watch list and beside the signals, with why; then it is support like any other."""
    client = client_as("coordinator")
    assert "Gezinsbegeleiding thuis" in client.get("/volglijst").text
    at = f"/plaatsingen/{placements['AM-9002']}/steun"
    page = client.get(at).text
    assert "Is er voor: school." in page
    line = re.search(r'name="hulpvoorstel" value="([^"]+)"', page)
    assert line
    fields = {"soort-steun": "ambulante hulp", "hulpvoorstel": line[1]}
    told = send(client, at, f"{at}/aanbod", **fields)
    assert "Gezinsbegeleiding thuis (Spirit, AH-9)" in told.text
    assert "Leg vast dat dit is aangeboden" not in told.text
