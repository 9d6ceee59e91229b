"""The verifier's part on what people have begun, placed siblings, wishes per pair, and rhythms.

Like `check.py` it knows no solver: every count is made again, child by child.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator

from app.kernel.words import RHYTHMS, Rhythm, SiblingWish
from app.matching.check_beds import check_beds
from app.matching.check_weekends import check_weekends
from app.matching.choices import first_asked
from app.matching.goals import Case
from app.matching.problem import Ints, Problem
from app.matching.settled import Settled, find_settled

_WISHES = tuple(SiblingWish)


def check_fixed(case: Case, family: Ints) -> Iterator[str]:
    """Yield the violations in who goes where, shape (n,), beside what people have settled."""
    problem, settled = case.problem, find_settled(case.problem)
    yield from _begun(problem, family)
    yield from _settled(problem, family, settled)
    yield from _together(problem, family)
    yield from _asked_first(case, family)
    yield from _rhythms(case, family)


def _begun(problem: Problem, family: Ints) -> Iterator[str]:
    for child in problem.begun.child:
        if family[child] >= 0:
            number = problem.children.number[child]
            yield f"Kind {number}: hiervoor is al een gezin gevraagd; het kan niet nog eens."


def _settled(problem: Problem, family: Ints, settled: Settled) -> Iterator[str]:
    number = problem.children.number
    homes: dict[int, set[int]] = {}
    rows = zip(settled.child.tolist(), settled.family.tolist(), settled.wish, strict=True)
    for child, home, code in rows:
        wish = _WISHES[code]
        if wish is SiblingWish.APART and family[child] == home:
            yield f"Kind {number[child]} mag niet wonen waar al een kind is dat apart moet."
        if wish is SiblingWish.TOGETHER:
            homes.setdefault(child, set()).add(home)
    for child, allowed in homes.items():
        if family[child] >= 0 and int(family[child]) not in allowed:
            yield f"Kind {number[child]} moet bij een broer of zus blijven die elders woont."


def _together(problem: Problem, family: Ints) -> Iterator[str]:
    number, begun = problem.children.number, problem.is_begun()
    for one, other in problem.kept_together:
        if family[one] != family[other] and not begun[one] and not begun[other]:
            yield f"Kinderen {number[one]} en {number[other]} moeten bij elkaar blijven."


def _asked_first(case: Case, family: Ints) -> Iterator[str]:
    first = first_asked(case.problem, case.pairs, case.policy)
    for child, home in enumerate(first.tolist()):
        if home >= 0 and family[child] not in (-1, home):
            number = case.problem.children.number[child]
            yield f"Kind {number}: eerst moet het gezin van zijn broer of zus worden gevraagd."


def _rhythms(case: Case, family: Ints) -> Iterator[str]:
    """Whole beds hold who comes full time; each rhythm has room for them and for its own.

    Children who come to a placed sibling may be more than there are places (requests), but no
    other child then has a place there.
    """
    problem, homes = case.problem, case.problem.families
    if problem.weekends is not None:
        yield from check_weekends(problem, family)
        return
    first = first_asked(problem, case.pairs, case.policy)
    yield from check_beds(case, family, first)
    begun, by_bed = problem.begun, set(problem.beds.family.tolist())
    rows = zip(begun.child, begun.family, begun.takes_place, strict=True)
    held = _count(problem, [(child, home) for child, home, takes in rows if takes])
    asked = _count(problem, [(c, h) for c, h in enumerate(first) if h >= 0])
    others = _count(problem, [(c, h) for c, h in enumerate(family) if h >= 0 and first[c] != h])
    for home in sorted(others.keys() - by_bed):
        counts = [there[home] for there in (held, asked, others)]
        places = [int(homes.free_places[home])]
        places += [places[0] + int(more) for more in homes.part_places[home]]
        for rhythm, free in zip(RHYTHMS, places, strict=True):
            begun_here, kept, taken = (_using(count, rhythm) for count in counts)
            room = max(max(free - begun_here, 0) - kept, 0)
            if taken > room:
                name = f"{homes.provider[home]} {homes.reference[home]}"
                when = "" if rhythm is Rhythm.FULL_TIME else f" ({rhythm.value})"
                yield f"Gezin {name}: {taken} kinderen op {room} plaatsen{when}."
                break


def _count(problem: Problem, rows: list[tuple[int, int]]) -> dict[int, Counter[Rhythm]]:
    """Return how many of these children come to each family, by rhythm."""
    found: dict[int, Counter[Rhythm]] = defaultdict(Counter)
    for child, home in rows:
        found[int(home)][RHYTHMS[problem.children.rhythm[child]]] += 1
    return found


def _using(count: Counter[Rhythm], rhythm: Rhythm) -> int:
    full = count[Rhythm.FULL_TIME]
    return full if rhythm is Rhythm.FULL_TIME else full + count[rhythm]
