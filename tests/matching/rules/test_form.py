"""The form of care that the child needs must be offered."""

import pytest

from tests.matching.judge import pair, refusing, sentence

FORMS = ("crisis", "hulpverlening", "opvoeding", "deeltijd")


@pytest.mark.parametrize("need", FORMS)
@pytest.mark.parametrize("offer", FORMS)
def test_only_the_offered_form_fits(need: str, offer: str) -> None:
    """Every form fits itself and no other."""
    expected = set() if need == offer else {"vorm"}
    assert refusing(pair({"care_form": need}, {"forms": (offer,)})) == expected


def test_one_of_several_forms_is_enough() -> None:
    """A family serves each of its forms."""
    assert refusing(pair({"care_form": "crisis"}, {"forms": ("opvoeding", "crisis")})) == set()


def test_the_form_is_hard_for_a_network_family_and_named() -> None:
    """The sentence names the need and the offer."""
    problem = pair({"care_form": "crisis"}, {"forms": ("deeltijd",), "for_child": "AM-0000"})
    assert refusing(problem) == {"vorm"}
    assert "crisis" in sentence(problem, "vorm")
    assert "deeltijd" in sentence(problem, "vorm")
