"""Whatever happens to a file with registrations, it is read or refused, and never fails."""

import json
from datetime import date
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.intake.reader import read_registrations
from app.kernel.errors import InputRefused

REGIO = Path(__file__).parents[1] / "data" / "regio-1"
LINES = (REGIO / "aanmeldingen.jsonl").read_bytes().splitlines(keepends=True)[:6]
FIELDS = sorted(json.loads(LINES[0]))
PIECES = (b"\0", b'"', b"\n", b"{", b"}", b"\xff", b"[", b"9" * 400, b"-", b"\\ud800", b"null")
places = st.floats(0, 1)
changes = st.lists(
    st.tuples(places, st.integers(0, 30), st.sampled_from(PIECES) | st.binary(max_size=8)),
    min_size=1,
    max_size=4,
)
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=6,
)
bounded = settings(
    max_examples=80,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


def read_or_refuse(path: Path) -> None:
    try:
        reading = read_registrations(path, today=date(2026, 11, 1))
    except InputRefused as refused:
        assert str(refused).endswith(".")
    else:
        for said in (*reading.refusals, *reading.notices):
            assert said.message.encode().endswith(b".")


@bounded
@given(how=changes)
def test_any_change_of_bytes(tmp_path: Path, how: list[tuple[float, int, bytes]]):
    """Bytes cut out and put in anywhere: the file is read, or refused in one sentence."""
    content = b"".join(LINES)
    for place, removed, added in how:
        at = int(place * len(content))
        content = content[:at] + added + content[at + removed :]
    path = tmp_path / "aanmeldingen.jsonl"
    path.write_bytes(content)
    read_or_refuse(path)


@bounded
@given(field=st.sampled_from(FIELDS) | st.text(max_size=8), value=values)
def test_any_value_in_any_field(tmp_path: Path, field: str, value: object):
    """Any JSON value in any field is read, or refuses the registration in one sentence."""
    path = tmp_path / "aanmeldingen.jsonl"
    changed = json.dumps({**json.loads(LINES[0]), field: value})
    path.write_bytes(changed.encode() + b"\n" + LINES[1])
    read_or_refuse(path)
