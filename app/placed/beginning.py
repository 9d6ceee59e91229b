"""The beginning of a placement: facts and chance of that day, the first review, what it follows."""

from datetime import date

from sqlalchemy.orm import Session

from app.db.session import as_system
from app.kernel.clock import now, today_in_amsterdam
from app.kernel.endings import EndCode, WentTo, label_of
from app.kernel.words import CareForm
from app.models import (
    Family,
    Placement,
    PlacementBasis,
    PlacementEnding,
    PlacementReview,
    Registration,
)
from app.placed.facts import ChildThen, Facts, FamilyThen, facts_of
from app.placed.queries import (
    birthday_of,
    family_of,
    has_breakdown_record,
    housemates_of,
    kilometres,
    last_stated,
    next_ordinal,
    other_homes,
    severity_of,
    stays_before,
    willingness_of,
)
from app.placed.respite import carry_respite, leave_respite
from app.placed.respite_queries import home_beds
from app.placed.reviewing import review_rule
from app.placed.together import settle_siblings

_YEAR = 12  # months: no chance is stated over more
NO_FAITH = "geen"  # the absence of a faith, not one that could meet a child's wish
LEFT_FOR_FAMILY = "Het kind woont nu in een pleeggezin."
_SERVICE = "systeem"
_OVER = "Het kind woont hier verder op een nieuwe aanmelding."


def record_beginning(session: Session, registration: Registration, placement: Placement) -> None:
    """Write what was known when a placement began, and plan its first review.

    In the transaction that begins it: what the tables say now is what was known; of one that ran
    before it was told of (`taken_over`) it is what is known today. A home of before,
    by an earlier registration of this child, ends that day, and so does its stay in a care setting.
    Of a brother or sister who came there just before, it is written that they began together.
    A crisis bed is not reviewed, and ends no home.
    """
    session.add(placement)
    session.flush()
    session.add(_basis(session, registration, placement))
    settle_siblings(session, registration, placement)
    if not placement.is_bridging:
        _leave_home_before(session, placement)
        due = review_rule().first_due(placement.since, today_in_amsterdam())
        plan_review(session, placement, due)
    session.flush()


def plan_review(session: Session, placement: Placement, due: date) -> None:
    """Plan the next review of a placement on a day."""
    session.add(
        PlacementReview(
            placement_id=placement.id, ordinal=next_ordinal(session, placement.id), due=due
        )
    )


def _basis(session: Session, registration: Registration, placement: Placement) -> PlacementBasis:
    basis = PlacementBasis(
        placement_id=placement.id,
        facts=facts_at_start(session, registration, placement),
        chance=None,
        chance_low=None,
        chance_high=None,
        horizon_months=None,
        weights_version=None,
        run_id=None,
    )
    stated = last_stated(session, registration.id, placement.family_id, since=placement.since)
    if stated is not None and stated[1] is not None:
        proposal, basis.weights_version = stated
        basis.run_id = proposal.run_id
        basis.chance = proposal.chance
        basis.chance_low, basis.chance_high = proposal.chance_low, proposal.chance_high
        basis.horizon_months = min(registration.expected_months, _YEAR)
    return basis


def facts_at_start(session: Session, registration: Registration, placement: Placement) -> Facts:
    """Return the columns of `plaatsingen-historie.csv` on child and family, for its first day."""
    family = family_of(session, placement.family_id)
    child = ChildThen(
        born_on=birthday_of(session, registration.child_id),
        form=placement.form,
        severity=severity_of(session, registration.id),
        earlier_placements=registration.earlier_placements,
        earlier_breakdowns=registration.earlier_breakdowns,
        was_residential=registration.residential_past,
        keeps_school=registration.keep_school,
        visits_per_month=registration.visits_per_month,
        languages=frozenset(name.casefold() for name in registration.languages),
        faith_wish=_casefold(registration.faith_wish),
        other_children=registration.other_children,
        has_siblings=registration.sibling_group_id is not None,
        together=placement.together,
    )
    return facts_of(child, _family(session, registration, family), placement.since)


def _family(session: Session, registration: Registration, family: Family) -> FamilyThen:
    home_km, school_km = kilometres(
        session, family.postcode, registration.postcode, registration.school_postcode
    )
    return FamilyThen(
        kind=family.kind,
        willingness=willingness_of(session, family.id),
        experience_years=family.experience_years,
        trainings=tuple(family.trainings),
        housemates=housemates_of(session, family.id),
        cooperation=family.cooperation,
        languages=frozenset(name.casefold() for name in family.languages),
        faith=None if family.faith == NO_FAITH else _casefold(family.faith),
        respite=family.respite,
        home_km=home_km,
        school_km=school_km,
    )


def _leave_home_before(session: Session, placement: Placement) -> None:
    """Let the home of an earlier registration end on the first day of this placement.

    Nobody has said yet how it ended, except where the child stays in that family on another form:
    that is a gap, which is shown until somebody fills it.
    """
    if placement.form is CareForm.PART_TIME:
        return
    for home in other_homes(session, placement):
        home.until = placement.since
        placement.follows_id = home.id
        is_same = home.family_id == placement.family_id
        _take_respite_along(session, home, placement)
        _give_up_beds(session, home, placement, keeps=is_same)
        if is_same:
            session.add(_changed(session, home))
    _leave_setting(session, placement)
    session.flush()


def _leave_setting(session: Session, placement: Placement) -> None:
    """End a stay in a care setting on the day that the child goes to live in a family (ADR 0077).

    By the service: who lets a child begin in a family need not be one who may see its stays.
    """
    with as_system(session):
        for stay in stays_before(session, placement):
            stay.until, stay.end_reason = placement.since, LEFT_FOR_FAMILY
        session.flush()


def _take_respite_along(session: Session, home: Placement, placement: Placement) -> None:
    with as_system(session):
        to = family_of(session, placement.family_id)
        kept, _ = leave_respite(session, home, to=to, form=placement.form, day=placement.since)
        carry_respite(session, kept, placement, actor=_SERVICE, role=_SERVICE)


def _give_up_beds(session: Session, home: Placement, placement: Placement, *, keeps: bool) -> None:
    # Who stays in the family and was given no other bed there, goes on sleeping in the same one.
    keeps = keeps and not home_beds(session, placement.registration_id)
    for bed in home_beds(session, home.registration_id):
        if keeps:
            # No longer a bed of the night: the crisis desk gives it back no more.
            bed.registration_id, bed.crisis_report_id = placement.registration_id, None
        else:
            bed.release(now())


def _changed(session: Session, home: Placement) -> PlacementEnding:
    has_record = has_breakdown_record(session, home.id)
    return PlacementEnding(
        placement_id=home.id,
        code=EndCode.CHANGED,
        went_to=WentTo.STAYS,
        label=label_of(EndCode.CHANGED, WentTo.STAYS, has_record=has_record),
        note=_OVER,
        actor=_SERVICE,
        role=_SERVICE,
    )


def _casefold(word: str | None) -> str | None:
    return word.casefold() if word else None
