"""The brief as a report keeps it: whom to recruit, and no child by number."""

from datetime import date
from uuid import uuid4

from app.kernel.words import CareForm, Problem, Rhythm
from app.proposals.list_views import recruitment_figures
from app.proposals.question_schemas import Profile, Recruitment, ShortChild


def _profile(area: str, children: int) -> Profile:
    return Profile(
        sentence=f"Gezocht in {area}.", area=area, care_form=CareForm.CRISIS,
        rhythm=Rhythm.FULL_TIME, youngest=4, oldest=9, places=2, families=3,
        problems=[Problem.ATTACHMENT], pets=["hond"], smoke_free=True, wheelchair=False,
        siblings=True,
        children=[ShortChild(number=f"AM-{nth}", options=1) for nth in range(children)],
    )  # fmt: skip


def test_a_profile_is_kept_without_its_children_and_not_for_a_few() -> None:
    """Of five and more; how many were left out is told."""
    brief = Recruitment(
        run_id=uuid4(), tested=20, short=9, left_out=0,
        profiles=[_profile("10", 5), _profile("13", 4)],
    )  # fmt: skip
    told = recruitment_figures(brief, date(2026, 12, 31))
    assert (told.run_id, told.on_day, told.left_out) == (brief.run_id, date(2026, 12, 31), 1)
    assert (told.tested, told.short) == (20, 9)
    (kept,) = told.profiles
    whole = brief.profiles[0].model_dump(exclude={"children"}, by_alias=False)
    assert kept.model_dump(by_alias=False) == whole
    assert "AM-" not in told.model_dump_json()


def test_small_counts_are_not_kept() -> None:
    """Nor what would give them away."""
    brief = Recruitment(run_id=uuid4(), tested=20, short=3, left_out=0, profiles=[])
    told = recruitment_figures(brief, date(2026, 12, 31))
    assert (told.tested, told.short) == (20, None)
