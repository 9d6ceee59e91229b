"""One place more or less along the shortest road: as good as the best flow from nothing."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from app.matching.detours import Detours
from app.matching.flow import Arcs, best_flow, find_prices
from app.matching.problem import Ints
from app.matching.road_prices import raise_prices
from app.matching.roads import Roads

SEEDS = st.integers(0, 10**6)


def _roads(arcs: Arcs, kids: int, places: Ints) -> Roads:
    """The roads beside the best flow of children who are all free to move."""
    homes = len(places)
    chosen = best_flow(arcs, kids, places)
    at = np.full(kids, -1)
    at[arcs.child[chosen]] = np.flatnonzero(chosen)
    out = np.lexsort((arcs.family, arcs.child))
    return Roads(
        child=arcs.child,
        family=arcs.family,
        worth=arcs.worth,
        column=np.arange(len(arcs.child)),
        into=np.searchsorted(arcs.family, np.arange(homes + 1)),
        out=out,
        out_first=np.searchsorted(arcs.child[out], np.arange(kids + 1)),
        at=at,
        price=find_prices(arcs, chosen, kids, homes),
        free=places - np.bincount(arcs.family[chosen], minlength=homes),
        may_move=np.ones(kids, dtype=np.bool_),
    )


def _draw(seed: int) -> tuple[Arcs, int, Ints]:
    rng = np.random.default_rng(seed)
    kids, homes = int(rng.integers(1, 25)), int(rng.integers(1, 12))
    family, child = np.nonzero(rng.random((homes, kids)) < 0.45)
    worth = rng.integers(1, rng.choice([6, 1000]), len(child))
    return Arcs(child, family, worth), kids, rng.integers(0, 4, homes)


def _value(detours: Detours) -> int:
    return int(detours.roads.worth[detours.at[detours.at >= 0]].sum())


def _best(arcs: Arcs, kids: int, places: Ints) -> int:
    return int(arcs.worth[best_flow(arcs, kids, places)].sum())


def _keeps_places(detours: Detours, places: Ints) -> bool:
    held = detours.at[detours.at >= 0]
    used = np.bincount(detours.roads.family[held], minlength=len(places))
    placed = detours.at >= 0
    same = np.array_equal(detours.roads.child[held], np.flatnonzero(placed))
    same = same and np.array_equal(detours.home[placed], detours.roads.family[held])
    same = same and np.array_equal(detours.has[placed], detours.roads.worth[held])
    nowhere = detours.home[~placed], detours.has[~placed], detours.price[-1:]
    assert [
        set(some.tolist()) - {none} for some, none in zip(nowhere, (-1, 0, 0), strict=True)
    ] == ([set()] * 3)
    return same and np.array_equal(places - used, detours.free) and bool((used <= places).all())


@settings(max_examples=150, deadline=None)
@given(SEEDS, st.integers(1, 8))
def test_places_come_and_go_as_if_solved_again(seed: int, changes: int) -> None:
    """After every place more or less the plan is worth what the best flow from nothing is."""
    arcs, kids, places = _draw(seed)
    rng, places = np.random.default_rng(seed + 1), places.copy()
    detours = Detours(_roads(arcs, kids, places))
    for _ in range(changes):
        family = int(rng.integers(0, len(places)))
        if places[family] and rng.random() < 0.5:
            places[family] -= 1
            assert detours.drop(family)
        else:
            places[family] += 1
            detours.add(family)
        assert _value(detours) == _best(arcs, kids, places)
        assert _keeps_places(detours, places)


@settings(max_examples=150, deadline=None)
@given(SEEDS, st.integers(1, 5))
def test_forbidden_pairs_as_if_solved_again(seed: int, changes: int) -> None:
    """Without some choices the plan is worth what the best flow without them is."""
    arcs, kids, places = _draw(seed)
    rng, detours = np.random.default_rng(seed), Detours(_roads(arcs, kids, places))
    kept = np.ones(len(arcs.child), dtype=np.bool_)
    for choice in rng.permutation(len(arcs.child))[:changes].tolist():
        detours.forbid(int(arcs.child[choice]), choice)
        kept[choice] = False
        assert _value(detours) == _best(arcs.kept(kept), kids, places)
        assert _keeps_places(detours, places)


@settings(max_examples=150, deadline=None)
@given(SEEDS, st.integers(1, 4))
def test_pins_as_if_solved_again(seed: int, changes: int) -> None:
    """With some choices fixed the plan is worth what the best flow of the others adds to them."""
    arcs, kids, places = _draw(seed)
    rng, detours = np.random.default_rng(seed), Detours(_roads(arcs, kids, places))
    left, kept, pinned = places.copy(), np.ones(len(arcs.child), dtype=np.bool_), 0
    for choice in rng.permutation(len(arcs.child)).tolist()[:changes]:
        child, family = int(arcs.child[choice]), int(arcs.family[choice])
        if not kept[choice] or not left[family]:
            continue
        assert detours.pin(child, choice)
        left[family] -= 1
        kept &= arcs.child != child
        pinned += int(arcs.worth[choice])
        assert detours.at[child] == choice
        assert _value(detours) == pinned + _best(arcs.kept(kept), kids, left)
        assert _keeps_places(detours, places)


@settings(max_examples=60, deadline=None)
@given(SEEDS)
def test_choices_can_be_added_to_a_family_without_any(seed: int) -> None:
    """With the choices of a family taken out and added again the same is worth as much."""
    arcs, kids, places = _draw(seed)
    family = int(np.random.default_rng(seed).integers(0, len(places)))
    places[family] = 0
    here = arcs.family == family
    roads = _roads(arcs.kept(~here), kids, places)
    detours = Detours(roads.with_more(family, arcs.child[here], arcs.worth[here]))
    places[family] = 1
    detours.add(family)
    assert _value(detours) == _best(arcs, kids, places)
    assert _keeps_places(detours, places)
    places[family] = 0
    assert detours.drop(family)
    assert _value(detours) == _best(arcs, kids, places)


@settings(max_examples=150, deadline=None)
@given(SEEDS)
def test_raised_prices_are_what_one_place_less_costs(seed: int) -> None:
    """In every family that has a place; and the road that was found beforehand leads there."""
    arcs, kids, places = _draw(seed)
    roads = raise_prices(_roads(arcs, kids, places))
    best = _best(arcs, kids, places)
    for family in np.flatnonzero(places).tolist():
        fewer = places.copy()
        fewer[family] -= 1
        detours = Detours(roads)
        assert detours.drop(family)
        assert _value(detours) == _best(arcs, kids, fewer) == best - roads.price[family]
        assert _keeps_places(detours, fewer)


@settings(max_examples=150, deadline=None)
@given(SEEDS, st.integers(1, 8))
def test_raised_prices_stay_good_prices(seed: int, changes: int) -> None:
    """Places come and go, and children are brought elsewhere, as exactly as at the flow's own."""
    arcs, kids, places = _draw(seed)
    rng, places = np.random.default_rng(seed + 1), places.copy()
    detours = Detours(raise_prices(_roads(arcs, kids, places)))
    for _ in range(changes):
        family = int(rng.integers(0, len(places)))
        if places[family] and rng.random() < 0.5:
            places[family] -= 1
            assert detours.drop(family)
        else:
            places[family] += 1
            detours.add(family)
        assert _value(detours) == _best(arcs, kids, places)
        assert _keeps_places(detours, places)


@settings(max_examples=80, deadline=None)
@given(SEEDS, st.integers(1, 6))
def test_changes_are_undone_whole(seed: int, changes: int) -> None:
    """Places, prices and who is where are what they were before a copy was changed."""
    arcs, kids, places = _draw(seed)
    rng, before = np.random.default_rng(seed), Detours(raise_prices(_roads(arcs, kids, places)))
    detours = before.copy()
    for choice in rng.permutation(len(arcs.child))[:changes].tolist():
        detours.pin(int(arcs.child[choice]), choice)
        detours.add(int(rng.integers(0, len(places))))
    detours.go_back(before)
    for name in ("at", "home", "has", "price", "free", "locked"):
        assert np.array_equal(getattr(detours, name), getattr(before, name)), name
