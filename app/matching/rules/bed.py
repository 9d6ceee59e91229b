"""Of beds that are unlike, one must fit: its forms, its rhythm and its days, all at once."""

import numpy as np

from app.kernel.words import CARE_FORMS, RHYTHMS
from app.matching.choices import asks_siblings, may_ask_siblings
from app.matching.days import last_day, latest_start
from app.matching.policy import Policy
from app.matching.problem import Bools, Floats, Ints, Problem
from app.matching.rules.alike import alone_where
from app.matching.rules.phrases import in_words
from app.matching.rules.rule import Basis, Change, Rule
from app.matching.slots import Slots, open_for


def _conflicts(problem: Problem, policy: Policy, child: Ints, family: Ints) -> Bools:
    if not len(problem.beds):
        return np.zeros((1, 1) if child.ndim > 1 else (1,), dtype=np.bool_)
    slots = Slots.of(problem, policy)
    none_fits = (slots.uses(child, family) == 0) | (slots.fitting(child, family) < 1)
    is_open = (slots.sums.of_kinds.count[family] > 0) & (open_for(problem, child, family) >= 1)
    return np.asarray(is_open & none_fits & ~asks_siblings(problem, child, family))


def _alike(problem: Problem, policy: Policy) -> Ints:
    kids = problem.children
    if not len(problem.beds):
        return np.zeros(len(kids), dtype=np.int64)
    days = (latest_start(problem, policy), last_day(problem))
    looked_at = [
        kids.care_form,
        kids.rhythm,
        *(day.astype(np.int64) for day in days),
        alone_where(may_ask_siblings(problem)),
    ]
    kind = np.unique(np.stack(looked_at), axis=1, return_inverse=True)[1]
    return np.asarray(kind.ravel(), dtype=np.int64)


def _sentence(problem: Problem, child: int, _family: int) -> str:
    kids = problem.children
    form, rhythm = CARE_FORMS[kids.care_form[child]], RHYTHMS[kids.rhythm[child]]
    return (
        f"Het gezin heeft een vrije plaats, maar geen die er is voor {form.value} ({rhythm.value}) "
        f"tot en met {in_words(last_day(problem)[child])}."
    )


def _gap(problem: Problem, policy: Policy, child: Ints, family: Ints) -> Floats:
    return np.asarray(_conflicts(problem, policy, child, family), dtype=np.float64)


RULE = Rule(
    code="bed",
    label="geen van de vrije plaatsen past",
    basis=Basis.POLICY,
    source="Opgave van de aanbieder per plaats, en vraag bij de aanmelding",
    conflicts=_conflicts,
    sentence=_sentence,
    alike=_alike,
    # As with a place in another rhythm: a question to the provider.
    change=Change(
        gap=_gap,
        burden=3.0,
        clause=lambda _gap: "het gezin een vrije plaats ook voor dit kind kan bieden",
    ),
)
