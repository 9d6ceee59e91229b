"""Drawn children and families as a problem of the engine, as the service would read them.

A test holds it equal, column by column, to what the service assembles from the same region.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

import numpy as np

from app.kernel.postcode import pc4_of
from app.kernel.words import (
    CARE_FORMS,
    GENDERS,
    PROBLEMS,
    RHYTHMS,
    URGENCIES,
    WILLINGNESS,
    FamilyKind,
    FamilyStatus,
    GenderPreference,
    OtherChildrenWish,
    SiblingWish,
    VisitPlace,
)
from app.matching.as_columns import bools, codes, days, floats, ints, matrix
from app.matching.problem import (
    Children,
    ExcludedAreas,
    Families,
    Housemates,
    Ints,
    Problem,
    SiblingGroups,
)
from app.simulation.child import Child
from app.simulation.family import Family, Offer
from app.simulation.history import Points

_NO_FAITH = "geen"
Words = tuple[str, ...]


def as_problem(
    children: Sequence[Child],
    families: Sequence[Family],
    day: date,
    *,
    points: Points,
    recorded_no: Iterable[tuple[str, str]] = (),
) -> Problem:
    """Return who waits and who offers on a day; rows are sorted by number, as the service does.

    recorded_no: pairs of a registration number and a family's number.
    """
    kids = sorted(children, key=lambda child: child.number)
    homes = sorted(families, key=lambda family: (family.provider.value, family.reference))
    return _Reading(kids, homes, points).problem(day, tuple(recorded_no))


class _Reading:
    """The word lists and positions that the columns share."""

    def __init__(self, kids: list[Child], homes: list[Family], points: Points) -> None:
        self.kids, self.homes, self.points = kids, homes, points
        self.pets = _words(*(k.needs.allergies for k in kids), *(h.living.pets for h in homes))
        backgrounds = [k.household.background for k in kids]
        self.languages = _words(
            *(b.languages for b in backgrounds), *(h.living.languages for h in homes)
        )
        wishes = [b.faith_wish for b in backgrounds if b.faith_wish]
        self.faiths = _words(wishes, [h.living.faith for h in homes if h.living.faith != _NO_FAITH])
        self.trainings = _words(*(h.skills.trainings for h in homes))
        self.groups = {
            s.code: s.wish for s in (k.household.siblings for k in kids) if s is not None
        }
        self.child_at = {kid.number: at for at, kid in enumerate(kids)}
        self.home_at = {home.reference: at for at, home in enumerate(homes)}

    def problem(self, day: date, recorded_no: tuple[tuple[str, str], ...]) -> Problem:
        names = sorted(self.groups)
        return Problem(
            snapshot_day=np.datetime64(day, "D"),
            children=_children(self, names),
            excluded=_excluded(self),
            groups=SiblingGroups(
                tuple(names),
                codes(tuple(SiblingWish), [self.groups[code] for code in names]),
                np.zeros(len(names), dtype=np.bool_),
            ),
            families=_families(self),
            housemates=_housemates(self.homes),
            pets=self.pets,
            languages=self.languages,
            faiths=self.faiths,
            trainings=self.trainings,
            recorded_no=self._no(recorded_no),
            kept_apart=np.zeros((0, 2), dtype=np.int64),
        )

    def _no(self, pairs: tuple[tuple[str, str], ...]) -> Ints:
        known = sorted(
            (self.child_at[child], self.home_at[home])
            for child, home in pairs
            if child in self.child_at and home in self.home_at
        )
        return np.array(known, dtype=np.int64).reshape(-1, 2)


def _children(read: _Reading, names: list[str]) -> Children:
    kids = read.kids
    houses = [kid.household for kid in kids]
    requests, contacts = [h.request for h in houses], [h.contact for h in houses]
    n, group_at = len(kids), {code: at for at, code in enumerate(names)}
    return Children(
        number=tuple(k.number for k in kids),
        born_on=days(k.born_on for k in kids),
        gender=codes(GENDERS, [k.gender for k in kids]),
        care_form=codes(CARE_FORMS, [r.care_form for r in requests]),
        urgency=codes(URGENCIES, [r.urgency for r in requests]),
        registered_on=days(r.registered_on for r in requests),
        needed_from=days(r.needed_from for r in requests),
        leave_by=days(r.leave_by for r in requests),
        expected_months=floats(r.expected_months for r in requests),
        **_places(read.points, [h.address.postcode for h in houses]),
        **_schools(read.points, kids),
        keep_school=bools(k.school is not None and k.school.should_stay for k in kids),
        severity=np.array([k.needs.severity for k in kids], np.int64).reshape(n, len(PROBLEMS)),
        sdq_total=floats(k.needs.sdq_total for k in kids),
        earlier_placements=ints(k.history.placements for k in kids),
        earlier_breakdowns=ints(k.history.breakdowns for k in kids),
        residential_past=bools(k.history.was_residential for k in kids),
        allergies=matrix([k.needs.allergies for k in kids], read.pets),
        needs_smoke_free=bools(k.needs.smoke_free for k in kids),
        needs_wheelchair=bools(k.needs.wheelchair for k in kids),
        languages=matrix([h.background.languages for h in houses], read.languages),
        faith_wish=codes(read.faiths, [h.background.faith_wish for h in houses]),
        visits_per_month=floats(c.visits_per_month for c in contacts),
        visit_place=codes(tuple(VisitPlace), [c.visit_place for c in contacts]),
        secret_placement=bools(c.is_secret for c in contacts),
        other_children=codes(tuple(OtherChildrenWish), [k.other_children for k in kids]),
        sibling_group=ints(-1 if h.siblings is None else group_at[h.siblings.code] for h in houses),
        network_family=ints(_network_family(read, kid) for kid in kids),
        network_refused=np.zeros(n, dtype=np.bool_),
        rhythm=np.zeros(n, dtype=np.int64),
    )


def _network_family(read: _Reading, kid: Child) -> int:
    at = read.home_at.get(kid.household.network_family or "", -1)
    return at if at >= 0 and read.homes[at].network_for == kid.number else -1


def _schools(points: Points, kids: list[Child]) -> dict[str, Any]:
    known = [points.of.get(pc4_of(k.school.postcode)) if k.school else None for k in kids]
    return {
        "school_lat": floats(p and p[0] for p in known),
        "school_lon": floats(p and p[1] for p in known),
        "school_certain": bools(
            k.school is not None and pc4_of(k.school.postcode) in points.exact for k in kids
        ),
        "has_school": bools(k.school is not None for k in kids),
    }


def _excluded(read: _Reading) -> ExcludedAreas:
    rows = sorted(
        (at, code, km)
        for at, kid in enumerate(read.kids)
        for code, km in kid.household.contact.excluded
    )
    places = _places(read.points, [code for _, code, _ in rows])
    return ExcludedAreas(
        child=ints(at for at, _, _ in rows),
        area=places["area"],
        lat=places["lat"],
        lon=places["lon"],
        certain=places["area_certain"],
        radius_km=floats(km for _, _, km in rows),
    )


def _families(read: _Reading) -> Families:
    homes = read.homes
    living, carers = [h.living for h in homes], [h.residents.carers for h in homes]
    answers = [[WILLINGNESS.index(answer) for answer in h.willingness] for h in homes]
    return Families(
        provider=tuple(h.provider.value for h in homes),
        reference=tuple(h.reference for h in homes),
        kind=codes(tuple(FamilyKind), [h.kind for h in homes]),
        status=codes(tuple(FamilyStatus), [h.status for h in homes]),
        needs_confirmation=np.zeros(len(homes), dtype=np.bool_),
        **_places(read.points, [h.address.postcode for h in homes]),
        **_offers([h.offer for h in homes]),
        willingness=np.array(answers, dtype=np.int64).reshape(len(homes), len(PROBLEMS)),
        experience_years=floats(h.skills.experience_years for h in homes),
        trainings=matrix([h.skills.trainings for h in homes], read.trainings),
        cooperation=ints(h.skills.cooperation for h in homes),
        pets=matrix([one.pets for one in living], read.pets),
        smokes=bools(one.smokes for one in living),
        wheelchair=bools(one.wheelchair for one in living),
        languages=matrix([one.languages for one in living], read.languages),
        faith=codes(read.faiths, [one.faith for one in living]),
        clearance_until=days(h.papers.clearance_until for h in homes),
        prepared=bools(h.papers.prepared for h in homes),
        for_child=ints(
            -1 if h.network_for is None else read.child_at.get(h.network_for, -2) for h in homes
        ),
        oldest_carer_born=ints(min(born, default=0) for born in carers),
        youngest_carer_born=ints(max(born, default=0) for born in carers),
    )


def _offers(offers: list[Offer]) -> dict[str, Any]:
    m, preferences = len(offers), tuple(GenderPreference)
    forms = [[form in offer.forms for form in CARE_FORMS] for offer in offers]
    return {
        "forms": np.array(forms, dtype=np.bool_).reshape(m, len(CARE_FORMS)),
        "free_places": ints(offer.places_free for offer in offers),
        "part_places": np.zeros((m, len(RHYTHMS) - 1), dtype=np.int64),
        "available_from": days(offer.available_from for offer in offers),
        "available_until": days(offer.available_until for offer in offers),
        "min_age": ints(offer.min_age for offer in offers),
        "max_age": ints(offer.max_age for offer in offers),
        "gender_preference": codes(preferences, [offer.gender_preference for offer in offers]),
        "max_siblings": ints(offer.max_siblings for offer in offers),
        "respite": bools(offer.respite for offer in offers),
    }


def _housemates(homes: list[Family]) -> Housemates:
    rows = [
        (at, year, own)
        for at, home in enumerate(homes)
        for year, own in sorted(
            [(year, True) for year in home.residents.own_children]
            + [(year, False) for year in home.residents.foster_children]
        )
    ]
    return Housemates(
        family=ints(at for at, _, _ in rows),
        birth_year=ints(year for _, year, _ in rows),
        own=bools(own for _, _, own in rows),
    )


def _places(points: Points, postcodes: list[str]) -> dict[str, Any]:
    area = tuple(pc4_of(code) for code in postcodes)
    known = [points.of.get(code) for code in area]
    return {
        "area": area,
        "lat": floats(p and p[0] for p in known),
        "lon": floats(p and p[1] for p in known),
        "area_certain": bools(code in points.exact for code in area),
    }


def _words(*lists: Iterable[str]) -> Words:
    return tuple(sorted({word for words in lists for word in words}))
