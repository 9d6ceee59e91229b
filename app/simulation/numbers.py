"""Numbers that look real and are not: test BSNs, registration and family numbers."""

from collections.abc import Iterator

from app.simulation.dice import Dice, Shares
from app.simulation.family import Provider

_PREFIXES = {
    Provider.SPIRIT: "SPI",
    Provider.YOUKE: "YOU",
    Provider.WSP: "WSP",
    Provider.LEGER_DES_HEILS: "LEG",
    Provider.VITREE: "VIT",
}
_PROVIDERS = Shares(
    {
        Provider.SPIRIT: 64,
        Provider.YOUKE: 58,
        Provider.WSP: 47,
        Provider.LEGER_DES_HEILS: 26,
        Provider.VITREE: 28,
    }
)
_LARGEST_STEP = 13


def draw_bsns(dice: Dice) -> Iterator[str | None]:
    """Yield different BSNs that begin with 999 and pass the 11-proef, then None for ever.

    About 90,900 such numbers exist; children beyond that have no BSN, which the law allows for
    a while (Jeugdwet 7.2.4).
    """
    for middle in dice.sample(range(100_000), 100_000):
        digits = f"999{middle:05d}"
        check = sum(int(d) * weight for d, weight in zip(digits, range(9, 1, -1), strict=True)) % 11
        if check < 10:
            yield digits + str(check)
    while True:
        yield None


def registration_numbers(size: int, year: int) -> list[str]:
    """Return `size` registration numbers of one length, so that they sort as text."""
    first = _first_number(size, at_least=1000)
    return [f"AM-{year}-{first + place}" for place in range(size)]


def group_codes(size: int) -> list[str]:
    """Return `size` codes of sibling groups of one length."""
    first = _first_number(size, at_least=100) + 1
    return [f"BZ-{first + place}" for place in range(size)]


def draw_references(dice: Dice, size: int) -> list[tuple[Provider, str]]:
    """Return a provider and its own number for each family, in rising order of number.

    The first five families are one of each provider, so that no file is ever empty.
    """
    number = _first_number(size * _LARGEST_STEP, at_least=10_000)
    drawn = []
    for place in range(size):
        provider = tuple(Provider)[place] if place < len(Provider) else dice.draw(_PROVIDERS)
        number += dice.between(1, _LARGEST_STEP)
        drawn.append((provider, f"{_PREFIXES[provider]}-{number}"))
    return drawn


def _first_number(size: int, *, at_least: int) -> int:
    first = at_least
    while size >= 9 * first:
        first *= 10
    return first
