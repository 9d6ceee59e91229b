"""How the pages of outcomes look: for axe, at 320 pixels, with large text."""

from collections.abc import Callable

import pytest

from tests.screens.looking import Looker


@pytest.mark.parametrize(
    ("place", "name"),
    [
        ("/uitkomsten", "kalibratie"),
        ("/uitkomsten/eerlijkheid", "eerlijkheid"),
        ("/uitkomsten/weegfactoren", "weegfactoren"),
    ],
)
def test_the_pages_are_right_in_a_browser(
    look: Callable[..., Looker], place: str, name: str
) -> None:
    """Each of the boards, with outcomes behind it."""
    looker = look("coordinator")
    looker.go(place)
    assert looker.complaints() == []
    looker.shoot(name)


def test_a_version_is_right_in_a_browser(look: Callable[..., Looker]) -> None:
    """With the comparison and the form."""
    looker = look("coordinator")
    looker.go("/uitkomsten/weegfactoren")
    looker.page.click("table a")
    assert looker.complaints() == []
    looker.shoot("weegfactoren-versie")
