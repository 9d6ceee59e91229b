"""The judge's part on begun pairs, placed siblings, bound siblings and rhythms: bed by bed."""

from collections import Counter
from dataclasses import dataclass

from app.kernel.words import SiblingWish
from app.matching.policy import Policy
from app.matching.problem import Problem
from app.matching.scored import ScoredPairs
from tests.matching.brute_beds import fits

WISHES = tuple(SiblingWish)
ALWAYS = frozenset({1, 2, 3, 4})  # full time is every rhythm; 0 stands for it in the columns
Families = tuple[int, ...]


def settled(problem: Problem) -> list[tuple[int, int, SiblingWish, bool]]:
    """Child, family, wish, placed: every sibling (or child to keep apart) who is somewhere."""
    placed, begun = problem.placed_siblings, problem.begun
    busy, group = set(begun.child.tolist()), problem.children.sibling_group
    rows = [
        (int(c), int(f), WISHES[w], True)
        for c, f, w in zip(placed.child, placed.family, placed.wish, strict=True)
    ]
    bound = {frozenset(pair) for pair in problem.kept_together.tolist()}
    apart = {frozenset(pair) for pair in problem.kept_apart.tolist()}
    for one, home in zip(begun.child.tolist(), begun.family.tolist(), strict=True):
        for other in range(len(problem.children)):
            if home >= 0 and group[one] >= 0 and group[one] == group[other]:
                wish = WISHES[problem.groups.wish[group[one]]]
                is_bound = frozenset((one, other)) in bound
                rows.append((other, home, SiblingWish.TOGETHER if is_bound else wish, False))
            if home >= 0 and frozenset((one, other)) in apart:
                rows.append((other, home, SiblingWish.APART, False))
    return [row for row in rows if row[0] not in busy]


def away(problem: Problem, plan: Families) -> set[int]:
    """Children `samen, tenzij` who are not where a settled sibling of theirs is."""
    rows = settled(problem)
    near = {(c, f) for c, f, wish, _ in rows if wish is not SiblingWish.APART}
    return {
        c for c, _, w, _ in rows if w is SiblingWish.TOGETHER_UNLESS and (c, plan[c]) not in near
    }


@dataclass
class Fixed:
    """What is settled in a region, and which plans leave it so."""

    problem: Problem
    pairs: ScoredPairs
    policy: Policy

    def __post_init__(self) -> None:
        self.rows = settled(self.problem)
        self.first = self._first()

    def allows(self, plan: Families) -> bool:
        problem, begun = self.problem, self.problem.begun
        if any(plan[child] >= 0 for child in begun.child):
            return False
        if any(home >= 0 and plan[c] not in (-1, home) for c, home in self.first.items()):
            return False
        busy = set(begun.child.tolist())
        for one, other in problem.kept_together.tolist():
            if not {one, other} & busy and plan[one] != plan[other]:
                return False
        return self._group_sizes(plan) and all(
            self._has_beds(plan, home) for home in range(len(problem.families))
        )

    def _group_sizes(self, plan: Families) -> bool:
        group, begun = self.problem.children.sibling_group, self.problem.begun
        here = list(zip(begun.child.tolist(), begun.family.tolist(), strict=True))
        there = Counter((group[c], f) for c, f in here if group[c] >= 0)
        for (g, home), count in there.items():
            new = sum(group[c] == g and plan[c] == home for c in range(len(plan)))
            if new and count + new > self.problem.families.max_siblings[home]:
                return False
        return True

    def _first(self) -> dict[int, int]:
        homes, pairs = self.problem.families, self.pairs
        asks = {(c, f) for c, f, wish, placed in self.rows if placed and wish is not WISHES[2]}
        rows = zip(pairs.child.tolist(), pairs.family.tolist(), pairs.chance.tolist(), strict=True)
        chance = {
            (c, f): p for c, f, p in rows if (c, f) in asks and p <= self.policy.max_breakdown
        }
        group = self.problem.children.sibling_group

        def kin(child: int) -> list[int]:
            if group[child] < 0:
                return [child]
            return [c for c in range(len(group)) if group[c] == group[child]]

        def rank(child: int, home: int) -> tuple:
            open_to = [chance[c, home] for c in kin(child) if (c, home) in chance]
            return (-len(open_to), sum(open_to), homes.provider[home], homes.reference[home])

        options: dict[int, list[int]] = {}
        for child, home in chance:
            options.setdefault(child, []).append(home)
        return {c: min(found, key=lambda f: rank(c, f)) for c, found in options.items()}

    def _has_beds(self, plan: Families, home: int) -> bool:
        begun, rhythm = self.problem.begun, self.problem.children.rhythm
        rows = zip(begun.child, begun.family, begun.takes_place, strict=True)
        held = [rhythm[c] for c, f, takes in rows if f == home and takes]
        asked = [rhythm[c] for c, f in self.first.items() if f == home]
        others = [rhythm[c] for c, f in enumerate(plan) if f == home and self.first.get(c) != f]
        families = self.problem.families
        if home in self.problem.beds.family:
            fixed = [
                c
                for c, f, t in zip(begun.child, begun.family, begun.takes_place, strict=True)
                if f == home and t
            ]
            fixed += [c for c, f in self.first.items() if f == home]
            new = [c for c, f in enumerate(plan) if f == home and self.first.get(c) != f]
            return fits(self.problem, self.policy, home, fixed=fixed, others=new)
        whole, part = int(families.free_places[home]), families.part_places[home].tolist()
        beds = [ALWAYS] * whole
        beds += [frozenset({at + 1}) for at, number in enumerate(part) for _ in range(number)]
        if not asked:
            return _fits(beds, sorted([*held, *others], reverse=True)) or not others
        # Each rhythm by itself: what those asked first need is kept for them.
        for slot in range(5):
            free = whole + (part[slot - 1] if slot else 0) - _using(held, slot)
            if _using(others, slot) > max(max(free, 0) - _using(asked, slot), 0):
                return False
        return True


def _using(rhythms: list[int], slot: int) -> int:
    return sum(r in (0, slot) for r in rhythms)


def _fits(beds: list[frozenset[int]], rhythms: list[int]) -> bool:
    """Whether every child can have a bed of its own in its rhythm: tries every bed for each."""
    if not rhythms:
        return True
    need = ALWAYS if rhythms[0] == 0 else frozenset({int(rhythms[0])})
    return any(
        need <= bed and _fits([*beds[:at], bed - need, *beds[at + 1 :]], rhythms[1:])
        for at, bed in enumerate(beds)
    )
