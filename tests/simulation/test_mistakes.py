import json

from app.kernel.words import FamilyKind
from app.simulation.family import Provider
from app.simulation.folder import MISTAKES, render_region
from app.simulation.order import Order
from app.simulation.region import draw_region


def test_planted_mistakes_are_listed(region):
    """The list names provider, family and kind of each mistake, as many as were asked for."""
    listed = json.loads(render_region(region)[MISTAKES])
    assert len(listed) == region.order.mistakes
    assert {entry["fout"] for entry in listed} == {"postcode", "free", "age", "id", "date"}
    assert all(set(entry) == {"aanbieder", "gezin", "fout"} for entry in listed)


def test_exactly_the_listed_families_are_wrong(region):
    """Against the same region without mistakes, only the listed families differ."""
    order = region.order
    clean = draw_region(Order(order.children, order.families, order.seed, order.snapshot_day))
    changed = {
        (before.provider, before.reference)
        for before, after in zip(clean.families, region.families, strict=True)
        if before != after
    }
    assert changed == {(mistake.provider, mistake.reference) for mistake in region.mistakes}


def test_each_kind_spoils_its_own_field(region):
    """A wrong row has one wrong field: the one that its kind names."""
    spoiled = {family.reference: family for family in region.families}
    for mistake in region.mistakes:
        family = spoiled.get(mistake.reference)
        found = {
            "id": family is None,
            "postcode": family is not None and family.address.postcode == "12 AB",
            "free": family is not None and family.offer.places_free == -1,
            "age": family is not None and family.offer.min_age > family.offer.max_age,
            "date": family is not None and family.offer.available_from == "45-13-2026",
        }
        assert [kind for kind, is_so in found.items() if is_so] == [mistake.kind]


def test_network_families_and_wsp_numbers_stay_right(region):
    """No network family is spoiled, and no family of WSP loses the number its sheets hang on."""
    network = {f.reference for f in region.families if f.kind is FamilyKind.NETWORK}
    assert not network & {mistake.reference for mistake in region.mistakes}
    assert all(m.kind != "id" for m in region.mistakes if m.provider is Provider.WSP)


def test_without_mistakes_there_is_no_list(any_size):
    """A clean region has no list of mistakes at all."""
    assert MISTAKES not in render_region(any_size)
