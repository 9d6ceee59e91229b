"""The boards of the region on screens: what stands behind each chart, and for whom."""

from collections.abc import Callable

import pytest
from fastapi.testclient import TestClient

from app.screens.region.plots import Line, nice_top, plot_of
from tests.screens.looking import Looker

PAGES = ("wachten", "plaatsingen", "plekken", "preventie", "zelfevaluaties")
Clients = Callable[..., TestClient]


@pytest.mark.parametrize("page", PAGES)
def test_a_manager_sees_each_board(client_as: Clients, page: str) -> None:
    """Nothing leads to a child; behind every chart stands a table."""
    answer = client_as("regiomanager").get(f"/regio/{page}")
    assert answer.status_code == 200, answer.text[:2000]
    assert 'aria-current="page"' in answer.text
    assert "/kinderen/" not in answer.text
    charts, tables = answer.text.count('<svg class="grafiek"'), answer.text.count("<table")
    assert tables >= charts or page == "wachten"


@pytest.mark.parametrize("page", PAGES[:4])
def test_a_wrong_period_is_told_beside_its_field(client_as: Clients, page: str) -> None:
    """And the figures of the last year stay."""
    answer = client_as("regiomanager").get(f"/regio/{page}?van=2026-02-01&tot=2026-01-01")
    assert answer.status_code == 400
    assert "Ligt na totEnMet" in answer.text
    assert "<table" in answer.text


def test_they_speak_english(client_as: Clients) -> None:
    """What the API says in Dutch is marked as such."""
    client = client_as("regiomanager")
    client.cookies.set("pleegzorg-taal", "en")
    for page in (*PAGES[:4], "jaarverslag/2025"):
        text = client.get(f"/regio/{page}").text
        assert 'html lang="en"' in text
        assert "are not told" in text
        assert "leefhuis" not in text.split('lang="nl"')[0]


def test_what_comes_after_a_placement_is_told(client_as: Clients) -> None:
    """Where children went and what the records say: on the board, in the report and in its file."""
    client = client_as("regiomanager")
    for page in ("plaatsingen", "jaarverslag/2025"):
        text = client.get(f"/regio/{page}").text
        for words in ("Waarheen na de plaatsing", "ander pleeggezin", "afbreukverslagen zeggen"):
            assert words in text, (page, words)
    told = client.get("/regio/jaarverslag/2025/jaarverslag.csv").text
    for words in ("naPlaatsing.aantal", "afbreukverslagen.redenen.aantal"):
        assert words in told


def test_a_provider_has_no_such_screens(client_as: Clients) -> None:
    """Nor has whoever registers children for a municipality."""
    for role, organisation in (("aanbieder-matcher", "spirit"), ("verwijzer", "gi-1")):
        client = client_as(role, organisation)
        for page in (*PAGES, "jaarverslag/2025"):
            assert client.get(f"/regio/{page}").status_code == 403


def test_a_line_breaks_where_nothing_is_told() -> None:
    """And stays within the chart; nothing lies at its bottom."""
    plot = plot_of([Line("a", [(0.0, 0.0), (1.0, 10.0), None, (3.0, 5.0)])], {0.0: "a", 3.0: "d"})
    (line,) = plot.lines
    assert line.path.count("M") == 2
    assert len(line.dots) == 3
    assert [tick.label for tick in plot.up] == ["0", "2,5", "5", "7,5", "10"]
    assert line.dots[0][1] == plot.up[0].at
    assert line.dots[1][1] == plot.up[-1].at
    assert all(0 <= x <= plot.width and 0 <= y <= plot.height for x, y in line.dots)


def test_a_band_lies_around_its_line() -> None:
    """Outlined there and back."""
    plot = plot_of([Line("a", [(0.0, 90.0), (1.0, 80.0)], [(0.0, 85.0, 95.0), (1.0, 70.0, 88.0)])],
                   {0.0: "0", 1.0: "1"}, top=100.0)  # fmt: skip
    assert plot.lines[0].band.count("L") == 3
    assert plot.lines[0].band.endswith("Z")


@pytest.mark.parametrize(
    ("most", "top"), [(0, 4), (3, 4), (10, 10), (11, 20), (70, 80), (101, 200)]
)
def test_an_axis_ends_at_a_round_number(most: float, top: float) -> None:
    """That is not below the largest value."""
    assert nice_top(most) == top


@pytest.mark.parametrize("page", [*PAGES, "jaarverslag/2026"])
def test_they_are_right_in_a_browser(look: Callable[..., Looker], page: str) -> None:
    """For axe, at 320 pixels, with large text."""
    looker = look("regiomanager")
    looker.go(f"/regio/{page}")
    assert looker.complaints() == []
    looker.shoot(f"regio-{page.split('/', maxsplit=1)[0]}")


@pytest.mark.parametrize("role", ["regiomanager", "auditor", "coordinator"])
def test_the_watch_list_in_numbers_is_shown(client_as: Clients, role: str) -> None:
    """Beside prevention and in the report of this year: numbers, and no child or family."""
    client = client_as(role)
    for page in ("preventie", "jaarverslag/2026"):
        text = client.get(f"/regio/{page}").text
        card = text.partition('id="kop-volglijst"')[2].partition("</section>")[0]
        assert "Daarvan op de volglijst" in card, page
        assert "Daarvan met respijt" in card
        assert "/plaatsingen/" not in card
