"""Answers of the engine as people read them: numbers instead of positions."""

from app.kernel.chance_band import band_of, basis_words
from app.matching.explain.case import Case
from app.matching.explain.options import Option as EngineOption
from app.matching.explain.reason import Kind
from app.matching.explain.reason import Reason as EngineReason
from app.matching.questions import alternatives as engine_alternatives
from app.matching.questions import pair as engine_pair
from app.matching.questions.difference import Difference
from app.matching.questions.difference import Move as EngineMove
from app.proposals.question_schemas import (
    Admission,
    Alternative,
    Alternatives,
    GoalPrice,
    MovedChild,
    PairAnswer,
    Price,
)
from app.proposals.report import MOST_MONTHS
from app.proposals.schemas import Option, Reason, Unknown
from app.proposals.schemas_compare import Move, Proposed
from app.proposals.standing import Standing

_FIXED = "Mensen zijn voor dit kind al met een gezin bezig: dat ligt vast, dus er is geen keus."
_NONE = "Er is nu geen gezin dat dit kind kan opnemen binnen de grens van het beleid."


def tell_pair(standing: Standing, answer: engine_pair.PairAnswer) -> PairAnswer:
    """Return the answer to "why not that one"."""
    case, admission = standing.case, answer.admission
    return PairAnswer(
        number=case.problem.children.number[answer.child],
        run_id=standing.run_id,
        verdict=answer.verdict,
        sentence=answer.sentence,
        option=Option.model_validate(_option(standing, answer.option)),
        refusals=[_reason(reason) for reason in answer.refusals],
        admission=admission
        and Admission(
            sentence=admission.sentence,
            is_negotiable=admission.is_negotiable,
            rules=list(admission.rules),
        ),
        price=answer.price and tell_difference(standing, answer.price),
    )


def tell_alternatives(standing: Standing, child: int) -> Alternatives:
    """Return all real alternatives of a child."""
    case, found = standing.case, standing.alternatives_of(child)
    is_fixed = bool(case.problem.is_begun()[child])
    return Alternatives(
        number=case.problem.children.number[child],
        run_id=standing.run_id,
        notice=_FIXED if is_fixed else None if found else _NONE,
        alternatives=[_alternative(standing, one) for one in found],
    )


def _alternative(standing: Standing, one: engine_alternatives.Alternative) -> Alternative:
    return Alternative.model_validate(
        {
            **_option(standing, one.option),
            "is_proposed": one.is_proposed,
            "price": tell_difference(standing, one.price),
        }
    )


def tell_difference(
    standing: Standing, difference: Difference, *, case: Case | None = None
) -> Price:
    """Return a difference between two plans; case: what was asked, where facts were changed."""
    case = case or standing.case
    return Price(
        is_estimate=difference.is_estimate,
        goals=[
            GoalPrice(
                code=goal.code,
                sentence=goal.sentence,
                unit=goal.unit,
                sense=goal.sense,
                before=goal.before,
                after=goal.after,
                loss=goal.loss,
            )
            for goal in difference.goals
        ],
        children=[_moved(standing, case, move) for move in difference.moves],
    )


def _moved(standing: Standing, case: Case, move: EngineMove) -> MovedChild:
    given_up = Move.LOST if move.after < 0 else Move.OTHER_FAMILY
    return MovedChild(
        number=case.problem.children.number[move.child],
        move=Move.GAINED if move.before < 0 else given_up,
        before=name_family(standing, move.before),
        after=name_family(standing, move.after),
        is_secret=bool(case.problem.children.secret_placement[move.child]),
    )


def name_family(standing: Standing, family: int) -> Proposed | None:
    """Return a family by its provider and number of now, None for none."""
    return None if family < 0 else standing.names.now[family]


def _option(standing: Standing, option: EngineOption) -> dict[str, object]:
    case, named = standing.case, standing.names.now[option.family]
    months = float(case.problem.children.expected_months[option.child])
    return {
        "family": named.family,
        "provider": named.provider,
        "chance": option.chance,
        "interval": [option.low, option.high],
        "band": band_of(option.chance),
        "basis": basis_words(is_calibrated=case.scores.weights.is_calibrated),
        "months": min(months, MOST_MONTHS),
        "unknowns": [
            Unknown(
                code=reason.code.removesuffix("_onbekend"),
                sentence=reason.sentence,
                changes_ranking=reason.changes_ranking,
            )
            for reason in option.reasons
            if reason.kind is Kind.UNKNOWN
        ],
        "is_request": option.is_request,
        "needs_support": option.needs_support,
        "reasons": [_reason(reason) for reason in option.reasons],
    }


def _reason(reason: EngineReason) -> Reason:
    return Reason(
        code=reason.code,
        kind=reason.kind.value,
        contribution=reason.contribution,
        sentence=reason.sentence,
        source=reason.source,
    )
