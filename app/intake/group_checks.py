"""Sibling groups in a file: do their registrations wish the same, and are they all there."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from app.intake.canonical import ReadRegistration
from app.intake.outcome import Outcome
from app.kernel.reading import Unreadable, text
from app.kernel.refusal import Notice
from app.kernel.words import SiblingWish

WISH, GROUP = "broersZussen.wens", "broersZussen.groep"


def groups_with_two_wishes(registrations: Iterable[ReadRegistration]) -> frozenset[str]:
    """Return the codes of the groups for which the registrations wish different things."""
    wishes: dict[str, set[SiblingWish]] = defaultdict(set)
    for read in registrations:
        if read.record.siblings:
            wishes[read.record.siblings.group].add(read.record.siblings.wish)
    return frozenset(group for group, found in wishes.items() if len(found) > 1)


def differing_wishes(
    registrations: Iterable[ReadRegistration], groups: frozenset[str], *, file: str
) -> Iterator[Notice]:
    """Yield one notice for each sibling group on hold, at its first registration."""
    told: set[str] = set()
    for read in registrations:
        group = _group_of(read)
        if group in groups - told:
            told.add(group)
            message = (
                f"Groep {group} heeft aanmeldingen met verschillende wensen voor broers en zussen: "
                "vraag na wat geldt; tot dan wordt niemand van de groep voorgesteld."
            )
            yield Notice(file, read.row, WISH, message)


def incomplete_groups(
    outcomes: Iterable[Outcome], kept: Iterable[ReadRegistration], *, file: str
) -> Iterator[Notice]:
    """Yield a notice for each refused registration whose sibling group goes on without it."""
    searching = {_group_of(read) for read in kept}
    for outcome in outcomes:
        group = "" if outcome.record else _named_group(outcome)
        if group and group in searching:
            message = (
                f"Groep {group} mist de geweigerde aanmelding op regel {outcome.line.row}: herstel "
                "die regel voordat u over een voorstel voor deze groep besluit."
            )
            yield Notice(file, outcome.line.row, GROUP, message)


def _group_of(read: ReadRegistration) -> str:
    return read.record.siblings.group if read.record.siblings else ""


def _named_group(outcome: Outcome) -> str:
    siblings = (outcome.line.content or {}).get("broersZussen")
    group = siblings.get("groep") if isinstance(siblings, dict) else None
    try:
        return text(group) if isinstance(group, str) else ""
    except Unreadable:
        return ""
