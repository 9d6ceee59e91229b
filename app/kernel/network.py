"""What came of asking in the own network of a child, by the questions that were recorded.

Nobody is named, so who was asked is known by purpose and kind of relation: somebody of the same
kind who is asked for the same again has thought, and the newest answer counts.
"""

from collections.abc import Iterable
from typing import NamedTuple

from app.kernel.ladder import NetworkAnswer, NetworkPurpose, Relation
from app.kernel.words import NetworkOutcome


class Asked(NamedTuple):
    """One recorded question (*netwerkvraag*), in the order in which they were asked."""

    purpose: NetworkPurpose
    relation: Relation
    answer: NetworkAnswer


def outcome_of(asked: Iterable[Asked]) -> NetworkOutcome | None:
    """Return what a search came to, oldest question first; None while it runs, or nobody asked.

    A family that said yes ends it; else it runs for as long as somebody thinks. Who was asked to
    be a JIM is no search for a family or support.
    """
    last = _last_answers(one for one in asked if one.purpose is not NetworkPurpose.MENTOR)
    said = {(purpose, answer) for (purpose, _), answer in last.items()}
    if (NetworkPurpose.FAMILY, NetworkAnswer.YES) in said:
        return NetworkOutcome.FAMILY
    if not said or NetworkAnswer.THINKING in last.values():
        return None
    found = (NetworkPurpose.SUPPORT, NetworkAnswer.YES) in said
    return NetworkOutcome.SUPPORT if found else NetworkOutcome.NOBODY


def is_mentor_answered(asked: Iterable[Asked]) -> bool:
    """Return whether somebody was asked to be a JIM and nobody who was still thinks about it."""
    last = _last_answers(one for one in asked if one.purpose is NetworkPurpose.MENTOR)
    return bool(last) and NetworkAnswer.THINKING not in last.values()


def _last_answers(
    asked: Iterable[Asked],
) -> dict[tuple[NetworkPurpose, Relation], NetworkAnswer]:
    return {(one.purpose, one.relation): one.answer for one in asked}
