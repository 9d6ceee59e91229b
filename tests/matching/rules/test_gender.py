"""A preference of the carers for a boy or a girl."""

import pytest

from tests.matching.judge import concerns, pair, refusing


@pytest.mark.parametrize("gender", ["jongen", "meisje", "x"])
@pytest.mark.parametrize("preference", ["geen voorkeur", "jongen", "meisje"])
def test_a_preference_takes_only_that_gender(gender: str, preference: str) -> None:
    """Without preference everyone fits; with one, neither the other gender nor x."""
    fits = preference in ("geen voorkeur", gender)
    codes = refusing(pair({"gender": gender}, {"gender_preference": preference}))
    assert codes == (set() if fits else {"geslacht"})


def test_for_the_own_network_family_it_is_a_concern() -> None:
    """A person settles it."""
    problem = pair({"gender": "x"}, {"gender_preference": "jongen", "for_child": "AM-0000"})
    assert refusing(problem) == set()
    assert concerns(problem, "geslacht")
