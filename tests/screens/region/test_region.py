"""The region's figures on a screen: for whom, with what behind each chart, and how it looks."""

from collections.abc import Callable

import pytest
from fastapi.testclient import TestClient

from app.screens.chart_labels import PER_LETTER, place_labels
from app.screens.charts import bars_of, dots_of
from tests.screens.looking import Looker
from tests.screens.steps.walking import Walk, find_child


def test_a_manager_begins_here(client_as: Callable[..., TestClient]) -> None:
    """Nothing on it leads to a child: it is the manager's first screen, and figures alone."""
    client = client_as("regiomanager")
    page = client.get("/")
    assert page.url.path == "/regio"
    assert "kinderen wachten" in page.text
    assert "/kinderen/" not in page.text
    assert page.text.count("<svg class") == page.text.count("Toon als tabel")


def test_a_wrong_period_is_told_beside_its_field(client_as: Callable[..., TestClient]) -> None:
    """And the figures of the last year stay."""
    answer = client_as("regiomanager").get("/regio?van=2026-02-01&tot=2026-01-01")
    assert answer.status_code == 400
    assert "Ligt na totEnMet" in answer.text
    assert "kinderen wachten" in answer.text


def test_a_provider_has_no_such_screen(client_as: Callable[..., TestClient]) -> None:
    """No provider is held against another here."""
    assert client_as("aanbieder-matcher", "spirit").get("/regio").status_code == 403


def test_bars_are_as_long_as_their_values() -> None:
    """The largest fills the space; one that is not told has no length."""
    drawn = bars_of([("a", 10.0, "10"), ("b", 5.0, "5"), ("c", None, "< 5")])
    first, second, third = (bar.length for bar in drawn.bars)
    assert first == 2 * second
    assert third == 0
    assert bars_of([]).height == 0


def test_dots_stay_within_the_map() -> None:
    """Whatever lies furthest; north is up and east is right."""
    areas = [
        {"groep": "noordoost", "aantal": 40, "breedte": 52.6, "lengte": 5.2},
        {"groep": "zuidwest", "aantal": None, "breedte": 52.2, "lengte": 4.5},
        {"groep": "nergens", "aantal": 9, "breedte": None, "lengte": None},
    ]
    dots = {dot.name: dot for dot in dots_of(areas, width=560, height=380)}
    assert dots.keys() == {"noordoost", "zuidwest"}
    assert dots["noordoost"].x > dots["zuidwest"].x
    assert dots["noordoost"].y < dots["zuidwest"].y
    for dot in dots.values():
        assert dot.radius <= dot.x <= 560 - dot.radius
        assert dot.radius <= dot.y <= 380 - dot.radius
    assert len(dots_of(areas[:1], width=560, height=380)) == 1


@pytest.mark.parametrize("place", ["/regio"])
def test_it_is_right_in_a_browser(look: Callable[..., Looker], place: str) -> None:
    """For axe, at 320 pixels, with large text."""
    looker = look("regiomanager")
    looker.go(place)
    assert looker.complaints() == []
    looker.shoot("regio")


def test_no_name_on_the_map_lies_over_another() -> None:
    """A name goes to another side of its dot where there is no room, or is left to the table."""
    names = ["Amsterdam", "Diemen", "Ouder-Amstel", "Amstelveen", "Landsmeer"]
    dots = [(280.0, 180.0, 26.0), (310.0, 195.0, 5.0), (300.0, 205.0, 5.0),
            (262.0, 230.0, 5.0), (282.0, 130.0, 5.0)]  # fmt: skip
    placed = place_labels(names, dots, width=560, height=380)
    shown = [(name, label) for name, label in zip(names, placed, strict=True) if label]
    assert len(shown) >= 4
    boxes = []
    for name, label in shown:
        wide = len(name) * PER_LETTER
        left = label.x - {"start": 0.0, "middle": wide / 2, "end": wide}[label.anchor]
        boxes.append((left, label.y - 11, left + wide, label.y + 3))
    for at, one in enumerate(boxes):
        for other in boxes[at + 1 :]:
            apart = one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1]
            assert apart or other[3] <= one[1], (one, other)


def test_a_total_of_a_few_is_fewer_than_five(client_as: Callable[..., TestClient]) -> None:
    """In words, and nothing of it is broken down; a coordinator has the list, and the number."""
    staff = client_as("coordinator")
    Walk(staff, find_child(staff)).begin()
    page = client_as("regiomanager").get("/regio").text
    assert "<b>minder dan 5</b><span>gezinnen gevraagd</span>" in page
    assert "Te weinig om uit te splitsen" in page
    assert "<b>1</b><span>gezinnen gevraagd</span>" in staff.get("/regio").text
