"""Who is called first is who the whole list begins with, however few families are looked at."""

from collections.abc import Collection, Mapping
from functools import partial
from math import inf
from random import Random
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.crisis.beds import Home, Need, Person, fits
from app.crisis.candidate_queries import find_candidates
from app.crisis.first_called import Candidate, Tonight, call_first
from app.crisis.home_queries import find_homes, homes_of
from app.crisis.words import Flag
from app.db.session import act_as
from app.kernel.actor import Actor, ActorRole
from app.kernel.clock import today_in_amsterdam
from app.kernel.words import CareForm, Gender, Problem, Willingness
from app.models import PostcodeArea, Provider
from tests.crisis.drawn_region import fill
from tests.crisis.test_beds import HOMES, NEEDS
from tests.crisis.whole_list import every_home, most_together, unsafe
from tests.rows import make_family

TODAY = today_in_amsterdam()
MOST = (1, 2, 7, 25, None)


def _candidate(need: Need, home: Home) -> Candidate:
    """A family as it is known before its beds are: as if it had them all, and whoever says no."""
    roomy = home._replace(free=len(need.children))
    takes = 0
    while takes < len(need.children):
        if not fits(Need(need.children[: takes + 1], frozenset()), roomy, TODAY):
            break
        takes += 1
    return Candidate(
        unsafe(need, home, TODAY), home.needs_confirmation, inf if home.km is None else home.km,
        home.provider, home.number, home.family_id, takes,
    )  # fmt: skip


@given(need=NEEDS, homes=st.lists(HOMES, max_size=30, unique_by=lambda home: home.number),
       most=st.sampled_from([1, 2, 5, None]), data=st.data())  # fmt: skip
@settings(max_examples=150, deadline=None)
def test_the_first_of_the_whole_list_are_called(
    need: Need, homes: list[Home], most: int | None, data: st.DataObject
) -> None:
    """Some have no bed at all, and of nobody is asked twice."""
    full = data.draw(st.sets(st.sampled_from([home.number for home in homes]))) if homes else set()
    free = {home.family_id: home for home in homes if home.number not in full}
    asked: list[UUID] = []

    def look(ids: Collection[UUID]) -> Mapping[UUID, Home]:
        asked.extend(ids)
        return {id_: free[id_]._replace(km=None) for id_ in ids if id_ in free}

    found = call_first(
        need, [_candidate(need, home) for home in homes], look, today=TODAY, most=most
    )
    together, whole = most_together(need, list(free.values()), TODAY)
    assert (found.together, list(found.homes)) == (together, whole[:most])
    assert found.has_more == (len(whole) > len(whole[:most]))
    assert len(asked) == len(set(asked))


@pytest.fixture
def region(session: Session) -> Session:
    """A hundred and fifty families, of which some have a bed tonight."""
    fill(session)
    return session


def _need(chance: Random) -> Need:
    many = chance.choice([1, 1, 1, 2, 3, 5])
    kids = [Person(chance.randint(0, 17), chance.choice(list(Gender))) for _ in range(many)]
    flags = chance.sample(list(Flag), chance.choice([0, 0, 1, 2, 4]))
    return Need(tuple(kids), frozenset(flags))


def _called(session: Session, need: Need, here: str, most: int | None) -> Tonight:
    look = partial(homes_of, session, today=TODAY, need=need)
    found = find_candidates(session, need, today=TODAY, here=here)
    return call_first(need, found, look, today=TODAY, most=most)


def test_in_a_region_the_same_families_are_called(region: Session) -> None:
    """Eighty nights: with siblings who go together or cannot, flags, and where no map reaches."""
    chance, every, met = Random(7), {}, set()
    for here in ("1012AB", "1411AB", "9998AB"):
        every[here] = every_home(region, TODAY, here)
    for night in range(80):
        need, here, most = _need(chance), chance.choice(list(every)), MOST[night % len(MOST)]
        together, whole = most_together(need, every[here], TODAY)
        found = _called(region, need, here, most)
        shown = [(home.provider, home.number, home.km, home.free) for home in whole[:most]]
        assert shown == [(one.provider, one.number, one.km, one.free) for one in found.homes]
        assert (found.together, found.has_more) == (together, len(whole) > len(shown))
        asked = {one.willingness.get(Problem.RUNNING_AWAY) for one in found.homes}
        assert Flag.RUNNING_AWAY not in need.flags or Willingness.NO not in asked
        met.add((together and together < len(need.children), found.has_more, bool(need.flags)))
    assert len({bool(few) for few, _, _ in met}) == len({more for _, more, _ in met}) == 2


def test_a_family_of_which_nothing_is_seen_is_no_candidate(region: Session) -> None:
    """Row-level security holds in each of the questions."""
    own = region.scalar(select(Provider.id).where(Provider.code == "youke"))
    child = Need((Person(9, Gender.GIRL),), frozenset())
    ids = [one.family_id for one in find_candidates(region, child, today=TODAY, here="1012AB")]
    region.commit()
    act_as(region, Actor(name="x", role=ActorRole.MATCHER, provider_id=own))
    seen = find_candidates(region, child, today=TODAY, here="1012AB")
    homes = homes_of(region, ids, today=TODAY, need=child)
    assert {one.provider for one in seen} == {one.provider for one in homes.values()} == {"youke"}
    assert {home.provider for home in find_homes(region, today=TODAY)} == {"youke"}


def test_an_area_that_is_renewed_lies_elsewhere_at_once(session: Session) -> None:
    """Points are kept in the process, and not a moment longer than they hold."""
    make_family(session, reference="SPI-1", forms=(CareForm.CRISIS,), postcode="1013AB")
    child = Need((Person(9, Gender.GIRL),), frozenset())

    def away() -> float:
        (one,) = find_candidates(session, child, today=TODAY, here="1012AB")
        return one.away

    before = away()
    moved = update(PostcodeArea).where(PostcodeArea.pc4 == "1013").values(lat=PostcodeArea.lat + 1)
    for _ in range(2):
        with session.begin_nested() as renewed:
            session.execute(moved)
            assert away() > before + 100
            renewed.rollback()
        assert away() == before
