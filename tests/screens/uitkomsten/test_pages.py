"""The pages of outcomes: for whom, with what behind each chart, and deciding without a script."""

from collections.abc import Callable

import pytest
from fastapi.testclient import TestClient

from app.screens.uitkomsten.charts import plot_of, rows_of
from tests.screens.served import mark_in

Maker = Callable[..., TestClient]
BOARD, FAIR, LIST = "/uitkomsten", "/uitkomsten/eerlijkheid", "/uitkomsten/weegfactoren"
REASON = "Besproken in het overleg van november."


@pytest.mark.parametrize("role", ["regiomanager", "coordinator", "auditor"])
def test_the_boards_are_there_for_who_watches_over_them(client_as: Maker, role: str) -> None:
    """With a table behind every chart, and nobody's number."""
    client = client_as(role)
    for path in (BOARD, FAIR, LIST):
        page = client.get(path)
        assert page.status_code == 200, page.text
        assert page.text.count("<svg class") <= page.text.count("<table")
        assert "AM-" not in page.text
    assert "Kansen uitzetten" in client.get(BOARD).text or role != "coordinator"


@pytest.mark.parametrize("role", ["aanmeldpunt", "crisisdienst"])
def test_others_have_no_such_screen(client_as: Maker, role: str) -> None:
    """Nor a menu entry for it."""
    client = client_as(role)
    assert client.get(BOARD).status_code == 403
    assert 'href="/uitkomsten"' not in client.get("/wachtlijst").text


def test_a_wrong_period_is_told_beside_its_field(client_as: Maker) -> None:
    """And the board of the last years stays."""
    answer = client_as("regiomanager").get(f"{FAIR}?van=2026-02-01&tot=2026-01-01&maat=nee")
    assert answer.status_code == 400
    assert "Ligt na totEnMet" in answer.text


def test_a_coordinator_accepts_and_rolls_back(client_as: Maker) -> None:
    """Each with a reason, which stays to be read; a manager sees the page and no form."""
    client = client_as("coordinator")
    path = f"{LIST}/{version(client)}"
    page = client.get(path).text
    assert "Naast de versie die gold" in page
    assert "kinderen kregen een andere eerste keus" in page
    assert "Besluit vastleggen" not in client_as("regiomanager").get(path).text
    sent = {"_merk": mark_in(page), "besluit": "aanvaarden", "reden": "kort"}
    refused = client.post(path, data=sent)
    assert refused.status_code == 400
    assert 'id="reden-fout"' in refused.text
    done = client.post(path, data=sent | {"reden": REASON})
    assert "Zij geldt vanaf de volgende run" in done.text
    listed = client.get(LIST).text
    assert REASON in listed
    back = client.post(LIST, data={"_merk": mark_in(listed), "reden": REASON})
    assert "De vorige weegfactoren zijn terug" in back.text
    assert "teruggedraaid" in back.text


def test_the_chances_are_switched_off_and_on(client_as: Maker) -> None:
    """Proposals then say that they are off; without a reason nothing happens."""
    client = client_as("coordinator")
    page = client.get(BOARD).text
    form = {"_merk": mark_in(page), "naar": "uit"}
    assert client.post(BOARD, data=form).status_code == 400
    off = client.post(BOARD, data=form | {"reden": REASON}).text
    assert "De kansen zijn uitgezet" in off
    waiting = client.get("/wachtlijst").text
    child = waiting.split('href="/kinderen/', 1)[1].split('"', 1)[0].split("/")[0]
    told = client.get(f"/kinderen/{child}/voorstellen")
    assert told.status_code == 200
    assert "uitgezet" in told.text or "waarom" in told.text.lower()
    assert "Inschatting uit literatuur" not in told.text
    on = client.post(BOARD, data=form | {"naar": "aan", "reden": REASON}).text
    assert "De kansen zijn weer aan" in on


def test_learning_can_be_asked_for(client_as: Maker) -> None:
    """A worker does it; the page says that it will."""
    client = client_as("coordinator")
    page = client.get(LIST).text
    once = page.split('name="_eenmalig" value="', 1)[1].split('"', 1)[0]
    told = client.post(f"{LIST}/leren", data={"_merk": mark_in(page), "_eenmalig": once})
    assert "worker leert van de uitkomsten" in told.text


def test_a_version_that_is_not_there_is_said(client_as: Maker) -> None:
    """In a sentence."""
    assert client_as("auditor").get(f"{LIST}/uitkomsten-nooit").status_code == 404


def version(client: TestClient) -> str:
    return client.get(LIST).text.split(f'href="{LIST}/', 1)[1].split('"', 1)[0]


def test_rows_lie_on_one_scale() -> None:
    """The largest upper bound fills the space; what is not told draws nothing."""
    interval = {"waarde": 5.0, "laag": 4.0, "hoog": 10.0}
    drawn = rows_of([("a", interval, 2.0, "5"), ("b", None, None, "< 10")], line=5.0)
    first, second = drawn.rows
    assert (first.at, first.high, drawn.line) == (320.0, 450.0, 320.0)
    assert (second.at, second.tick) == (None, None)
    assert rows_of([]).height == 0


def test_points_on_the_diagonal_are_right() -> None:
    """What was seen as stated lies as far up as along."""
    group = {"voorspeld": 0.3, "gezien": {"waarde": 0.3, "laag": 0.2, "hoog": 0.4}}
    (point,) = plot_of([group, {"voorspeld": None, "gezien": None}]).points
    assert point.x == 320 - point.y


def test_what_a_cap_costs_stands_in_a_table(client_as: Maker) -> None:
    """The last run's cap, with and without it, for all children and by group; small ones hidden."""
    page = client_as("regiomanager").get(FAIR).text
    assert "Boven een kans op een breakdown van 45% is er geen voorstel." in page
    assert "Voorstel, zonder de grens" in page
    table = page[page.index("Voorstel, zonder de grens") :]
    assert "Alle kinderen" in table
    assert "vorm opvoeding" in table
    assert "niet getoond" in table
