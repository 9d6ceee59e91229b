"""The crisis desk by its forms alone, without a browser."""

import re
from collections.abc import Callable

import pytest
from fastapi.testclient import TestClient

from app.db.opened import Database
from app.screens.crisis import paper
from app.screens.crisis import report as report_screen
from tests.screens.crisis.night import FOR_CRISIS, LONGER, add_children, add_homes
from tests.screens.served import mark_in

ClientAs = Callable[..., TestClient]
SIX = {
    "leeftijd": "9", "geslacht": "meisje", "veiligheid": "weglopen", "postcodeNu": "1012AB",
    "terugbelnummer": "06-12345678",
}  # fmt: skip


@pytest.fixture(scope="module", autouse=True)
def _homes(screens_database: Database) -> None:
    add_homes(screens_database)
    add_children(screens_database)


def report(desk: TestClient, **more: str) -> str:
    """Report a crisis; return where it stands."""
    mark = mark_in(desk.get("/crisis/nieuw").text)
    made = desk.post("/crisis/nieuw", data={"_merk": mark, **SIX, **more}, follow_redirects=False)
    assert made.status_code == 303, made.text
    return str(made.headers["location"])


def send(desk: TestClient, place: str, what: str, **fields: str) -> str:
    """Send a form of a report's page; return the page after it."""
    mark = mark_in(desk.get(place).text)
    return str(desk.post(f"{place}/{what}", data={"_merk": mark, **fields}).text)


def call(desk: TestClient, place: str, outcome: str, family: str = "SPI-501", **more: str) -> str:
    return send(desk, place, "bel", aanbieder="spirit", gezin=family, uitkomst=outcome, **more)


def test_six_fields_show_whom_to_call(client_as: ClientAs) -> None:
    """The nearest first, with what to say before the yes."""
    desk = client_as("crisisdienst")
    page = desk.get(report(desk)).text
    assert page.index("De Vries") < page.index("Bakker")
    assert "Niet gevraagd of het gezin weglopen aankan" in page
    assert 'href="tel:0612345678"' in page


def test_what_is_wrong_stands_beside_its_field(client_as: ClientAs) -> None:
    """With all that was typed still there, also of a brother or sister."""
    desk = client_as("crisisdienst")
    mark = mark_in(desk.get("/crisis/nieuw").text)
    wrong = {**SIX, "terugbelnummer": "bel maar", "broer2-leeftijd": "7"}
    answer = desk.post("/crisis/nieuw", data={"_merk": mark, **wrong})
    assert answer.status_code == 400
    assert 'id="terugbelnummer-fout"' in answer.text
    assert "Broer of zus 2, geslacht: ontbreekt" in answer.text
    assert 'value="bel maar"' in answer.text
    assert re.search(r'value="weglopen" checked', answer.text)


def test_a_no_takes_a_family_off_and_a_later_yes_still_counts(client_as: ClientAs) -> None:
    """People call back at night."""
    desk = client_as("crisisdienst")
    place = report(desk)
    page = call(desk, place, "nee", toelichting="Ziek.")
    assert "Nee vastgelegd" in page and "Ziek." in page
    assert "<h3>De Vries" not in page and "<h3>Bakker" in page
    page = call(desk, place, "ja")
    assert "Het bed ligt vast" in page and "Dossier uiterlijk" in page
    assert "Het bed is vrij" in send(desk, place, "vrijgeven", **{"reden-vrijgeven": "Toch niet."})


def test_two_at_the_desk_do_not_give_one_bed_twice(client_as: ClientAs) -> None:
    """Who is too late is told, and sees what stands there now; what was typed is still there."""
    desk, colleague = client_as("crisisdienst"), client_as("aanmeldpunt")
    mine, theirs = report(desk), report(colleague)
    call(colleague, theirs, "ja")
    page = call(desk, mine, "ja")
    assert "Dit bed is intussen vergeven" in page and "<h3>Bakker" in page
    page = call(desk, theirs, "nee", "SPI-502")
    assert "er wordt nu geen bed gezocht" in page and "Het bed ligt vast" in page
    for place in (mine, theirs):
        send(desk, place, "sluiten", **{"reden-sluiten": "Einde van de toets."})


def test_a_yes_for_some_asks_when_they_are_together_again(client_as: ClientAs) -> None:
    """Three beds in one house are not there: beside the field it says what is asked."""
    desk = client_as("crisisdienst")
    kin = {f"broer{n}{part}": v for n in (1, 2) for part, v in (("-leeftijd", "5"), ("", "jongen"))}
    place = report(desk, **kin)
    page = desk.get(place).text
    assert "Bij een ja: weer samen uiterlijk op" in page
    page = call(desk, place, "ja", "SPI-502")
    assert 'id="herenigenVoor-fout"' in page
    send(desk, place, "sluiten", **{"reden-sluiten": "Naar een buurregio."})


def test_a_registration_is_linked_by_its_number(client_as: ClientAs) -> None:
    """A number that is not there is said beside the field; a known one ends the desk's work."""
    desk = client_as("crisisdienst")
    place = report(desk, leeftijd="6")
    call(desk, place, "ja")
    page = send(desk, place, "koppelen", aanmeldnummer="AM-9999-1")
    assert 'id="aanmeldnummer-fout"' in page
    number = desk.get("/crisis").text  # the desk itself still shows that a file is awaited
    assert "dossier uiterlijk" in number
    page = send(desk, place, "koppelen", aanmeldnummer=LONGER)
    assert "Dossier gekoppeld" in page
    assert place not in desk.get("/crisis").text
    assert place in desk.get("/crisis/afgerond").text


def test_a_registration_for_crisis_asks_what_comes_after(client_as: ClientAs) -> None:
    """Beside the field, with the form open; a child that is not as reported asks for a reason."""
    desk = client_as("crisisdienst")
    place = report(desk, leeftijd="9")
    call(desk, place, "ja", "SPI-502")
    page = send(desk, place, "koppelen", aanmeldnummer=FOR_CRISIS)
    assert 'id="vervolg-fout"' in page
    on = {
        "aanmeldnummer": FOR_CRISIS, "vervolg.vorm": "opvoeding",
        "vervolg.verwachteDuurMaanden": "24", "vervolg.moetWegOp": "2099-01-01",
    }  # fmt: skip
    page = send(desk, place, "koppelen", **on)
    assert "een meisje van 9 jaar" in page and 'name="redenAnders"' in page
    page = send(desk, place, "koppelen", **on, redenAnders="De leeftijd was verkeerd verstaan.")
    assert "Dossier gekoppeld" in page and "De leeftijd was verkeerd verstaan." in page
    page = send(desk, place, "vrijgeven", **{"reden-vrijgeven": "Naar huis."})
    assert "Het bed is vrij" in page


def test_fewer_children_than_beds_are_told_with_a_reason(client_as: ClientAs) -> None:
    """Beside its field without one; then one bed waits on."""
    desk = client_as("crisisdienst")
    kin = {"broer1-leeftijd": "7", "broer1": "jongen"}
    place = report(desk, **kin)
    page = call(desk, place, "ja", "SPI-502")
    assert "2 bedden wachten" in page
    assert 'id="reden-minder-fout"' in send(desk, place, "minder", bedden="1")
    page = send(desk, place, "minder", bedden="1", **{"reden-minder": "De broer bleef thuis."})
    assert "1 bed wacht" in page and "De broer bleef thuis." in page
    send(desk, place, "vrijgeven", **{"reden-vrijgeven": "Toch niet."})


def test_a_close_without_a_reason_is_refused(client_as: ClientAs) -> None:
    """Beside the field; with one the report is done."""
    desk = client_as("crisisdienst")
    place = report(desk)
    assert 'id="reden-sluiten-fout"' in send(desk, place, "sluiten")
    page = send(desk, place, "sluiten", **{"reden-sluiten": "Slaapt bij oma."})
    assert "Slaapt bij oma." in page
    assert place in desk.get("/crisis/afgerond?stand=gesloten").text


def test_the_list_for_paper_says_when_it_was_made(client_as: ClientAs) -> None:
    """And names every family with the road when there is none."""
    page = client_as("crisisdienst").get("/crisis/lijst").text
    (row,) = (part for part in page.split("<tr>") if "Bakker" in part)
    assert 'data-kop="Huis">rookvrij<' in row
    assert 'data-kop="Neemt niet bij">rolstoel<' in row
    assert re.search(r"Gemaakt op \d+ \w+ \d{4} om \d\d:\d\d", page)
    assert "Bakker, Amsterdam" in page and "Bestuurlijk piket" in page


def test_a_long_list_is_shown_in_parts_and_whole_for_paper(
    client_as: ClientAs, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only the whole list has a button to print it: a part on paper would pass for all there is."""
    monkeypatch.setattr(paper, "A_SCREEN", 1)
    client = client_as("crisisdienst")
    first = client.get("/crisis/lijst").text
    assert "data-print" not in first and 'href="/crisis/lijst?alles=ja"' in first
    following = re.findall(r'href="(/crisis/lijst\?cursor=[^"]+)"', first)
    second = client.get(following[0]).text
    rows = [re.findall(r'<th scope="row">(.*?)<', page) for page in (first, second)]
    assert [len(row) for row in rows] == [1, 1] and rows[0] != rows[1]
    whole = client.get("/crisis/lijst?alles=ja").text
    assert "data-print" in whole
    assert re.findall(r'<th scope="row">(.*?)<', whole)[:2] == [*rows[0], *rows[1]]


def test_who_keeps_a_number_keeps_their_own(client_as: ClientAs) -> None:
    """A matcher that of its own provider; the desk itself reads them."""
    matcher = client_as("aanbieder-matcher", "spirit")
    page = matcher.get("/crisis/nummers").text
    assert 'href="/crisis/nummers" aria-current="page">Crisisnummers' in page
    assert (
        re.findall(r'<option value="(\w+)"', page.split("nummers/dienst", 1)[1]) == ["spirit"] * 2
    )
    sent = {"_merk": mark_in(page), "aanbieder": "spirit"}
    kept = matcher.post("/crisis/nummers/dienst", data={**sent, "telefoon": "020-1111111"})
    assert "Het nummer is bewaard" in kept.text and "020-1111111" in kept.text
    stale = matcher.post("/crisis/nummers/dienst", data={**sent, "telefoon": "020-3333333"})
    assert stale.status_code == 412  # the page of before there was one
    (version,) = re.findall(r'name="versie.spirit" value="&#34;(\d+)&#34;"', stale.text)
    seen = {**sent, "telefoon": "020-1111111", "versie.spirit": f'"{version}"'}
    assert "is bewaard" in matcher.post("/crisis/nummers/dienst", data=seen).text
    wrong = matcher.post(
        "/crisis/nummers/gezin", data={**sent, "gezin": "SPI-501", "telefoon": "x"}
    )
    assert wrong.status_code == 400 and 'id="telefoon-gezin-fout"' in wrong.text
    desk = client_as("crisisdienst")
    theirs = desk.get("/crisis/nummers").text
    assert "nummers/dienst" not in theirs
    assert "Crisisnummers" not in theirs  # found under Crisis
    assert "020-1111111" in desk.get(report(desk)).text


def test_a_coordinator_reads_and_does_not_call(client_as: ClientAs) -> None:
    """The desk is theirs to see; the forms are not there and the page of a new report is not."""
    desk = client_as("crisisdienst")
    place = report(desk)
    coordinator = client_as("coordinator")
    page = coordinator.get(place).text
    assert "Bakker" in page and "Wat zei" not in page
    assert coordinator.get("/crisis/nieuw").status_code == 403
    assert client_as("verwijzer", "gi-a").get("/crisis").status_code == 403


def test_a_long_list_of_beds_begins_with_the_nearest(
    client_as: ClientAs, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The rest is one click away."""
    monkeypatch.setattr(report_screen, "A_NIGHT", 1)
    desk = client_as("crisisdienst")
    place = report(desk)
    page = desk.get(place).text
    assert page.count('<li class="bed ') == 1
    assert f'href="{place}?alles=ja#bellen"' in page
    assert desk.get(f"{place}?alles=ja").text.count('<li class="bed') > 1
