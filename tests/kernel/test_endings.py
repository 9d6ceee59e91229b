"""Which ends of a placement count as a breakdown."""

import pytest

from app.kernel.endings import EndCode, EndLabel, WentTo, label_of, why_review

BROKEN = {EndCode.BY_CLIENT, EndCode.BY_PROVIDER}
DOUBTFUL = {EndCode.AGREED, EndCode.OUTSIDE, EndCode.BY_MUNICIPALITY, EndCode.OTHER_PROVIDER}


@pytest.mark.parametrize("code", EndCode)
def test_only_an_early_end_by_client_or_provider_is_a_breakdown(code: EndCode) -> None:
    """The doubtful ones are for a person, and say what to look at."""
    label = label_of(code, WentTo.UNKNOWN)
    assert (label is EndLabel.BROKEN) == (code in BROKEN)
    assert (label is EndLabel.REVIEW) == (code in DOUBTFUL)
    if code in DOUBTFUL:
        assert why_review(code).endswith(".")
    else:
        with pytest.raises(KeyError):
            why_review(code)


@pytest.mark.parametrize("code", [code for code in EndCode if code is not EndCode.DEATH])
def test_who_stays_in_the_family_did_not_break_down(code: EndCode) -> None:
    """A change of form or of payer ends the allocation, not the placement."""
    assert label_of(code, WentTo.STAYS) is EndLabel.NEITHER
