"""The file of a child: what it tells, and what is done from there."""

import re
from collections.abc import Callable

import httpx2
from fastapi.testclient import TestClient

from tests.screens.served import mark_in

As = Callable[..., TestClient]
Send = Callable[..., httpx2.Response]
Find = Callable[[TestClient], str]


def test_the_file_tells_what_is_known_and_what_is_missing(client_as: As, first_child: Find) -> None:
    """Facts, gaps with why they matter, what stops a placement, the road, and where to go on."""
    client = client_as("coordinator")
    where = first_child(client)
    page = client.get(where).text
    for words in (
        "De stem van het kind", "Wat nog ontbreekt", "Houdt een plaatsing tegen",
        "Wie het gezag heeft is niet vastgelegd", "De weg tot nu toe", f"{where}/voorstellen",
        f"{where}/stappen",
    ):  # fmt: skip
        assert words in page, words
    assert f"{where}/aanvullen" not in page  # a coordinator corrects, and does not fill in
    assert f"{where}/correctie" in page
    assert client_as("auditor").get(where).status_code == 403


def test_a_disputed_fact_is_corrected_and_the_old_value_stays(
    client_as: As, send: Send, first_child: Find
) -> None:
    """Chosen, amended with who and why, and shown with what it was."""
    client = client_as("aanmeldpunt")
    where = first_child(client)
    form = f"{where}/correctie?veld=problematiek.lvb"
    now = re.search(r"Er staat nu</dt><dd>(\d)", client.get(form).text)
    assert now
    value = "3" if now[1] != "3" else "0"
    typed = {"problematiek.lvb": value, "betwistDoor": "ouder", "reden": "Nieuw onderzoek."}
    refused = send(client, form, f"{where}/correctie", typed | {"reden": ""})
    assert refused.status_code == 400
    assert 'id="reden-fout"' in refused.text
    page = send(client, form, f"{where}/correctie", typed).text
    assert "Nieuw onderzoek." in page
    assert f"Er stond: {now[1]} –" in page


def test_the_same_value_is_told_beside_the_field(
    client_as: As, send: Send, first_child: Find
) -> None:
    """There is nothing to correct; what was typed stays."""
    client = client_as("aanmeldpunt")
    where = first_child(client)
    form = f"{where}/correctie?veld=rookvrijNodig"
    now = "ja" if 'value="ja" checked' in client.get(form).text else "nee"
    typed = {"rookvrijNodig": now, "betwistDoor": "kind", "reden": "Klopt niet."}
    answer = send(client, form, f"{where}/correctie", typed)
    assert answer.status_code == 400
    assert "er is niets te corrigeren" in answer.text
    assert "Klopt niet." in answer.text


def test_the_legal_frame_is_recorded_and_opens_a_placement(
    client_as: As, send: Send, first_child: Find
) -> None:
    """Who has authority and agrees; a second writer sees both versions."""
    client = client_as("coordinator")
    where = first_child(client)
    to = f"{where}/juridisch-kader"
    old = client.get(to).text
    typed = {
        "gezag[1]-rij": "ja", "gezag[1].soort": "ouder", "gezag[1].toestemming": "ja",
        "gezag[2]-rij": "ja", "verantwoordelijkeGemeente": "Amsterdam",
    }  # fmt: skip
    page = send(client, old, to, typed).text
    assert "Wie het gezag heeft is niet vastgelegd" not in page
    assert "Ouder, stemt in" in page
    late = send(client, old, to, typed | {"verantwoordelijkeGemeente": "Diemen"})
    assert late.status_code == 412
    assert "Diemen" in late.text and "Amsterdam" in late.text
    wrong = send(client, to, to, typed | {"machtigingTotEnMet": "gisteren"})
    assert wrong.status_code == 400
    assert 'id="machtigingTotEnMet-fout"' in wrong.text


def test_what_is_missing_is_filled_in_from_the_file(
    client_as: As, send: Send, first_child: Find
) -> None:
    """A step of the same form; what the other steps say stays as it is."""
    client = client_as("aanmeldpunt")
    where = first_child(client)
    step = f"{where}/aanvullen/wensen"
    typed = {"stemVanHetKind": "Ik wil een hond.", "andereKinderen": "wel"}
    answer = send(client, step, step, typed)
    assert answer.url.path == where
    assert "Ik wil een hond." in answer.text


def _find(client: TestClient, asked: str) -> httpx2.Response:
    """Search as the field in the header does."""
    mark = mark_in(client.get("/wachtlijst").text)
    return client.post("/kinderen/zoek", data={"_merk": mark, "zoek": asked})


def test_a_child_is_found_by_number_and_never_in_an_address(client_as: As) -> None:
    """One finds its file; none says what to do; the number is in no address."""
    client = client_as("aanmeldpunt")
    number = re.findall(r">(AM-[\d-]+)</a>", client.get("/wachtlijst?stand=zoekt").text)[0]
    answer = _find(client, number)
    assert re.fullmatch(r"/kinderen/[0-9a-f-]{36}", answer.url.path)
    assert number in answer.text
    nobody = _find(client, "999 990 019")
    assert "Niemand gevonden" in nobody.text
    assert "999" not in str(nobody.url)
    assert _find(client, "123456789").status_code == 400


def test_who_may_not_search_by_bsn_finds_by_number(client_as: As) -> None:
    """The beginning is enough; several are shown to choose from; an auditor has no such field."""
    client = client_as("coordinator")
    page = client.get("/wachtlijst?stand=zoekt").text
    assert 'placeholder="Aanmeldnummer"' in page
    number = re.findall(r">(AM-[\d-]+)</a>", page)[0]
    assert number in _find(client, number.lower()).text
    several = _find(client, "AM-2026")
    assert several.text.count('<a href="/kinderen/') > 1
    assert "Niemand gevonden" in _find(client, "AM-0").text
    bsn = _find(client, "999990019")
    assert bsn.status_code == 400
    assert "Zoek op aanmeldnummer" in bsn.text
    assert "kopzoek" not in client_as("auditor").get("/geschiedenis").text


def test_a_registration_is_withdrawn_with_a_reason(
    client_as: As, send: Send, first_child: Find
) -> None:
    """From a list; without one it is asked again, and afterwards nothing can be changed."""
    client = client_as("aanmeldpunt")
    where = first_child(client)
    to = f"{where}/intrekken"
    assert send(client, to, to).status_code == 400
    page = send(client, to, to, {"reden": "thuis gebleven"}).text
    assert "Het kind kan thuis blijven" in page
    assert f"{where}/aanvullen" not in page and to not in page


def test_an_unknown_child_is_a_page_that_says_so(client_as: As) -> None:
    """Also for one that is not for whoever asks."""
    none = "/kinderen/01a2238e-421e-703c-be7a-6af889f94516"
    assert client_as("verwijzer", "gi-a").get(none).status_code == 404
