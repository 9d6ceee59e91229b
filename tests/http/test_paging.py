"""A cursor is opaque: what we did not give is refused with a sentence, whoever pages by it."""

import pytest

from app.http.paging import encode_cursor, id_after
from app.kernel.errors import InputRefused
from app.kernel.ids import new_id


def test_an_id_comes_back_out_of_a_cursor() -> None:
    """What a page ended with is where the next one begins; no cursor is the first page."""
    key = new_id()
    assert id_after(encode_cursor(str(key))) == key
    assert id_after(None) is None


@pytest.mark.parametrize("cursor", ["", "%%%", encode_cursor("AM-1"), encode_cursor("a\0b")])
def test_a_cursor_of_somebody_else_is_refused(cursor: str) -> None:
    """Never a page that begins somewhere by chance."""
    with pytest.raises(InputRefused, match=r"^cursor: deze is niet door ons gegeven"):
        id_after(cursor)
