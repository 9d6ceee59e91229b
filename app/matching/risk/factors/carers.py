"""What the carers bring: experience, training, respite, their age."""

import numpy as np

from app.kernel.words import CARE_FORMS, PROBLEMS, CareForm
from app.kernel.words import Problem as Trouble
from app.matching.problem import Floats, Ints, Problem
from app.matching.risk.at_scale import ByKind, BySum, every_child, number
from app.matching.risk.factor import Factor, Level, Measure, known
from app.matching.risk.factors.child import burden
from app.matching.rules.phrases import name_problems

# Which problems each training prepares for; a training that is not named here adds nothing.
TRAINED = {
    "hechting": (Trouble.ATTACHMENT,),
    "kinder-ehbo": (Trouble.MEDICAL,),
    "lvb": (Trouble.LEARNING_DISABILITY,),
    "traumasensitief opvoeden": (
        Trouble.EXTERNALISING,
        Trouble.INTERNALISING,
        Trouble.ATTACHMENT,
    ),
    "video-hometraining": (Trouble.EXTERNALISING, Trouble.ATTACHMENT),
}
SEVEREST = 3
TRAINING_LIMIT = 1.5
MOST_TRAININGS = 3
WIDE_GAP_YEARS = 45
LONG_TERM = CARE_FORMS.index(CareForm.LONG_TERM)


def _experience(problem: Problem, _child: Ints, family: Ints) -> Measure:
    return known(np.log1p(np.nan_to_num(problem.families.experience_years))[family])


def _covered(problem: Problem) -> Floats:
    """Return which problems each family is trained for, shape (m, 9), 0.0 or 1.0."""
    table = np.zeros((len(problem.trainings), len(PROBLEMS)))
    for row, training in enumerate(problem.trainings):
        for trouble in TRAINED.get(training, ()):
            table[row, PROBLEMS.index(trouble)] = 1.0
    return np.minimum(problem.families.trainings @ table, 1.0)


def _training(problem: Problem, child: Ints, family: Ints) -> Measure:
    severity = problem.children.severity[child] / SEVEREST
    return known(np.minimum((severity * _covered(problem)[family]).sum(axis=1), TRAINING_LIMIT))


def _respite(problem: Problem, child: Ints, family: Ints) -> Measure:
    severest = problem.children.severity.max(axis=1) / SEVEREST
    return known(severest[child] * problem.families.respite[family])


def _experience_by_burden(problem: Problem, child: Ints, family: Ints) -> Measure:
    years = np.log1p(np.nan_to_num(problem.families.experience_years))[family]
    return known(years * burden(problem, child))


def _count_trainings(problem: Problem, family: Ints) -> Floats:
    count = np.minimum(problem.families.trainings.sum(axis=1), MOST_TRAININGS)
    return np.asarray(count[family], dtype=np.float64)


def _trainings(problem: Problem, _child: Ints, family: Ints) -> Measure:
    return known(_count_trainings(problem, family))


def _trainings_by_burden(problem: Problem, child: Ints, family: Ints) -> Measure:
    return known(_count_trainings(problem, family) * burden(problem, child))


def _respite_by_burden(problem: Problem, child: Ints, family: Ints) -> Measure:
    return known(problem.families.respite[family] * burden(problem, child))


def _wide_age_gap(problem: Problem, child: Ints, family: Ints) -> Measure:
    year = problem.snapshot_day.astype("datetime64[Y]").astype(np.int64) + 1970
    born = problem.families.oldest_carer_born[family]
    gap = year - born - problem.exact_age()[child]
    return known((born > 0) & (gap > WIDE_GAP_YEARS))


def _older_carers(problem: Problem, child: Ints, family: Ints) -> Measure:
    year = problem.snapshot_day.astype("datetime64[Y]").astype(np.int64) + 1970
    born = problem.families.youngest_carer_born
    over_45 = (born > 0) & (year - born > 45)
    return known(_small_and_long(problem)[child] & over_45[family])


def _small_and_long(problem: Problem) -> Ints:
    small = (problem.age_in_years() < 4) & (problem.children.care_form == LONG_TERM)
    return np.asarray(small, dtype=np.int64)


def _severity(problem: Problem) -> Ints:
    return problem.children.severity


def _total_severity(problem: Problem) -> Ints:
    return np.asarray(problem.children.severity.sum(axis=1))


def _severest(problem: Problem) -> Ints:
    return np.asarray(problem.children.severity.max(axis=1))


def _birthday(problem: Problem) -> Ints:
    return problem.children.born_on.astype("datetime64[D]").astype(np.int64)


def _years(problem: Problem) -> Ints:
    return number(problem.families.experience_years)


def _training_count(problem: Problem) -> Ints:
    return np.asarray(problem.families.trainings.sum(axis=1))


def _has_respite(problem: Problem) -> Ints:
    return problem.families.respite.astype(np.int64)


def _oldest(problem: Problem) -> Ints:
    return problem.families.oldest_carer_born


def _youngest(problem: Problem) -> Ints:
    return problem.families.youngest_carer_born


def _say_experience(problem: Problem, _child: int, family: int, _value: float) -> str:
    years = problem.families.experience_years[family]
    said = f"{years:.0f} jaar" if years >= 1 else "minder dan een jaar"
    return f"Het gezin heeft {said} ervaring met pleegzorg."


def _say_training(problem: Problem, child: int, family: int, _value: float) -> str:
    followed = [problem.trainings[at] for at in np.flatnonzero(problem.families.trainings[family])]
    helped = {trouble for training in followed for trouble in TRAINED.get(training, ())}
    present = np.flatnonzero(problem.children.severity[child]).tolist()
    named = name_problems([column for column in present if PROBLEMS[column] in helped])
    return f"Het gezin volgde een training die helpt bij {named}."


def _say_experience_by_burden(problem: Problem, _child: int, family: int, _value: float) -> str:
    years = problem.families.experience_years[family]
    said = f"{years:.0f} jaar" if years >= 1 else "nog geen jaar"
    return f"Bij het kind speelt veel, en dan telt ervaring zwaarder: het gezin heeft {said}."


def _say_trainings(problem: Problem, _child: int, family: int, _value: float) -> str:
    number = int(problem.families.trainings[family].sum())
    return f"Het gezin volgde {number} {'training' if number == 1 else 'trainingen'}."


def _say_trainings_by_burden(problem: Problem, child: int, family: int, _value: float) -> str:
    told = _say_trainings(problem, child, family, 0.0).removesuffix(".")
    return f"{told}, en bij het kind speelt veel waarbij dat kan helpen."


def _say_respite_by_burden(_problem: Problem, _child: int, _family: int, _value: float) -> str:
    return "Er is respijtzorg mogelijk, en bij het kind speelt veel tegelijk."


def _say_wide_age_gap(_problem: Problem, _child: int, _family: int, _value: float) -> str:
    return f"De oudste pleegouder is meer dan {WIDE_GAP_YEARS} jaar ouder dan het kind."


def _say_respite(_problem: Problem, _child: int, _family: int, _value: float) -> str:
    return "Er is respijtzorg mogelijk: het gezin kan op adem komen als de zorg zwaar is."


def _say_older_carers(_problem: Problem, _child: int, _family: int, _value: float) -> str:
    return "De pleegouders zijn ouder dan 45 en het kind is jonger dan 4 en blijft lang."


FACTORS = (
    Factor(
        "ervaring", Level.PAIR, _experience, _say_experience, at_scale=ByKind(every_child, _years)
    ),
    Factor(
        "ervaring_zwaarte",
        Level.PAIR,
        _experience_by_burden,
        _say_experience_by_burden,
        at_scale=ByKind(_total_severity, _years),
    ),
    Factor(
        "training",
        Level.PAIR,
        _training,
        _say_training,
        at_scale=BySum(_severity, _covered, SEVEREST, most=TRAINING_LIMIT),
    ),
    Factor(
        "trainingen",
        Level.PAIR,
        _trainings,
        _say_trainings,
        at_scale=ByKind(every_child, _training_count),
    ),
    Factor(
        "trainingen_zwaarte",
        Level.PAIR,
        _trainings_by_burden,
        _say_trainings_by_burden,
        at_scale=ByKind(_total_severity, _training_count),
    ),
    Factor("respijt", Level.PAIR, _respite, _say_respite, at_scale=ByKind(_severest, _has_respite)),
    Factor(
        "respijt_zwaarte",
        Level.PAIR,
        _respite_by_burden,
        _say_respite_by_burden,
        at_scale=ByKind(_total_severity, _has_respite),
    ),
    Factor(
        "leeftijdskloof",
        Level.PAIR,
        _wide_age_gap,
        _say_wide_age_gap,
        at_scale=ByKind(_birthday, _oldest),
    ),
    Factor(
        "oudere_pleegouders",
        Level.PAIR,
        _older_carers,
        _say_older_carers,
        at_scale=ByKind(_small_and_long, _youngest),
    ),
)
