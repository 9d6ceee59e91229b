"""The call list and the recruitment brief as people read them."""

from collections.abc import Sequence
from datetime import date

from app.http.told_figures import FamilyWanted, RecruitmentFigures
from app.kernel.chance_band import band_of
from app.kernel.small_cells import FEW, told, told_cells
from app.kernel.words import CARE_FORMS, PROBLEMS, RHYTHMS
from app.matching.questions import recruitment as engine
from app.matching.questions.nearly import Nearly
from app.proposals.call_list import CallsOfRun
from app.proposals.question_schemas import (
    Call,
    CallList,
    Profile,
    Recruitment,
    RunCalls,
    ShortChild,
)
from app.proposals.question_views import tell_difference
from app.proposals.standing import Standing


def tell_calls(standing: Standing, calls: Sequence[Nearly]) -> CallList:
    """Return a list of calls."""
    return CallList(run_id=standing.run_id, calls=[_call(standing, call) for call in calls])


def tell_run_calls(standing: Standing, found: CallsOfRun) -> RunCalls:
    """Return the call list of a run, and whether more of it is still to come."""
    return RunCalls(
        run_id=standing.run_id,
        calls=[_call(standing, call) for call in found.calls],
        state=found.state,
    )


def _call(standing: Standing, call: Nearly) -> Call:
    case, option = standing.case, call.option
    named = standing.names.now[call.family]
    return Call(
        number=case.problem.children.number[call.child],
        family=named.family,
        provider=named.provider,
        rule=call.rule,
        label=call.label,
        question=call.question,
        chance=option.chance,
        interval=[option.low, option.high],
        band=band_of(option.chance),
        is_above=call.is_above,
        gain=call.gain and tell_difference(standing, call.gain),
    )


def tell_recruitment(standing: Standing, found: engine.Shortage) -> Recruitment:
    """Return the three-option test and the profiles."""
    return Recruitment(
        run_id=standing.run_id,
        tested=found.tested,
        short=found.short,
        profiles=[_profile(standing, profile) for profile in found.profiles],
        left_out=0,
    )


def without_small(brief: Recruitment) -> Recruitment:
    """Return a brief for who may see figures and no children: nothing of a few of them."""
    profiles = [profile for profile in brief.profiles if len(profile.children) >= FEW]
    tested, short = brief.tested or 0, brief.short or 0
    parts = told_cells({"short": short, "enough": tested - short}, smallest=FEW)
    return brief.model_copy(
        update={
            "tested": told(tested, smallest=FEW),
            "short": parts["short"],
            "profiles": profiles,
            "left_out": len(brief.profiles) - len(profiles),
        }
    )


def recruitment_figures(brief: Recruitment, on_day: date) -> RecruitmentFigures:
    """Return a brief as a report of the region tells it: nothing of a few, no child by number."""
    told_brief = without_small(brief)
    fields = set(FamilyWanted.model_fields)
    return RecruitmentFigures(
        run_id=brief.run_id,
        on_day=on_day,
        tested=told_brief.tested,
        short=told_brief.short,
        profiles=[
            FamilyWanted.model_validate(one.model_dump(include=fields))
            for one in told_brief.profiles
        ],
        left_out=told_brief.left_out,
    )


def _profile(standing: Standing, profile: engine.Profile) -> Profile:
    numbers = standing.case.problem.children.number
    return Profile(
        sentence=profile.sentence,
        area=profile.area,
        care_form=CARE_FORMS[profile.care_form],
        rhythm=RHYTHMS[profile.rhythm],
        youngest=profile.youngest,
        oldest=profile.oldest,
        places=profile.places,
        families=profile.families,
        problems=[PROBLEMS[column] for column in profile.problems],
        pets=list(profile.pets),
        smoke_free=profile.smoke_free,
        wheelchair=profile.wheelchair,
        siblings=profile.siblings,
        children=[
            ShortChild(number=numbers[child], options=count)
            for child, count in zip(profile.children, profile.options, strict=True)
        ],
    )
