"""The rules that a telephone call may settle: the question, and the facts after a yes.

A judgement of what can be asked, not a measurement: an age by two years, a date by a month, one
place more, one "nee". What touches the safety of the child is never a question.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from app.kernel.words import CARE_FORMS, GENDERS, RHYTHMS, WILLINGNESS, Gender, Willingness
from app.matching.bed_changes import add_beds, open_bed
from app.matching.beds import Beds, tell_families
from app.matching.days import day_of_need, last_day
from app.matching.policy import Policy
from app.matching.problem import Bools, Problem
from app.matching.rules import (
    age,
    bed,
    clearance,
    confirmation,
    ending,
    free_place,
    gender,
    preparation,
    rhythm,
    start,
    willingness,
)
from app.matching.rules.phrases import count_days, in_words, name_problems
from app.matching.rules.rule import Rule
from app.matching.rules.willingness import CLEAR, UNWILLING
from app.matching.slots import FULL_TIME

MOST_YEARS = 2.0
MOST_DAYS = 31.0
ASKED_OF_NO = willingness.RULE.code
_YEAR = np.timedelta64(365, "D")

Ask = Callable[[Problem, Policy, int, int], str]
Grant = Callable[[Problem, Policy, int, int], Problem]


@dataclass(frozen=True, slots=True)
class Asking:
    """One rule as a question to the provider of a family, for one child.

    most: by how much the pair may miss, in the unit of the rule, for it to be asked at all. ask:
    the question. grant: the problem as it would be after a yes.
    """

    rule: Rule
    most: float
    ask: Ask
    grant: Grant

    def gap(self, problem: Problem, policy: Policy, child: int, family: int) -> float:
        """Return by how much a refused pair misses; of a "nee" how many there are."""
        if self.rule.change is None:
            return float(refused_problems(problem, child, family).sum())
        one, other = np.array([child], dtype=np.int64), np.array([family], dtype=np.int64)
        return float(np.max(self.rule.change.gap(problem, policy, one, other)))


def refused_problems(problem: Problem, child: int, family: int) -> Bools:
    """Return to which clear problems of the child the family said no, shape (9,)."""
    clear = problem.children.severity[child] >= CLEAR
    return np.asarray(clear & (problem.families.willingness[family] == UNWILLING))


def name_refused(problem: Problem, child: int, family: int) -> str:
    """Return those problems in words."""
    return name_problems(np.flatnonzero(refused_problems(problem, child, family)).tolist())


def _with(problem: Problem, family: int, **values: object) -> Problem:
    """Return the problem with some fields of one family changed."""
    columns = {}
    for name, value in values.items():
        columns[name] = getattr(problem.families, name).copy()
        columns[name][family] = value
    return replace(problem, families=replace(problem.families, **columns))


def _ask_age(problem: Problem, _policy: Policy, child: int, family: int) -> str:
    homes, years = problem.families, int(problem.age_in_years()[child])
    return (
        f"Wil het gezin een kind van {years} jaar opnemen? Het neemt nu kinderen van "
        f"{homes.min_age[family]} tot en met {homes.max_age[family]} jaar."
    )


def _grant_age(problem: Problem, _policy: Policy, child: int, family: int) -> Problem:
    homes, years = problem.families, int(problem.age_in_years()[child])
    least, most = int(homes.min_age[family]), int(homes.max_age[family])
    return _with(problem, family, min_age=min(least, years), max_age=max(most, years))


def _ask_gender(problem: Problem, _policy: Policy, child: int, _family: int) -> str:
    who = GENDERS[problem.children.gender[child]]
    named = "een kind met gender x" if who is Gender.X else f"ook een {who.value}"
    return f"Wil het gezin {named} opnemen? Het gaf een voorkeur op."


def _grant_gender(problem: Problem, _policy: Policy, _child: int, family: int) -> Problem:
    return _with(problem, family, gender_preference=0)


def _ask_no(problem: Problem, _policy: Policy, child: int, family: int) -> str:
    return (
        f"Wil het gezin, met steun, een kind opnemen met {name_refused(problem, child, family)}? "
        "Het zei daar eerder nee op; hoor waarom, en wat zou helpen."
    )


def _grant_no(problem: Problem, _policy: Policy, child: int, family: int) -> Problem:
    answers = problem.families.willingness[family].copy()
    answers[refused_problems(problem, child, family)] = WILLINGNESS.index(Willingness.WITH_SUPPORT)
    return _with(problem, family, willingness=answers)


def _latest_start(problem: Problem, policy: Policy, child: int) -> np.datetime64:
    slack = policy.slack_days[problem.children.urgency[child]]
    return np.datetime64(day_of_need(problem)[child] + np.timedelta64(slack, "D"))


def _ask_start(problem: Problem, policy: Policy, child: int, family: int) -> str:
    wanted = _latest_start(problem, policy, child)
    days = int((problem.families.available_from[family] - wanted).astype(np.int64))
    return f"Kan de plaats {count_days(days)} eerder vrijkomen, uiterlijk op {in_words(wanted)}?"


def _grant_start(problem: Problem, policy: Policy, child: int, family: int) -> Problem:
    return _with(problem, family, available_from=_latest_start(problem, policy, child))


def _ask_end(problem: Problem, _policy: Policy, child: int, family: int) -> str:
    until = in_words(problem.families.available_until[family])
    return (
        f"Kan de plaats langer blijven dan tot en met {until}? Het kind heeft die nodig vanaf "
        f"{in_words(day_of_need(problem)[child])}."
    )


def _grant_end(problem: Problem, _policy: Policy, _child: int, family: int) -> Problem:
    return _with(problem, family, available_until=np.datetime64("NaT"))


def _ask_place(_problem: Problem, _policy: Policy, _child: int, _family: int) -> str:
    return "Kan het gezin er een kind bij nemen? Het heeft nu geen vrije plaats."


def _grant_place(problem: Problem, _policy: Policy, child: int, family: int) -> Problem:
    slot = int(problem.children.rhythm[child])
    if family in problem.beds.family:
        return _with_beds(problem, add_beds(problem, family, 1, slot))
    if slot == FULL_TIME:
        more = int(problem.families.free_places[family]) + 1
        return _with(problem, family, free_places=more)
    places = problem.families.part_places[family].copy()
    places[slot - 1] += 1
    return _with(problem, family, part_places=places)


def _ask_bed(problem: Problem, _policy: Policy, child: int, _family: int) -> str:
    form = CARE_FORMS[problem.children.care_form[child]].value
    until = in_words(last_day(problem)[child])
    return f"Kan het gezin een vrije plaats ook bieden voor {form}, tot en met {until}?"


def _grant_bed(problem: Problem, _policy: Policy, child: int, family: int) -> Problem:
    return _with_beds(problem, open_bed(problem, family, child))


def _with_beds(problem: Problem, beds: Beds) -> Problem:
    return replace(problem, beds=beds, families=tell_families(problem.families, beds))


def _ask_rhythm(problem: Problem, _policy: Policy, child: int, _family: int) -> str:
    need = RHYTHMS[problem.children.rhythm[child]].value
    return f"Kan het gezin de vrije plaats ook bieden in het ritme van het kind ({need})?"


def _ask_clearance(_problem: Problem, _policy: Policy, _child: int, _family: int) -> str:
    return "Kan de VGB van het gezin nu worden vernieuwd? Tot dan komt er geen kind."


def _grant_clearance(problem: Problem, _policy: Policy, _child: int, family: int) -> Problem:
    return _with(problem, family, clearance_until=problem.snapshot_day + _YEAR)


def _ask_preparation(_problem: Problem, _policy: Policy, _child: int, _family: int) -> str:
    return "Wanneer rondt het gezin de voorbereiding af, en kan dat eerder?"


def _grant_preparation(problem: Problem, _policy: Policy, _child: int, family: int) -> Problem:
    return _with(problem, family, prepared=True)


def _ask_confirmation(_problem: Problem, _policy: Policy, _child: int, _family: int) -> str:
    return "Is het gezin er nog? Het stond niet in de laatste opgave."


def _grant_confirmation(problem: Problem, _policy: Policy, _child: int, family: int) -> Problem:
    return _with(problem, family, needs_confirmation=False)


ASKINGS: tuple[Asking, ...] = (
    Asking(confirmation.RULE, 1.0, _ask_confirmation, _grant_confirmation),
    Asking(age.RULE, MOST_YEARS, _ask_age, _grant_age),
    Asking(gender.RULE, 1.0, _ask_gender, _grant_gender),
    Asking(willingness.RULE, 1.0, _ask_no, _grant_no),
    Asking(start.RULE, MOST_DAYS, _ask_start, _grant_start),
    Asking(ending.RULE, MOST_DAYS, _ask_end, _grant_end),
    Asking(free_place.RULE, 1.0, _ask_place, _grant_place),
    Asking(rhythm.RULE, 1.0, _ask_rhythm, _grant_place),
    Asking(bed.RULE, 1.0, _ask_bed, _grant_bed),
    Asking(clearance.RULE, 1.0, _ask_clearance, _grant_clearance),
    Asking(preparation.RULE, 1.0, _ask_preparation, _grant_preparation),
)
