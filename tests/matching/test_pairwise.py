"""Wishes per pair: what is meant comes out of the plan, and contradictions become a question."""

from itertools import combinations, product

from hypothesis import given
from hypothesis import strategies as st

from app.kernel.words import SiblingWish
from app.matching.pairwise import Bonds, divide, settle_bonds
from app.matching.problem import Problem
from app.matching.solve import solve
from tests.cases import cases
from tests.matching.build import build_problem
from tests.matching.regions import PLACED, make_pairs

SAMEN, TENZIJ, APART = SiblingWish
NAMES = ("A", "B", "C", "D")


def said(**wishes: SiblingWish) -> dict[frozenset[str], frozenset[SiblingWish]]:
    """AB=SAMEN says it of A and B."""
    return {frozenset(pair): frozenset({wish}) for pair, wish in wishes.items()}


def test_with_one_and_never_with_the_other() -> None:
    """A with B and never with C: B is then apart from C as well, and nothing is asked."""
    bonds = settle_bonds("ABC", TENZIJ, said(AB=SAMEN, AC=APART))
    found = divide("ABC", bonds)
    assert [(kin.members, kin.wish) for kin in found.kin] == [(("A", "B"), SAMEN)]
    assert set(found.apart) == {frozenset("AC"), frozenset("BC")}
    assert not bonds.questions


def test_a_bond_inside_a_looser_group_stays() -> None:
    """A and B never parted, C rather with them: one group, with a bond in it."""
    found = divide("ABC", settle_bonds("ABC", TENZIJ, said(AB=SAMEN)))
    assert [(kin.members, kin.wish) for kin in found.kin] == [(("A", "B", "C"), TENZIJ)]
    assert found.together == (frozenset("AB"),)
    assert found.apart == ()


def test_what_two_say_differently_is_a_question() -> None:
    """The pair is held, with who must stay with them; the third goes on."""
    stated = {frozenset("AB"): frozenset({SAMEN, APART})} | said(BD=SAMEN)
    bonds = settle_bonds("ABCD", TENZIJ, stated)
    assert bonds.questions == (frozenset("AB"),)
    assert bonds.held == {"A", "B", "D"}
    found = divide("ABCD", bonds)
    assert [kin.members for kin in found.kin if kin.on_hold] == [("A", "B", "D")]
    assert [kin.members for kin in found.kin if not kin.on_hold] == []


def test_what_cannot_all_be_true_is_a_question() -> None:
    """A with B, B with C and A never with C is nobody's mistake, but nobody can carry it out."""
    bonds = settle_bonds("ABC", TENZIJ, said(AB=SAMEN, BC=SAMEN, AC=APART))
    assert bonds.questions == (frozenset("AC"),)
    assert bonds.held == {"A", "B", "C"}


def test_one_pair_apart_in_a_group_of_two_is_no_question() -> None:
    """What is said of the pair goes before what is said of the group."""
    bonds = settle_bonds("AB", SAMEN, said(AB=APART))
    assert not bonds.held
    assert divide("AB", bonds).apart == (frozenset("AB"),)


WISH = st.sampled_from([None, SAMEN, TENZIJ, APART])
SIX = [frozenset(pair) for pair in combinations(NAMES, 2)]


@cases(67, soak=200)
@given(
    st.sampled_from([SAMEN, TENZIJ, APART]),
    st.lists(WISH, min_size=6, max_size=6),
    st.lists(st.integers(0, 3), min_size=1, max_size=3),
)
def test_as_many_are_placed_as_the_stated_wishes_allow(
    default: SiblingWish, wishes: list[SiblingWish | None], beds: list[int]
) -> None:
    """Of four siblings the plan places what trying every plan against the words themselves does."""
    stated = {p: frozenset({w}) for p, w in zip(SIX, wishes, strict=True) if w is not None}
    bonds = settle_bonds(NAMES, default, stated)
    problem = as_problem(bonds, beds)
    # The rule on open questions leaves a held child no pair.
    free = [at for at, name in enumerate(NAMES) if name not in bonds.held]
    pairs = make_pairs([(child, home) for child in free for home in range(len(beds))])
    family = solve(problem, pairs, PLACED).family.tolist()
    plans = product(range(-1, len(beds)), repeat=4)
    best = max(
        sum(home >= 0 for home in plan)
        for plan in plans
        if keeps_words(plan, default, stated, bonds.held)
        and all(plan.count(home) <= free for home, free in enumerate(beds))
    )
    assert keeps_words(tuple(family), default, stated, bonds.held)
    assert sum(home >= 0 for home in family) == best


def as_problem(bonds: Bonds, beds: list[int]) -> Problem:
    found = divide(NAMES, bonds)
    group = {m: (f"BZ-{n}", str(k.wish)) for n, k in enumerate(found.kin) for m in k.members}
    kids = [
        {"number": name, "siblings": group.get(name), "registered_on": "2026-09-01"}
        for name in NAMES
    ]
    return build_problem(
        children=kids,
        families=[{"free_places": free, "max_siblings": 4} for free in beds],
        kept_apart=[tuple(NAMES.index(n) for n in sorted(p)) for p in found.apart],
        kept_together=[tuple(NAMES.index(n) for n in sorted(p)) for p in found.together],
    )


def keeps_words(
    plan: tuple[int, ...],
    default: SiblingWish,
    stated: dict[frozenset[str], frozenset[SiblingWish]],
    held: frozenset[str],
) -> bool:
    """Whether a plan does what was said, pair by pair, and leaves the held children be."""
    home = dict(zip(NAMES, plan, strict=True))
    if any(home[name] >= 0 for name in held):
        return False
    free = [name for name in NAMES if name not in held]
    for pair in combinations(free, 2):
        same, wish = home[pair[0]] == home[pair[1]], stated.get(frozenset(pair))
        if wish is None:
            wish = unsaid(pair, default, stated)
        if wish == {SAMEN} and not same:
            return False
        if wish == {APART} and same and home[pair[0]] >= 0:
            return False
    return True


def unsaid(
    pair: tuple[str, ...],
    default: SiblingWish,
    stated: dict[frozenset[str], frozenset[SiblingWish]],
) -> frozenset[SiblingWish]:
    """What holds of two of whom nothing is said: together when each stays with the same others.

    The wish of the group, unless something is said of those whom they stay with.
    """
    circle = [{name} for name in pair]
    for _ in NAMES:
        for around in circle:
            around |= {
                other
                for other in NAMES
                for one in tuple(around)
                if one != other
                if stated.get(frozenset((one, other)), frozenset({default})) == {SAMEN}
            }
    if circle[0] & circle[1]:
        return frozenset({SAMEN})
    between = [frozenset((a, b)) for a in circle[0] for b in circle[1]]
    return frozenset() if any(p in stated for p in between) else frozenset({default})
