"""The button that undoes goes to what undoes, whatever the cookie says."""

from urllib.parse import quote

import pytest

from app.screens.way_back import WayBack, read, written


def test_what_is_written_is_read() -> None:
    """With its version and where one goes after it, also with a number that holds a space."""
    way = WayBack("/gezinnen/spirit/SPI%201/bevestig/ongedaan", '"3"', "/gezinnen?nummer=SPI%201")
    assert read(written(way)) == way
    assert read(written(WayBack("/concepten/1/stoppen/ongedaan"))) is not None


@pytest.mark.parametrize(
    "cookie",
    [
        None,
        "",
        "x",
        "[]",
        "{}",
        '["/uitloggen", null, null]',
        '["//elders.example/ongedaan", null, null]',
        '["https://elders.example/ongedaan", null, null]',
        '["/a/ongedaan", null, "https://elders.example"]',
        '["/a/ongedaan", null, "//elders.example"]',
        '["/a/ongedaan", 3, null]',
        '[["/a/ongedaan"], null, null]',
    ],
)
def test_what_leads_elsewhere_is_no_way_back(cookie: str | None) -> None:
    """Nor is what is no cookie of ours at all."""
    assert read(cookie and quote(cookie)) is None
