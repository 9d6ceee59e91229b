"""What the screens know by heart of the engine, held against the engine."""

from app.kernel.chance_band import FROM_LITERATURE, HIGH_FROM, LOW_BELOW, band_of
from app.matching.risk.factor import Level
from app.matching.risk.factors import FACTORS
from app.matching.rules import RULES
from app.screens.proposals import chance, topics
from app.screens.proposals.factors import OF_CHILD, OF_PAIR
from app.screens.proposals.topics import TOPICS, WILLINGNESS

# Facts and concerns that the explanation adds to factors and rules.
FACTS = {"vorm", "verzoek", "broers_zussen_samen", "gebied_onzeker", "steunplan"}


def test_every_factor_has_a_short_name_at_its_own_level() -> None:
    """What the child brings along is not shown as if a family could change it."""
    of = {level: {f.code for f in FACTORS if f.level is level} for level in Level}
    assert set(OF_CHILD) == of[Level.CHILD]
    assert set(OF_PAIR) == of[Level.PAIR]


def test_everything_that_is_said_of_a_pair_belongs_to_one_point() -> None:
    """Every factor of the pair, every rule and every fact; none twice."""
    codes = [code for topic in TOPICS for code in topic.codes] + sorted(WILLINGNESS)
    assert len(codes) == len(set(codes))
    assert set(codes) == set(OF_PAIR) | {rule.code for rule in RULES} | FACTS


def test_bands_part_where_the_engine_parts_them() -> None:
    """The picture and the word may not tell different things."""
    assert (chance.LOW_BELOW, chance.HIGH_FROM) == (LOW_BELOW, HIGH_FROM)
    assert chance.FROM_LITERATURE == FROM_LITERATURE
    for percent in range(101):
        assert chance.band_of(percent / 100) == band_of(percent / 100).value


def test_the_gravest_judgement_of_a_point_counts() -> None:
    """A concern beside what fits is a concern; what nobody speaks of fits."""
    assert topics.gravest(["past", "zorgpunt", "onbekend"]) == "zorgpunt"
    assert topics.gravest(["past", "past niet", "zorgpunt"]) == "past niet"
    assert topics.gravest([]) == "past"
