from collections import Counter

from app.simulation.dice import Dice, Shares


def test_the_same_seed_and_noun_repeat():
    """Two dice of one seed and noun give the same draws, and another noun gives others."""
    first, again, other = (Dice(1, noun) for noun in ("a", "a", "b"))
    draws = [[dice.between(0, 10**9) for _ in range(5)] for dice in (first, again, other)]
    assert draws[0] == draws[1] != draws[2]


def test_between_includes_both_ends():
    """A whole number is drawn from low to high, both included and nothing beyond."""
    dice = Dice(2, "ends")
    assert {dice.between(-1, 1) for _ in range(200)} == {-1, 0, 1}


def test_shares_follow_their_weights():
    """An option with three times the weight is drawn about three times as often."""
    dice, shares = Dice(3, "weights"), Shares({"often": 3, "seldom": 1})
    counts = Counter(dice.draw(shares) for _ in range(4000))
    assert 2.5 < counts["often"] / counts["seldom"] < 3.5


def test_the_last_point_still_has_an_option():
    """A point just under one falls on the last option and never past it."""
    assert Shares({"a": 0.1, "b": 0.2}).at(1 - 2**-53) == "b"


def test_a_sample_holds_different_options():
    """A sample has no repeats, and asking for too many gives all of them."""
    dice = Dice(4, "sample")
    assert len(set(dice.sample(range(50), 20))) == 20
    assert sorted(dice.sample(range(5), 9)) == [0, 1, 2, 3, 4]
