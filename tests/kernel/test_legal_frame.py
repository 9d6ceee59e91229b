"""What the law asks before a placement starts: each gap by itself, and none in a good frame."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.kernel.legal_frame import (
    AuthorityKind,
    Consent,
    Frame,
    GapCode,
    find_gaps,
    find_notices,
    months_later,
    order_holds,
)

DAY = date(2026, 11, 28)
PARENT = (AuthorityKind.PARENT, Consent.YES)
SUPERVISED = Frame(
    kind="OTS",
    holders=(PARENT,),
    order_issued_on=date(2026, 10, 1),
    order_setting="pleeggezin",
    order_ends_on=date(2027, 9, 30),
    supervision_ends_on=date(2027, 9, 30),
    responsible_municipality="Amsterdam",
    has_contract=True,
)
VOLUNTARY = Frame(kind="vrijwillig", holders=(PARENT,), responsible_municipality="Amsterdam")
GUARDED = replace(
    VOLUNTARY, kind="voogdij GI", holders=((AuthorityKind.GUARDIAN_AGENCY, Consent.YES),)
)


def codes(frame: Frame) -> list[GapCode]:
    return [gap.code for gap in find_gaps(frame, DAY)]


@pytest.mark.parametrize(
    ("setting", "network_alone"),
    [
        ("netwerkpleeggezin", True), ("Netwerk-pleeggezin", True), ("netwerk pleegzorg", True),
        ("voorziening voor netwerkpleegzorg", True), ("bij het netwerk", True),
        ("pleeggezin", False), ("Voorziening voor pleegzorg", False),
        ("pleeggezin, niet zijnde netwerk", False), ("netwerk of pleeggezin", False),
        ("netwerkpleeggezin of pleeggezin", False),
    ],
)  # fmt: skip
def test_an_order_for_the_network_covers_no_other_family(setting: str, network_alone: bool) -> None:
    """One for foster care covers both; while no family is meant it is told and stops nothing."""
    order = replace(SUPERVISED, order_setting=setting)
    assert codes(replace(order, in_network=True)) == codes(order) == []
    assert codes(replace(order, in_network=False)) == [GapCode.SETTING] * network_alone
    assert [one.code for one in find_notices(order)] == [GapCode.SETTING] * network_alone
    for kind in (VOLUNTARY.kind, GUARDED.kind):
        left = replace(order, kind=kind)
        assert GapCode.SETTING not in codes(replace(left, in_network=False))
        assert find_notices(left) == []


# What is left of an order of an earlier frame: of another kind of stay, lapsed and at its end.
LEFT = {
    "order_issued_on": date(2025, 3, 1), "order_setting": "gesloten jeugdhulp",
    "order_ends_on": date(2025, 9, 1),
}  # fmt: skip


@pytest.mark.parametrize("frame", [VOLUNTARY, GUARDED])
def test_an_order_of_an_earlier_frame_says_nothing(frame: Frame) -> None:
    """It lets nothing begin under consent or guardianship, so it holds nothing up either."""
    left = replace(frame, **LEFT)
    assert codes(left) == []
    assert left.execute_by is None
    assert not order_holds(left, DAY)
    assert set(codes(replace(SUPERVISED, **LEFT))) == {
        GapCode.SETTING, GapCode.EXECUTION, GapCode.ORDER,
    }  # fmt: skip


@pytest.mark.parametrize("frame", [SUPERVISED, VOLUNTARY, GUARDED])
def test_a_good_frame_has_no_gap(frame: Frame) -> None:
    """Supervision with an order in time, voluntary care with consent, and guardianship."""
    assert codes(frame) == []


@pytest.mark.parametrize(
    ("frame", "gap"),
    [
        (replace(VOLUNTARY, holders=()), GapCode.AUTHORITY),
        (replace(VOLUNTARY, holders=((AuthorityKind.NOBODY, Consent.UNKNOWN),)), GapCode.AUTHORITY),
        (replace(GUARDED, holders=(PARENT,)), GapCode.AUTHORITY),
        (replace(VOLUNTARY, holders=(PARENT, (AuthorityKind.PARENT, Consent.NO))), GapCode.CONSENT),
        (replace(VOLUNTARY, holders=((AuthorityKind.PARENT, Consent.UNKNOWN),)), GapCode.CONSENT),
        (replace(SUPERVISED, order_issued_on=None), GapCode.ORDER),
        (replace(SUPERVISED, order_ends_on=date(2026, 11, 27)), GapCode.ORDER),
        (replace(SUPERVISED, order_issued_on=DAY + timedelta(days=1)), GapCode.ORDER),
        (replace(SUPERVISED, order_setting="gesloten jeugdhulp"), GapCode.SETTING),
        (replace(SUPERVISED, order_issued_on=date(2026, 8, 27)), GapCode.EXECUTION),
        (replace(SUPERVISED, supervision_ends_on=None), GapCode.SUPERVISION),
        (replace(SUPERVISED, supervision_ends_on=date(2026, 11, 27)), GapCode.SUPERVISION),
        (replace(SUPERVISED, kind="onbekend"), GapCode.FRAME),
        (replace(SUPERVISED, responsible_municipality=None), GapCode.MUNICIPALITY),
        (replace(SUPERVISED, has_contract=False), GapCode.CONTRACT),
    ],
)
def test_each_gap_is_found_alone(frame: Frame, gap: GapCode) -> None:
    """One thing wrong, one gap, with a sentence that says what to do."""
    (found,) = find_gaps(frame, DAY)
    assert found.code is gap
    assert found.sentence.endswith(".")


def test_an_order_lapses_after_three_months_unless_it_was_carried_out() -> None:
    """The last day of the three months still counts; who lives elsewhere keeps the order."""
    last = replace(SUPERVISED, order_issued_on=date(2026, 8, 28))
    assert codes(last) == []
    late = replace(SUPERVISED, order_issued_on=date(2026, 8, 27))
    assert codes(late) == [GapCode.EXECUTION]
    assert codes(replace(late, order_executed_on=date(2026, 9, 1))) == []


@pytest.mark.parametrize("executed_on", [date(2026, 8, 26), date(2026, 11, 28)])
def test_an_order_is_carried_out_from_its_day_and_within_three_months(executed_on: date) -> None:
    """A day of before is of an earlier order; after three months there was none to carry out."""
    late = replace(SUPERVISED, order_issued_on=date(2026, 8, 27), order_executed_on=executed_on)
    assert codes(late) == [GapCode.EXECUTION]


def test_an_order_holds_from_the_day_on_which_it_was_given() -> None:
    """A placement of that day may begin, one of the day before may not."""
    today = replace(SUPERVISED, order_issued_on=DAY)
    assert find_gaps(today, DAY) == []
    assert [gap.code for gap in find_gaps(today, DAY - timedelta(days=1))] == [GapCode.ORDER]


def test_a_no_is_weighed_under_an_order_and_stops_without_one() -> None:
    """Under OTS with an order a parent's no is no gap; without one it is."""
    no = ((AuthorityKind.PARENT, Consent.NO),)
    assert codes(replace(SUPERVISED, holders=no)) == []
    without = replace(SUPERVISED, holders=no, order_issued_on=None)
    assert codes(without) == [GapCode.CONSENT, GapCode.ORDER]


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_three_months_later_is_never_shorter_than_89_days(day: date) -> None:
    """The day of the month stays where that month has it, and else becomes its last day."""
    later = months_later(day)
    assert 89 <= (later - day).days <= 92
    assert later.day <= day.day
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == 3


@pytest.mark.parametrize("municipality", ["Amsterdam", None])
def test_a_contract_that_nobody_configured_is_told_and_stops_nothing(
    municipality: str | None,
) -> None:
    """Not knowing is not the same as not having; where no provider is meant nothing is asked."""
    frame = replace(SUPERVISED, has_contract=None, responsible_municipality=municipality)
    assert find_notices(frame) == find_notices(SUPERVISED) == []
    unknown = replace(frame, is_contract_unknown=True)
    assert find_gaps(unknown, DAY) == find_gaps(frame, DAY)
    (notice,) = find_notices(unknown)
    assert notice.code is GapCode.CONTRACT
    assert (municipality or "verantwoordelijke gemeente") in notice.sentence


NO = ((AuthorityKind.PARENT, Consent.NO),)


@pytest.mark.parametrize(
    "changes",
    [
        {"order_issued_on": None},
        {"order_issued_on": DAY + timedelta(days=1)},
        {"order_issued_on": date(2026, 8, 27)},
        {"order_ends_on": DAY - timedelta(days=1)},
        {"supervision_ends_on": DAY - timedelta(days=1)},
        {"kind": "vrijwillig"},
    ],
)
def test_a_no_is_overruled_by_an_order_that_holds_alone(changes: dict[str, Any]) -> None:
    """Not by one that lapsed, ended, is to come or is left of an earlier frame; on its last day
    it holds."""
    frame = replace(SUPERVISED, holders=NO)
    last = replace(frame, order_ends_on=DAY, supervision_ends_on=DAY)
    for held in (frame, last):
        assert order_holds(held, DAY)
        assert GapCode.CONSENT not in codes(held)
    over = replace(frame, **changes)
    assert not order_holds(over, DAY)
    assert GapCode.CONSENT in codes(over)
