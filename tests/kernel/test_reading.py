"""Parsers of one value: what they take, and what they refuse."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.kernel.reading import (
    Parser,
    Unreadable,
    decimal_number,
    each,
    lower_text,
    member,
    one_or_none,
    optional,
    optional_text,
    part,
    postcode,
    reference_number,
    separated,
    text,
    true_or_false,
    whole_number,
    word,
)
from app.kernel.words import Willingness

ANYTHING = st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.lists(st.none())
PARSERS: dict[str, Parser[object]] = {
    "text": text,
    "whole": whole_number(0, 5),
    "decimal": decimal_number(0, 5),
    "word": member(Willingness),
    "list": separated("|", text),
    "pair": part("/", 0, whole_number(0, 5)),
    "number": reference_number,
    "boolean": true_or_false,
    "postcode": postcode,
    "optional": optional(postcode),
    "each": each(text),
}


@pytest.mark.parametrize(
    ("parse", "value", "meaning"),
    [
        (text, "  van\u00a0 den  Berg ", "van den Berg"),
        (text, 10027.0, "10027"),
        (text, 1131, "1131"),
        (optional_text, None, ""),
        (lower_text, "Rooms-Katholiek", "rooms-katholiek"),
        (whole_number(0, 9), "3", 3),
        (whole_number(0, 9), " 3 ", 3),
        (whole_number(0, 9), "3\x1e", 3),
        (decimal_number(0, 9), "\x1c2,5\x1f", 2.5),
        (whole_number(1900, 2100), 1993.0, 1993),
        (whole_number(0, 9), 0, 0),
        (whole_number(0, 9), 9, 9),
        (decimal_number(0, 80), "2,5", 2.5),
        (decimal_number(0, 80), "2.5", 2.5),
        (decimal_number(0, 80), 7, 7.0),
        (member(Willingness), "Met Steun", Willingness.WITH_SUPPORT),
        (word({"": 1, "j": 2}), None, 1),
        (separated("|", text), "a| b |", ("a", "b")),
        (separated("|", text), None, ()),
        (each(text), ["a", "b"], ("a", "b")),
        (one_or_none(text), " ", ()),
        (one_or_none(text), "x", ("x",)),
        (part("/", 1, whole_number(0, 9)), "1/3", 3),
        (optional(postcode), "", None),
        (postcode, "1012 ab", "1012AB"),
        (postcode, "1012", "1012"),
        (postcode, 1012.0, "1012"),
        (reference_number, " AM-2026/1.0 ", "AM-2026/1.0"),
        (reference_number, 10001.0, "10001"),
        (reference_number, "a_9", "a_9"),
        (true_or_false, False, False),
    ],
)
def test_reads(parse: Parser[object], value: object, meaning: object):
    """A value in any of its spellings has one meaning."""
    found = parse(value)
    assert found == meaning
    assert type(found) is type(meaning)


@pytest.mark.parametrize(
    ("parse", "value"),
    [
        (text, None),
        (text, " "),
        (text, True),
        (text, ["a"]),
        (text, "a\x07b"),
        (text, "\ud800"),
        (text, "x" * 201),
        (whole_number(0, 9), True),
        (whole_number(0, 9), 2.5),
        (whole_number(0, 9), "2.0"),
        (whole_number(0, 9), "٣"),
        (whole_number(0, 9), 10),
        (whole_number(0, 9), -1),
        (whole_number(0, 9), float("inf")),
        (decimal_number(0, 9), float("nan")),
        (decimal_number(0, 9), "1,2,3"),
        (decimal_number(0, 9), 9.1),
        (decimal_number(0, 9), True),
        (member(Willingness), "soms"),
        (member(Willingness), None),
        (each(text), "ab"),
        (each(text), None),
        (part("/", 0, text), "1"),
        (part("/", 0, text), "1/2/3"),
        (postcode, "0999 AB"),
        (postcode, "1012 AB Amsterdam"),
        (postcode, "1२34 AB"),
        (reference_number, "Groen"),
        (reference_number, "AM 1"),
        (reference_number, "9" * 41),
        (reference_number, "٣"),
        (true_or_false, 1),
        (true_or_false, "ja"),
    ],
)
def test_refuses(parse: Parser[object], value: object):
    """A value that does not fit is refused with a clause that says what to do."""
    with pytest.raises(Unreadable, match=r"^is |^bevat "):
        parse(value)


@pytest.mark.parametrize("name", list(PARSERS))
@given(value=ANYTHING)
def test_any_value_is_read_or_unreadable(name: str, value: object):
    """No value makes a parser fail in another way than by saying that it is unreadable."""
    try:
        PARSERS[name](value)
    except Unreadable as refused:
        assert "; " in str(refused)
