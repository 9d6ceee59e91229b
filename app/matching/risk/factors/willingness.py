"""How willing the carers are to take on what the child brings."""

import numpy as np

from app.kernel.words import WILLINGNESS, Willingness
from app.matching.problem import Bools, Floats, Ints, Problem
from app.matching.risk.at_scale import BySum
from app.matching.risk.factor import Factor, Level, Measure, known
from app.matching.rules.phrases import name_problems

YES = WILLINGNESS.index(Willingness.YES)
WITH_SUPPORT = WILLINGNESS.index(Willingness.WITH_SUPPORT)
NO = WILLINGNESS.index(Willingness.NO)
UNKNOWN = -1
LIGHT = 1
SEVEREST = 3
# Half of the way from "ja" to "met steun" lies on each side of not knowing.
HALF = 0.5
LIMIT = 1.5


def _side(problem: Problem) -> Floats:
    """Return on which side of not knowing each answer lies, shape (m, 9)."""
    answer = problem.families.willingness
    return np.where(answer == WITH_SUPPORT, HALF, np.where(answer == YES, -HALF, 0.0))


def _severity(problem: Problem) -> Ints:
    return problem.children.severity


def _squares(problem: Problem) -> Ints:
    return np.asarray(problem.children.severity**2)


def _light(problem: Problem) -> Bools:
    return np.asarray(problem.children.severity == LIGHT)


def _supported(problem: Problem) -> Bools:
    return np.asarray(problem.families.willingness == WITH_SUPPORT)


def _unwilling(problem: Problem) -> Bools:
    return np.asarray(problem.families.willingness == NO)


def _willing(problem: Problem, child: Ints, family: Ints) -> Measure:
    """Measure readiness: minus is wholeheartedly, plus is only with support, by severity."""
    severity: Floats = problem.children.severity[child].astype(np.float64)
    answer = problem.families.willingness[family]
    side = _side(problem)[family]
    missing = np.where(answer == UNKNOWN, severity * HALF, 0.0) / SEVEREST
    # Halves of whole numbers add up exactly, so that opposite answers leave nothing behind.
    value = np.clip((severity * side).sum(axis=1) / SEVEREST, -LIMIT, LIMIT)
    return Measure(value, np.sqrt((missing**2).sum(axis=1)))


def _supported_severe(problem: Problem, child: Ints, family: Ints) -> Measure:
    """Measure willingness with support once more, by the square of the severity."""
    severity = problem.children.severity[child] / SEVEREST
    answer = problem.families.willingness[family]
    return known((severity**2 * (answer == WITH_SUPPORT)).sum(axis=1))


def _no_to_light(problem: Problem, child: Ints, family: Ints) -> Measure:
    light = problem.children.severity[child] == LIGHT
    return known((light & (problem.families.willingness[family] == NO)).sum(axis=1))


def _columns(problem: Problem, child: int, family: int, *, answer: int) -> list[int]:
    present: Bools = problem.children.severity[child] > 0
    return np.flatnonzero(present & (problem.families.willingness[family] == answer)).tolist()


def _say_willing(problem: Problem, child: int, family: int, value: float) -> str:
    willing = name_problems(_columns(problem, child, family, answer=YES))
    supported = name_problems(_columns(problem, child, family, answer=WITH_SUPPORT))
    if value < 0:
        but = f"; bij {supported} alleen met steun" if supported else ""
        return f"Het gezin heeft aangegeven hulp te willen bieden bij {willing}{but}."
    but = f"; bij {willing} wil het dat ook zonder" if willing else ""
    return f"Het gezin wil hulp bieden bij {supported}, maar alleen met steun{but}."


def _say_supported(problem: Problem, child: int, family: int, _value: float) -> str:
    supported = name_problems(_columns(problem, child, family, answer=WITH_SUPPORT))
    return f"Bij {supported} wil het gezin steun; hoe zwaarder het speelt, hoe meer dat telt."


def _miss_willing(problem: Problem, child: int, family: int) -> str:
    named = name_problems(_columns(problem, child, family, answer=UNKNOWN))
    return f"Het is niet bekend of het gezin hulp wil bieden bij {named}: vraag dit na."


def _say_no_to_light(problem: Problem, child: int, family: int, _value: float) -> str:
    light = (problem.children.severity[child] == LIGHT) & (
        problem.families.willingness[family] == NO
    )
    named = name_problems(np.flatnonzero(light).tolist())
    return f"Het gezin kiest liever niet voor {named}; bij dit kind speelt dat licht."


FACTORS = (
    Factor(
        "bereidheid",
        Level.PAIR,
        _willing,
        _say_willing,
        _miss_willing,
        at_scale=BySum(_severity, _side, SEVEREST, -LIMIT, LIMIT),
    ),
    Factor(
        "steun_ernstig",
        Level.PAIR,
        _supported_severe,
        _say_supported,
        at_scale=BySum(_squares, _supported, SEVEREST**2),
    ),
    Factor(
        "nee_bij_licht",
        Level.PAIR,
        _no_to_light,
        _say_no_to_light,
        at_scale=BySum(_light, _unwilling, 1),
    ),
)
