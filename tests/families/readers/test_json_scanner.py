"""A list in JSON read member by member says what the standard parser says of the whole file."""

import json
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.families.readers import json_scanner
from app.families.readers.json_scanner import ListScanner
from app.kernel.errors import InputRefused
from app.kernel.json_objects import Doubled

values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=40),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=8,
)


@pytest.fixture(autouse=True, scope="module")
def short_sight() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(json_scanner, "SIGHT", 24)
        patched.setattr(json_scanner, "MAX_SIGHT", 2**20)
        yield


def scan(text: str, size: int) -> list[object]:
    pieces = (text[at : at + size] for at in range(0, len(text), size))
    members = ListScanner("x.json", pieces).members()
    return [member.content if isinstance(member, Doubled) else member for member in members]


@settings(deadline=None)
@given(members=st.lists(values, max_size=6), indent=st.none() | st.just(1), size=st.integers(1, 60))
def test_any_list(members: list[object], indent: int | None, size: int):
    """Whatever the members, and however the text is cut into pieces, they come back in order."""
    assert scan(json.dumps(members, indent=indent, ensure_ascii=False), size) == members


@settings(deadline=None)
@given(
    members=st.lists(values, min_size=1, max_size=4),
    place=st.floats(0, 1),
    added=st.sampled_from(["", ",", "]", "}", '"', "x", "\n"]),
    removed=st.integers(0, 3),
)
def test_any_damage(members: list[object], place: float, added: str, removed: int):
    """Broken text is refused at the line and column that the standard parser tells."""
    whole = json.dumps(members, indent=1)
    at = 1 + int(place * (len(whole) - 1))
    text = whole[:at] + added + whole[at + removed :]
    try:
        expected = json.loads(text)
    except json.JSONDecodeError as error:
        with pytest.raises(InputRefused, match=f"regel {error.lineno}, kolom {error.colno}:"):
            scan(text, 7)
    else:
        assert scan(text, 7) == expected
