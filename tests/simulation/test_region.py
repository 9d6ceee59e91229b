from datetime import date
from itertools import pairwise

import pytest

from app.kernel.words import (
    PROBLEMS,
    CareForm,
    FamilyKind,
    OtherChildrenWish,
    Problem,
    Urgency,
    Willingness,
)
from app.simulation.folder import render_region
from app.simulation.order import Order
from app.simulation.region import draw_region

DAY = date(2026, 11, 1)


def test_the_counts_are_those_asked_for(any_size):
    """A region has exactly as many children and families as were ordered."""
    assert len(any_size.children) == any_size.order.children
    assert len(any_size.families) == any_size.order.families


@pytest.mark.parametrize("size", [(5, 5), (120, 220)])
def test_the_same_order_gives_the_same_bytes(size):
    """Drawing and writing twice gives byte-identical files, the Excel file included."""
    order = Order(*size, seed=11, snapshot_day=DAY, mistakes=1)
    assert render_region(draw_region(order)) == render_region(draw_region(order))


def test_another_seed_gives_another_region():
    """The seed really is used: two seeds differ in every file."""
    one, two = (
        render_region(draw_region(Order(40, 80, seed=seed, snapshot_day=DAY))) for seed in (1, 2)
    )
    assert all(one[name] != two[name] for name in one)


def test_network_links_are_mutual(any_size):
    """Each network family names one waiting child that names it back, in that child's form."""
    named = {c.household.network_family: c for c in any_size.children if c.household.network_family}
    network = [f for f in any_size.families if f.kind is FamilyKind.NETWORK]
    assert len(network) == len(named) >= 1
    for family in network:
        child = named[family.reference]
        assert family.network_for == child.number
        assert family.offer.forms == (child.household.request.care_form,)
        assert family.offer.places_free == 1
        assert child.household.siblings is None
        assert child.household.background.is_network_sought


def test_recruited_families_name_no_child(any_size):
    """Only a network family is bound to a child."""
    recruited = [f for f in any_size.families if f.kind is FamilyKind.RECRUITED]
    assert all(family.network_for is None for family in recruited)


def test_siblings_share_their_household(region):
    """Children of one group share home, dates, legal frame and wish, and a group has 2 to 4."""
    groups = {}
    for child in region.children:
        if child.household.siblings:
            groups.setdefault(child.household.siblings.code, []).append(child)
    assert len(groups) > 10
    for members in groups.values():
        assert 2 <= len(members) <= 4
        assert len({id(child.household) for child in members}) == 1
        born = sorted(child.born_on for child in members)
        assert all((b - a).days >= 300 for a, b in pairwise(born))


def test_some_child_has_no_option(any_size):
    """At any size at least one child stands in a gap that no recruited family fills."""
    offers = [f for f in any_size.families if f.kind is FamilyKind.RECRUITED]
    drugs = PROBLEMS.index(Problem.SUBSTANCES)
    assert not any(f.living.wheelchair and CareForm.CRISIS in f.offer.forms for f in offers)
    assert all(
        family.willingness[drugs] is Willingness.NO
        for family in offers
        if CareForm.PART_TIME in family.offer.forms
    )
    stuck = [
        child
        for child in any_size.children
        if child.household.network_family is None
        and (
            (child.household.request.care_form is CareForm.CRISIS and child.needs.wheelchair)
            or (
                child.household.request.care_form is CareForm.PART_TIME
                and child.needs.severity[drugs] >= 2
            )
        )
    ]
    assert len(stuck) >= max(1, any_size.order.children // 100)


def test_crisis_form_and_crisis_urgency_go_together(region):
    """A child asks for crisis care exactly when its urgency is crisis, and must leave at once."""
    for child in region.children:
        request = child.household.request
        is_crisis = request.care_form is CareForm.CRISIS
        assert is_crisis == (request.urgency is Urgency.CRISIS)
        assert not is_crisis or request.leave_by == DAY


def test_days_follow_one_another(region):
    """Nobody is registered before birth or after the snapshot day, nor needs care before that."""
    for child in region.children:
        request = child.household.request
        assert child.born_on <= request.registered_on <= min(DAY, request.needed_from)
        assert request.leave_by is None or request.leave_by >= DAY


def test_a_secret_placement_closes_its_own_area(region):
    """A secret placement always keeps families near the home out, and visits stay neutral."""
    secret = [c.household for c in region.children if c.household.contact.is_secret]
    assert secret
    for household in secret:
        assert household.contact.excluded == ((household.address.postcode[:4], 8),)


def test_places_add_up(any_size):
    """Without mistakes, all places are the free ones and those of the foster children there."""
    for family in any_size.families:
        taken = len(family.residents.foster_children)
        assert family.offer.places_total == family.offer.places_free + taken


def test_carers_are_adults_when_their_children_are_born(region):
    """Every carer is at least 21 and at least 18 years older than the children of the home."""
    for family in region.families:
        assert max(family.residents.carers) <= DAY.year - 21
        for year in family.residents.own_children:
            assert year - max(family.residents.carers) >= 18


def test_every_word_of_a_list_is_drawn_somewhere(region):
    """A region of this size shows all forms, urgencies and wishes, so that nothing is unseen."""
    requests = [child.household.request for child in region.children]
    assert {request.care_form for request in requests} == set(CareForm)
    assert {request.urgency for request in requests} == set(Urgency)
    assert {child.other_children for child in region.children} == set(OtherChildrenWish)
