"""Tonight's beds are those that the engine would allow: the rules are the same, asked in short."""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.crisis.beds import Home, Need, Person, bed_of, fits
from app.crisis.candidate_queries import find_candidates
from app.crisis.home_queries import contacts_of, find_homes
from app.crisis.queries import free_places
from app.crisis.words import PROBLEM_OF, Flag
from app.kernel.clock import now, today_in_amsterdam
from app.kernel.ids import new_id
from app.kernel.words import (
    CareForm,
    FamilyStatus,
    Gender,
    GenderPreference,
    HousemateRole,
    Problem,
    Urgency,
    Willingness,
)
from app.matching.pairs import find_pairs
from app.matching.policy import load_policy
from app.models import Child, FamilyWillingness, Housemate, Place, RegistrationProblem
from app.proposals.assemble import assemble
from tests.crisis.whole_list import every_home, homes_for, most_together, unsafe
from tests.rows import make_family, make_registration

TODAY = today_in_amsterdam()
DAY = timedelta(days=1)
VARIATIONS: list[dict[str, Any]] = [
    {}, {"min_age": 10}, {"max_age": 8}, {"gender_preference": GenderPreference.BOY},
    {"gender_preference": GenderPreference.GIRL}, {"status": FamilyStatus.PAUSED},
    {"status": FamilyStatus.STOPPED}, {"prepared": False}, {"clearance_until": None},
    {"clearance_until": TODAY}, {"clearance_until": TODAY - DAY}, {"places": 0},
    {"forms": (CareForm.LONG_TERM,)}, {"available_from": TODAY + 30 * DAY},
    {"available_until": TODAY - DAY}, {"smokes": True}, {"wheelchair": True},
    {"pets": ["hond"]}, {"pets": ["kat"]}, {"max_siblings": 1},
]  # fmt: skip


@pytest.mark.parametrize(
    "flags", [[], [Flag.WHEELCHAIR], [Flag.SMOKE_FREE, Flag.ALLERGY_DOG], [Flag.RUNNING_AWAY]]
)
def test_the_beds_are_those_of_the_engine(session: Session, flags: list[Flag]) -> None:
    """Twenty families, each different in one thing, for a girl of nine: the same ones remain."""
    for number, changes in enumerate(VARIATIONS):
        made = {"forms": (CareForm.CRISIS,), "source_updated_at": now()} | changes
        make_family(session, reference=f"SPI-{number:03}", **made)
    for number, answer in enumerate(Willingness, start=100):
        family = make_family(session, reference=f"SPI-{number}", forms=(CareForm.CRISIS,))
        session.add_all([
            FamilyWillingness(
                family_id=family.id, problem=Problem.RUNNING_AWAY, answer=answer
            ),
            Housemate(
                family_id=family.id, role=HousemateRole.CARER,
                birth_year=TODAY.year - 20 - number % 2,
            ),
        ])  # fmt: skip
    session.flush()
    need = Need((Person(9, Gender.GIRL),), frozenset(flags))
    every = every_home(session, TODAY, "1012AB")
    called = homes_for(need, every, TODAY)
    assert {home.number for home in called} == _by_engine(session, flags)
    candidates = find_candidates(session, need, today=TODAY, here="1012AB")
    # What the database leaves out already is nobody to call.
    assert {home.family_id for home in called} <= {one.family_id for one in candidates}
    assert len(candidates) < len(every)
    known = contacts_of(session, [home.family_id for home in called])
    assert all(bed_of(need, home, known[home.family_id], TODAY) for home in called)


def _by_engine(session: Session, flags: list[Flag]) -> set[str]:
    pets = {Flag.ALLERGY_DOG: "hond", Flag.ALLERGY_CAT: "kat"}
    child = make_registration(
        session, number="AM-1", care_form=CareForm.CRISIS, urgency=Urgency.CRISIS,
        needed_from=TODAY, expected_months=1, needs_wheelchair=Flag.WHEELCHAIR in flags,
        needs_smoke_free=Flag.SMOKE_FREE in flags,
        allergies=[pet for flag, pet in pets.items() if flag in flags],
    )  # fmt: skip

    session.get_one(Child, child.child_id).born_on = TODAY.replace(year=TODAY.year - 9) - 2 * DAY
    for flag in flags:
        if flag in PROBLEM_OF:
            key = (child.id, PROBLEM_OF[flag])
            session.get_one(RegistrationProblem, key).severity = 3
    session.flush()
    problem = assemble(session, TODAY).problem
    pairs = find_pairs(problem, load_policy("maximaal"))
    return {problem.families.reference[n] for n in pairs.family.tolist()}


HOMES = st.builds(
    Home,
    family_id=st.builds(new_id), provider=st.just("spirit"), number=st.text("0123", min_size=3),
    free=st.integers(1, 4), max_siblings=st.integers(1, 4), min_age=st.integers(0, 8),
    max_age=st.integers(8, 18), gender_preference=st.sampled_from(GenderPreference),
    willingness=st.dictionaries(st.sampled_from(Problem), st.sampled_from(Willingness)),
    pets=st.frozensets(st.sampled_from(["hond", "kat"])), smokes=st.booleans(),
    wheelchair=st.booleans(), youngest_carer_born=st.none(), prepared=st.just(value=True),
    clearance_until=st.just(TODAY), needs_confirmation=st.booleans(),
    km=st.none() | st.floats(0, 100),
)  # fmt: skip
PERSONS = st.builds(Person, st.integers(5, 12), st.sampled_from(Gender))
NEEDS = st.builds(
    Need,
    st.lists(PERSONS, min_size=1, max_size=4).map(tuple),
    st.frozensets(st.sampled_from(Flag)),
)  # fmt: skip


@given(need=NEEDS, homes=st.lists(HOMES, max_size=8))
@settings(max_examples=100, deadline=None)
def test_safer_comes_first_and_the_order_of_rows_does_not_count(
    need: Need, homes: list[Home]
) -> None:
    """What is shown fits; fewer concerns of safety come first, then fewer kilometres."""
    together, found = most_together(need, homes, TODAY)
    group = Need(need.children[:together], need.flags)
    assert all(fits(group, home, TODAY) for home in found)
    assert (together == 0) == (found == [])
    ranks = [(unsafe(need, home, TODAY), home.needs_confirmation) for home in found]
    assert ranks == sorted(ranks)
    if len({(home.provider, home.number) for home in homes}) == len(homes):
        assert most_together(need, homes[::-1], TODAY) == (together, found)
    if together < len(need.children):
        larger = Need(need.children[: together + 1], need.flags)
        assert not any(fits(larger, home, TODAY) for home in homes)


def test_a_bed_for_others_or_for_other_days_is_not_free_tonight(session: Session) -> None:
    """Only beds that are there tonight and for a crisis count, bed by bed."""
    family = make_family(session, reference="SPI-1", places=4, forms=(CareForm.CRISIS,))
    beds = session.scalars(
        select(Place).where(Place.family_id == family.id).order_by(Place.ordinal)
    ).all()
    beds[0].forms = [CareForm.LONG_TERM.value]
    beds[1].available_until = TODAY - DAY
    beds[2].available_from = TODAY + DAY
    beds[3].forms, beds[3].available_until = [CareForm.CRISIS.value], TODAY
    session.flush()
    assert [home.free for home in find_homes(session, today=TODAY)] == [1]
    assert free_places(session, family.id) == [beds[3].id]
