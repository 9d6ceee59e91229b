from stdnum.nl import bsn

from app.simulation.dice import Dice
from app.simulation.numbers import (
    draw_bsns,
    draw_references,
    group_codes,
    registration_numbers,
)


def test_bsns_are_valid_unique_and_begin_with_999():
    """Every BSN of a region passes the 11-proef of python-stdnum, begins with 999 and is unique."""
    source = draw_bsns(Dice(1, "bsn"))
    drawn = [next(source) for _ in range(3000)]
    assert len(set(drawn)) == 3000
    assert all(number.startswith("999") and bsn.is_valid(number) for number in drawn)


def test_bsns_run_out_without_a_repeat():
    """When the range of test numbers is used up, the next children simply have none."""
    source = draw_bsns(Dice(1, "bsn"))
    drawn = [next(source) for _ in range(95_000)]
    known = [number for number in drawn if number]
    assert 90_000 < len(known) == len(set(known)) < 92_000
    assert drawn[-1] is None


def test_registration_numbers_sort_as_text():
    """Numbers of one region have one length, so that sorting them as text keeps their order."""
    for size in (5, 8999, 9000, 50_000):
        numbers = registration_numbers(size, 2026)
        assert len(set(numbers)) == size
        assert numbers == sorted(numbers)


def test_group_codes_begin_like_the_example():
    """Sibling groups are numbered BZ-101 and on, as the intake does."""
    assert group_codes(2) == ["BZ-101", "BZ-102"]


def test_each_provider_gets_a_family_and_each_family_its_own_number():
    """Five families are one of each provider; in a large region no number comes twice."""
    assert len({provider for provider, _ in draw_references(Dice(1, "few"), 5)}) == 5
    references = [reference for _, reference in draw_references(Dice(1, "many"), 8000)]
    assert len(set(references)) == 8000
    assert len({len(reference) for reference in references}) == 1
