"""Sibling groups in a file: do their registrations wish the same, and are they all there."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from app.intake.canonical import ReadRegistration
from app.intake.outcome import Outcome
from app.kernel.reading import number_or_nothing
from app.kernel.refusal import Notice
from app.kernel.words import SiblingWish

WISH, GROUP = "broersZussen.wens", "broersZussen.groep"
_WAITS = (
    "herstel die regel; tot dan wordt niemand van de groep voorgesteld, want de wens is "
    f"'{SiblingWish.TOGETHER.value}'"
)


def groups_with_two_wishes(registrations: Iterable[Outcome]) -> frozenset[str]:
    """Return the codes of the groups for which the registrations wish different things."""
    return frozenset(code for code, found in _wishes(registrations).items() if len(found) > 1)


def groups_that_miss_one(
    refused: Iterable[Outcome], kept: Iterable[Outcome]
) -> frozenset[tuple[str, str]]:
    """Return code and refused number of the groups `samen` of which a line was refused, why ever.

    The wish is what the kept registrations say; a group without any has nobody to hold.
    """
    wishes = _wishes(kept)
    return frozenset(
        (line.group, line.number)
        for line in refused
        if SiblingWish.TOGETHER in wishes.get(line.group, ())
    )


def differing_wishes(
    registrations: Iterable[Outcome], groups: frozenset[str], *, file: str
) -> Iterator[Notice]:
    """Yield one notice for each sibling group on hold, at its first registration."""
    told: set[str] = set()
    for read in registrations:
        code = read.group
        if code in groups - told:
            told.add(code)
            message = (
                f"{_named(code, read.row)} heeft aanmeldingen met verschillende wensen voor broers "
                "en zussen: vraag na wat geldt; tot dan wordt niemand van de groep voorgesteld."
            )
            yield Notice(file, read.row, WISH, message, read.number)


def missing_members(
    refused: Iterable[Outcome], kept: Iterable[Outcome], *, file: str
) -> Iterator[Notice]:
    """Yield a notice for each refused line whose sibling group has other registrations.

    A group `samen` waits for it; another group goes on without it.
    """
    wishes = _wishes(kept)
    for line in refused:
        code = line.group
        if code in wishes:
            then = (
                "herstel die regel; tot dan wordt niemand van de groep voorgesteld, want de wens "
                f"is '{SiblingWish.TOGETHER.value}'"
                if SiblingWish.TOGETHER in wishes[code]
                else "herstel die regel voordat u over een voorstel voor deze groep besluit"
            )
            yield Notice(file, line.row, GROUP, _lacks(code, line.row, then))


def lacks_member(read: ReadRegistration, file: str) -> Notice:
    """Return that a group `samen` waits for a row that was refused for what its child is."""
    code = read.record.siblings.group if read.record.siblings else ""
    return Notice(file, read.row, GROUP, _lacks(code, read.row, _WAITS), read.record.number)


def _lacks(code: str, row: int, then: str) -> str:
    return f"{_named(code, row)} mist de geweigerde aanmelding op regel {row}: {then}."


def _wishes(registrations: Iterable[Outcome]) -> Mapping[str, set[SiblingWish]]:
    wishes: dict[str, set[SiblingWish]] = defaultdict(set)
    for read in registrations:
        if read.wish is not None:
            wishes[read.group].add(read.wish)
    return wishes


def _named(code: str, row: int) -> str:
    """Return how a message names a group; a code that may be a surname stays out of it."""
    return f"Groep {code}" if number_or_nothing(code) else f"De groep van regel {row}"
