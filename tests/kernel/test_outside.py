"""On what ground a placement may be told of that did not come from a step."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from app.kernel.errors import Conflict, InputRefused
from app.kernel.going_on import GoOn, check_going_on
from app.kernel.outside import Outside, OutsideGround, check_outside, check_yeses
from app.kernel.words import CareForm, Rhythm, Urgency

DAY = date(2026, 11, 20)
LATER = DAY + timedelta(days=1)
REGISTERED = date(2026, 10, 1)
BEFORE = REGISTERED - timedelta(days=1)
AGREED = Outside(
    ground=OutsideGround.AGREED,
    since=DAY,
    form=CareForm.LONG_TERM,
    registered_on=REGISTERED,
    provider_yes_on=DAY,
    referrer_yes_on=DAY,
    referrer="GI Voorbeeld",
)
ACUTE = Outside(
    ground=OutsideGround.ACUTE, since=DAY, form=CareForm.CRISIS, registered_on=REGISTERED
)
THERE = Outside(
    ground=OutsideGround.TAKEN_OVER,
    since=date(2026, 9, 1),
    form=CareForm.LONG_TERM,
    registered_on=REGISTERED,
    gaps=("Gezag ontbreekt.",),
    family_gaps=("Geen VGB.",),
    parts_siblings=True,
    has_other_choice=True,
)
AT_KIN = replace(THERE, ground=OutsideGround.NETWORK, is_own_network=True)
NEXT = GoOn(CareForm.LONG_TERM, Rhythm.FULL_TIME, Urgency.URGENT, 24, LATER)


@pytest.mark.parametrize(
    "told",
    [
        AGREED,
        ACUTE,
        replace(ACUTE, gaps=("Gezag ontbreekt.",), registers_itself=True, has_other_choice=True),
        replace(AGREED, parts_siblings=True, has_split_reason=True),
        replace(AGREED, has_other_choice=True, has_choice_reason=True),
        replace(AGREED, provider_yes_on=REGISTERED, referrer_yes_on=REGISTERED),
        THERE,
        # Agreed on before it was registered here: that is what taking over means.
        replace(THERE, provider_yes_on=BEFORE, referrer_yes_on=BEFORE, referrer="GI"),
        AT_KIN,
        replace(AT_KIN, since=DAY, in_network_since=DAY),
    ],
)
def test_what_has_all_that_a_step_asks_or_cannot_wait_is_taken(told: Outside) -> None:
    """And what has long been so is only told."""
    check_outside(told)


@pytest.mark.parametrize(
    ("told", "word"),
    [
        (replace(AGREED, provider_yes_on=None), "akkoordAanbiederOp"),
        (replace(AGREED, provider_yes_on=LATER), "akkoordAanbiederOp"),
        (replace(AGREED, referrer_yes_on=None, referrer=None), "akkoordVerwijzerOp"),
        (replace(AGREED, referrer_yes_on=LATER), "akkoordVerwijzerOp"),
        (replace(AGREED, provider_yes_on=BEFORE), "akkoordAanbiederOp"),
        (replace(AGREED, referrer_yes_on=BEFORE), "akkoordVerwijzerOp"),
        (replace(AGREED, referrer=None), "akkoordVerwijzer"),
        (replace(AGREED, parts_siblings=True), "redenSplitsing"),
        (replace(ACUTE, parts_siblings=True), "redenSplitsing"),
        (replace(AGREED, has_other_choice=True), "redenKeuze"),
        (replace(AGREED, form=CareForm.CRISIS), "grond"),
        (replace(ACUTE, form=CareForm.SHORT_TERM), "grond"),
        (replace(THERE, since=date(2026, 10, 1)), "grond"),
        (replace(AT_KIN, is_own_network=False), "grond"),
        (replace(AT_KIN, since=DAY), "grond"),
        (replace(AT_KIN, since=DAY, in_network_since=date(2026, 11, 1)), "grond"),
    ],
)
def test_what_was_not_told_is_asked(told: Outside, word: str) -> None:
    """By the name of the field."""
    with pytest.raises(InputRefused) as refused:
        check_outside(told)
    assert str(refused.value).startswith(f"{word}:") and str(refused.value).endswith(".")


@pytest.mark.parametrize(
    ("told", "words"),
    [
        (replace(AGREED, has_no=True), "al nee gezegd"),
        (replace(ACUTE, has_no=True), "al nee gezegd"),
        (replace(AGREED, gaps=("Gezag ontbreekt.",)), "Gezag ontbreekt."),
        (replace(AGREED, registers_itself=True), "begin een stap"),
        (replace(THERE, has_no=True), "al nee gezegd"),
        (replace(AT_KIN, has_no=True), "al nee gezegd"),
        (replace(AGREED, family_gaps=("Geen VGB.",)), "Geen VGB."),
        (replace(ACUTE, family_gaps=("Geen VGB.",)), "Geen VGB."),
        (replace(ACUTE, lacks_reunion=True), "herenigenVoor"),
    ],
)
def test_what_is_in_the_way_stops_it(told: Outside, words: str) -> None:
    """A no, the law, or a referrer that gives its own yes."""
    with pytest.raises(Conflict) as refused:
        check_outside(told)
    assert words in str(refused.value)


def test_a_crisis_says_how_the_search_goes_on() -> None:
    """One of two; nothing where it goes on already, or where it is no crisis."""
    crisis, other = CareForm.CRISIS, CareForm.LONG_TERM
    check_going_on(crisis, NEXT, None)
    check_going_on(crisis, None, "Gaat na het weekend naar huis.")
    check_going_on(crisis, None, None, is_searched_for=True)
    check_going_on(other, None, None)
    for form, following, why_not, searched in (
        (crisis, None, None, False),
        (crisis, NEXT, "Toch niet.", False),
        (crisis, NEXT, None, True),
        (other, NEXT, None, False),
        (other, None, "Niet nodig.", False),
    ):
        with pytest.raises(InputRefused, match="vervolg"):
            check_going_on(form, following, why_not, is_searched_for=searched)


YESES: dict[str, Any] = {"provider_yes_on": DAY, "referrer_yes_on": DAY, "referrer": "GI"}


@pytest.mark.parametrize(
    ("ground", "change"),
    [
        (OutsideGround.AGREED, {"provider_yes_on": None}),
        (OutsideGround.AGREED, {"referrer_yes_on": None, "referrer": None}),
        (OutsideGround.AGREED, {"provider_yes_on": LATER}),
        (OutsideGround.AGREED, {"referrer_yes_on": BEFORE}),
        (OutsideGround.ACUTE, {"provider_yes_on": date(2031, 1, 1)}),
        (OutsideGround.ACUTE, {"referrer": None}),
        (None, {}),
    ],
)
def test_a_correction_leaves_no_odd_yes(
    ground: OutsideGround | None, change: dict[str, Any]
) -> None:
    """Of an agreed one both stay; of an acute one they may follow, never from the future."""
    for good in (OutsideGround.AGREED, OutsideGround.ACUTE):
        check_yeses(good, DAY, today=LATER, registered_on=REGISTERED, **YESES)
    check_yeses(
        OutsideGround.ACUTE,
        DAY,
        today=LATER,
        registered_on=REGISTERED,
        **YESES | {"provider_yes_on": LATER},
    )
    with pytest.raises(InputRefused):
        check_yeses(ground, DAY, today=LATER, registered_on=REGISTERED, **YESES | change)
