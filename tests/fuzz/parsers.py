"""The parsers of one value as targets: any text is a value or refused, and a value is sound."""

import re
from uuid import UUID

from app.http.paging import decode_cursor, encode_cursor, id_after
from app.kernel.postcode import normalise_postcode, pc4_of
from app.kernel.reading import (
    Parser,
    Unreadable,
    decimal_number,
    postcode,
    reference_number,
    text,
    whole_number,
)
from app.kernel.reading_days import DayStyle, day, instant
from app.uploads.sniff import check_beginning, check_list
from tests.fuzz.judged import check_sentence, refused_or

_POSTCODE = re.compile(r"[1-9][0-9]{3}([A-Z]{2})?")
_STYLES = ((DayStyle.DUTCH,), (DayStyle.ISO,), (DayStyle.COMPACT,), tuple(DayStyle))
DAYS = tuple(parse for styles in _STYLES for parse in (day(*styles), instant(*styles)))
VALUES: tuple[Parser[object], ...] = (
    text, reference_number, whole_number(0, 18), decimal_number(0, 60),
)  # fmt: skip


def postcodes(content: bytes) -> None:
    """Read a postcode; what is read is one, and is read again as itself."""
    value = content.decode(errors="replace")
    found = _value(postcode, value)
    if found is not None:
        assert _POSTCODE.fullmatch(str(found)), "no postcode"
        assert normalise_postcode(str(found)) == found, "not the same when read again"
        assert 1000 <= int(pc4_of(str(found))) <= 9999
    normalise_postcode(value)


def days(content: bytes) -> None:
    """Read a day and an instant in each style; what is read lies in the years that count."""
    value = content.decode(errors="replace")
    for parse in DAYS:
        found = _value(parse, value)
        if found is not None:
            assert 1900 <= found.year <= 2199, "a year that does not count"


def values(content: bytes) -> None:
    """Read texts and numbers."""
    value = content.decode(errors="surrogateescape")
    for parse in VALUES:
        found = _value(parse, value)
        assert found is None or str(found).encode()


def cursors(content: bytes) -> None:
    """Read a cursor, and an id behind one; what was given leads back to itself."""
    cursor = content.decode(errors="replace")
    found = refused_or(lambda: decode_cursor(cursor))
    if found is not None:
        assert decode_cursor(encode_cursor(str(found))) == found
    key = refused_or(lambda: id_after(cursor))
    assert key is None or isinstance(key, UUID)


_KINDS = (
    "text/csv", "application/json", "application/x-ndjson", "application/xml", "text/xml",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "application/octet-stream",
)  # fmt: skip


def beginnings(content: bytes) -> None:
    """Glance at the begin of a file as each kind that the service takes."""
    for kind in _KINDS:
        refused_or(lambda kind=kind: check_beginning(kind, content))
    refused_or(lambda: check_list(content))


def _value(parse: Parser[object], value: str) -> object | None:
    try:
        return parse(value)
    except Unreadable as error:
        check_sentence(f"{error}.")
        return None
