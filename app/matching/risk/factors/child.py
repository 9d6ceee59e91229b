"""The child's own risk factors: the same with every family, so they set the level only."""

import numpy as np

from app.kernel.words import PROBLEMS
from app.kernel.words import Problem as Trouble
from app.matching.problem import Floats, Ints, Problem
from app.matching.risk.at_scale import OF_CHILD
from app.matching.risk.factor import Factor, Level, Measure, known, partly_known
from app.matching.rules.phrases import name_problems

BEHAVIOUR = [
    PROBLEMS.index(trouble)
    for trouble in (
        Trouble.EXTERNALISING,
        Trouble.SEXUAL,
        Trouble.RUNNING_AWAY,
        Trouble.SUBSTANCES,
    )
]
DISABILITY = PROBLEMS.index(Trouble.LEARNING_DISABILITY)
SEVEREST = 3
MOST_BURDEN = 4.0
SMALL_YEARS = 4
SDQ_TYPICAL = 12.0  # assumption: what registrations show on average; the scale runs 0..40
SDQ_STEP = 6.0
SDQ_LIMIT = 2.5
EVERYWHERE = "Dat is bij elk gezin zo."


def _school_age(problem: Problem, child: Ints, _family: Ints) -> Measure:
    age = problem.age_in_years()
    return known(((age >= 6) & (age < 13))[child])


def _adolescent(problem: Problem, child: Ints, _family: Ints) -> Measure:
    return known((problem.age_in_years() >= 13)[child])


def _small(problem: Problem, child: Ints, _family: Ints) -> Measure:
    return known((problem.exact_age() < SMALL_YEARS)[child])


def _twelve(problem: Problem, child: Ints, _family: Ints) -> Measure:
    return known((problem.age_in_years() == 12)[child])


def burden(problem: Problem, child: Ints) -> Floats:
    """Return how much there is at once: the severity (0 to 1) of all problems added up, max 4."""
    whole = problem.children.severity[child].sum(axis=1) / SEVEREST
    return np.asarray(np.minimum(whole, MOST_BURDEN))


def _burden(problem: Problem, child: Ints, _family: Ints) -> Measure:
    return known(burden(problem, child))


def _behaviour(problem: Problem, child: Ints, _family: Ints) -> Measure:
    return known(problem.children.severity[:, BEHAVIOUR].max(axis=1)[child] / SEVEREST)


def _sdq(problem: Problem, child: Ints, _family: Ints) -> Measure:
    total: Floats = problem.children.sdq_total[child]
    steps = np.clip((total - SDQ_TYPICAL) / SDQ_STEP, -SDQ_LIMIT, SDQ_LIMIT)
    return partly_known(steps, is_known=~np.isnan(total), spread=1.0)


def _disability(problem: Problem, child: Ints, _family: Ints) -> Measure:
    return known(np.minimum(problem.children.severity[child, DISABILITY] / 2, 1.0))


def _earlier_placements(problem: Problem, child: Ints, _family: Ints) -> Measure:
    return known(np.log1p(problem.children.earlier_placements)[child])


def _earlier_breakdowns(problem: Problem, child: Ints, _family: Ints) -> Measure:
    return known(np.log1p(problem.children.earlier_breakdowns)[child])


def _residential(problem: Problem, child: Ints, _family: Ints) -> Measure:
    return known(problem.children.residential_past[child])


def _say_school_age(_problem: Problem, _child: int, _family: int, _value: float) -> str:
    return f"Bij kinderen van 6 tot en met 12 jaar stopt een plaatsing vaker te vroeg. {EVERYWHERE}"


def _say_adolescent(_problem: Problem, _child: int, _family: int, _value: float) -> str:
    return f"Bij jongeren vanaf 13 jaar stopt een plaatsing vaker te vroeg. {EVERYWHERE}"


def _say_small(_problem: Problem, _child: int, _family: int, _value: float) -> str:
    return f"Het kind is jonger dan {SMALL_YEARS} jaar. {EVERYWHERE}"


def _say_twelve(_problem: Problem, _child: int, _family: int, _value: float) -> str:
    return f"Het kind is 12 en staat voor de overgang naar de puberteit. {EVERYWHERE}"


def _say_burden(_problem: Problem, _child: int, _family: int, _value: float) -> str:
    return f"Bij het kind speelt in totaal veel tegelijk; dat vraagt meer steun. {EVERYWHERE}"


def _say_behaviour(problem: Problem, child: int, _family: int, _value: float) -> str:
    shown = [column for column in BEHAVIOUR if problem.children.severity[child, column] > 0]
    return f"Bij het kind speelt {name_problems(shown)}; dat vraagt veel van elk gezin."


def _say_sdq(_problem: Problem, _child: int, _family: int, value: float) -> str:
    if value > 0:
        return f"De vragenlijst (SDQ) laat meer problemen zien dan gemiddeld. {EVERYWHERE}"
    return "De vragenlijst (SDQ) laat minder problemen zien dan gemiddeld."


def _miss_sdq(_problem: Problem, _child: int, _family: int) -> str:
    return "De vragenlijst over gedrag (SDQ) is niet ingevuld."


def _say_disability(_problem: Problem, _child: int, _family: int, _value: float) -> str:
    return f"Het kind leert moeilijker dan leeftijdgenoten; dat vraagt meer steun. {EVERYWHERE}"


def _say_placements(problem: Problem, child: int, _family: int, _value: float) -> str:
    times = problem.children.earlier_placements[child]
    return f"Het kind woonde al eerder ergens anders ({times} keer). {EVERYWHERE}"


def _say_breakdowns(problem: Problem, child: int, _family: int, _value: float) -> str:
    times = problem.children.earlier_breakdowns[child]
    return f"Een eerdere plaatsing stopte te vroeg ({times} keer). {EVERYWHERE}"


def _say_residential(_problem: Problem, _child: int, _family: int, _value: float) -> str:
    return f"Het kind woonde eerder in een instelling. {EVERYWHERE}"


FACTORS = (
    Factor("leeftijd_6_12", Level.CHILD, _school_age, _say_school_age, at_scale=OF_CHILD),
    Factor("leeftijd_13", Level.CHILD, _adolescent, _say_adolescent, at_scale=OF_CHILD),
    Factor("leeftijd_0_3", Level.CHILD, _small, _say_small, at_scale=OF_CHILD),
    Factor("leeftijd_12", Level.CHILD, _twelve, _say_twelve, at_scale=OF_CHILD),
    Factor("zwaarte", Level.CHILD, _burden, _say_burden, at_scale=OF_CHILD),
    Factor("gedrag", Level.CHILD, _behaviour, _say_behaviour, at_scale=OF_CHILD),
    Factor("sdq", Level.CHILD, _sdq, _say_sdq, _miss_sdq, at_scale=OF_CHILD),
    Factor("lvb", Level.CHILD, _disability, _say_disability, at_scale=OF_CHILD),
    Factor(
        "eerdere_plaatsingen", Level.CHILD, _earlier_placements, _say_placements, at_scale=OF_CHILD
    ),
    Factor(
        "eerdere_breakdowns", Level.CHILD, _earlier_breakdowns, _say_breakdowns, at_scale=OF_CHILD
    ),
    Factor("residentieel_verleden", Level.CHILD, _residential, _say_residential, at_scale=OF_CHILD),
)
