"""What came of asking in the own network, by the questions that were recorded."""

import pytest

from app.kernel.ladder import NetworkAnswer, NetworkPurpose, Relation
from app.kernel.network import Asked, is_mentor_answered, outcome_of
from app.kernel.words import NetworkOutcome

FAMILY, SUPPORT, MENTOR = NetworkPurpose.FAMILY, NetworkPurpose.SUPPORT, NetworkPurpose.MENTOR
YES, NO, THINKING = NetworkAnswer.YES, NetworkAnswer.NO, NetworkAnswer.THINKING
AUNT, SCHOOL = Relation.UNCLE_AUNT, Relation.SCHOOL


@pytest.mark.parametrize(
    ("asked", "outcome"),
    [
        ([], None),
        ([(FAMILY, AUNT, THINKING)], None),
        ([(FAMILY, AUNT, THINKING), (FAMILY, AUNT, NO)], NetworkOutcome.NOBODY),
        ([(FAMILY, AUNT, NO), (FAMILY, AUNT, THINKING)], None),
        ([(FAMILY, AUNT, THINKING), (FAMILY, SCHOOL, NO)], None),
        ([(FAMILY, AUNT, THINKING), (FAMILY, SCHOOL, YES)], NetworkOutcome.FAMILY),
        ([(FAMILY, AUNT, NO), (SUPPORT, AUNT, YES)], NetworkOutcome.SUPPORT),
        ([(FAMILY, AUNT, THINKING), (SUPPORT, AUNT, YES)], None),
        ([(SUPPORT, AUNT, NO)], NetworkOutcome.NOBODY),
        ([(MENTOR, AUNT, YES)], None),
    ],
)
def test_a_search_is_over_when_nobody_thinks_any_more(
    asked: list[tuple[NetworkPurpose, Relation, NetworkAnswer]], outcome: NetworkOutcome | None
) -> None:
    """The newest answer of a kind of relation counts; a family that says yes ends the search."""
    assert outcome_of(Asked(*one) for one in asked) is outcome


@pytest.mark.parametrize(
    ("asked", "is_answered"),
    [
        ([], False),
        ([(FAMILY, AUNT, NO)], False),
        ([(MENTOR, AUNT, THINKING)], False),
        ([(MENTOR, AUNT, THINKING), (MENTOR, AUNT, NO)], True),
        ([(MENTOR, AUNT, YES), (MENTOR, SCHOOL, THINKING)], False),
    ],
)
def test_a_mentor_was_looked_for_when_who_was_asked_has_answered(
    asked: list[tuple[NetworkPurpose, Relation, NetworkAnswer]], *, is_answered: bool
) -> None:
    """Only who was asked to be a JIM counts."""
    assert is_mentor_answered(Asked(*one) for one in asked) is is_answered
