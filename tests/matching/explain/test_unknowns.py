"""What is not known of a pair is named, and whether the answer could change who comes first."""

from app.matching.explain import explain_child
from app.matching.explain.reason import Kind
from tests.matching.build import build_problem
from tests.matching.explain.matched import match
from tests.matching.rows import Row

CHILD: Row = {"age": 8, "severity": {"hechting": 3}, "visits_per_month": 4}
ASKED: Row = {"willingness": {"hechting": "ja"}}
NOT_ASKED: Row = {"willingness": {"hechting": None}}


def decisive(child: Row, *families: Row) -> list[dict[str, bool]]:
    """Return, of each option from the first on, its unknowns and whether each is decisive."""
    case = match(build_problem(children=[child], families=list(families)), [0])
    told = explain_child(case, 0)
    assert told.proposed is not None
    return [
        {r.code: r.changes_ranking for r in option.reasons if r.kind is Kind.UNKNOWN}
        for option in (told.proposed, *told.alternatives)
    ]


def find(unknowns: dict[str, bool], word: str) -> list[bool]:
    return [is_decisive for code, is_decisive in unknowns.items() if word in code]


def test_an_open_question_between_two_like_families_is_decisive() -> None:
    """Both differ only in what one of them was not asked: the answer says who comes first."""
    first, second = decisive(CHILD, ASKED, NOT_ASKED)
    assert find(first, "bereidheid") == []
    assert find(second, "bereidheid") == [True]


def test_an_open_question_of_a_family_far_behind_is_not() -> None:
    """No answer about willingness makes up for five foster children and a long way."""
    far = {**NOT_ASKED, "foster_children": (2010,) * 5, "lat": 52.9, "cooperation": 1}
    near = {**ASKED, "cooperation": 5, "respite": True, "experience_years": 20}
    _, second = decisive(CHILD, near, far)
    assert find(second, "bereidheid") == [False]


def test_what_is_unknown_of_the_child_itself_never_chooses() -> None:
    """Without an SDQ score every family is as unsure: it is named, and decides nothing."""
    for unknowns in decisive({**CHILD, "sdq_total": None}, ASKED, NOT_ASKED):
        assert find(unknowns, "sdq") == [False]


def test_a_single_option_has_nothing_to_be_turned_around() -> None:
    """With one family the open question is named all the same."""
    (only,) = decisive(CHILD, NOT_ASKED)
    assert find(only, "bereidheid") == [False]
