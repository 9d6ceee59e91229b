"""Which ends of a placement count as a breakdown."""

import pytest

from app.kernel.endings import EndCode, EndLabel, WentTo, label_of, why_review

BROKEN = {EndCode.BY_CLIENT, EndCode.BY_PROVIDER}
DOUBTFUL = {EndCode.AGREED, EndCode.OUTSIDE, EndCode.BY_MUNICIPALITY, EndCode.OTHER_PROVIDER,
            EndCode.CHANGED}  # fmt: skip


OTHERS = [code for code in EndCode if code is not EndCode.DEATH]


@pytest.mark.parametrize("code", EndCode)
def test_only_an_early_end_by_client_or_provider_is_a_breakdown(code: EndCode) -> None:
    """The doubtful ones are for a person, and say what to look at."""
    label = label_of(code, WentTo.UNKNOWN, has_record=False)
    assert (label is EndLabel.BROKEN) == (code in BROKEN)
    assert (label is EndLabel.REVIEW) == (code in DOUBTFUL)
    sentence = why_review(code, WentTo.UNKNOWN, has_record=False)
    assert sentence is None if code not in DOUBTFUL else sentence and sentence.endswith(".")


@pytest.mark.parametrize("code", OTHERS)
def test_who_stays_in_the_family_did_not_break_down(code: EndCode) -> None:
    """A change of form or of payer ends the allocation, not the placement."""
    assert label_of(code, WentTo.STAYS, has_record=False) is EndLabel.NEITHER


@pytest.mark.parametrize("went_to", WentTo)
@pytest.mark.parametrize("code", EndCode)
def test_a_record_of_a_breakdown_is_never_silently_counted(code: EndCode, went_to: WentTo) -> None:
    """Where the code says a breakdown too, they agree; anything else is for a person, who reads
    why."""
    told = label_of(code, went_to, has_record=True)
    agrees = label_of(code, went_to, has_record=False) is EndLabel.BROKEN
    assert told is (EndLabel.BROKEN if agrees else EndLabel.REVIEW)
    assert (why_review(code, went_to, has_record=True) is None) is agrees
