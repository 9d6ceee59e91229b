"""Shells: rows without an identity, left in place of a file for those who count.

Each gets an id of its own, which nothing connects with the one before: events and the log, which
know that one, then lead nowhere. Times are cut to the day, for a moment to the second would.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from secrets import token_hex
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import delete, func, inspect, select, update
from sqlalchemy.orm import Session

from app.kernel.clock import AMSTERDAM
from app.kernel.words import Gender, OtherChildrenWish, VisitPlace
from app.models import (
    BegunPair,
    Child,
    CrisisCall,
    CrisisChild,
    CrisisReport,
    LadderStep,
    Occupation,
    Placement,
    PlacementBasis,
    PlacementEnding,
    PostcodeArea,
    Proposal,
    Registration,
    SettingStay,
    StageChange,
    SupportOffer,
)
from app.rights.outcome import keep_outcome
from app.rights.whose import Whose

GONE = "vernietigd"
_HERE = "Europe/Amsterdam"
NOWHERE = "9999"  # no such area: a postcode whose municipality is not known
_KEPT_FACTS = ("vorm", "gezin_type", "afstand_huis_km", "school_behouden")
Ids = Mapping[UUID, UUID]


@dataclass(slots=True)
class Shells:
    """What came in place of what. numbers: by the old number, the one that stands there now."""

    numbers: dict[str, str]
    registrations: dict[UUID, UUID] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)


def pseudonyms(numbers: Iterable[str]) -> dict[str, str]:
    """Return a random number for each; nothing leads back from it."""
    return {number: f"{GONE.upper()}-{token_hex(8)}" for number in numbers}


def leave_shells(session: Session, whose: Whose, shells: Shells) -> None:
    """Put shells in place of the rows of a child that are counted, and remove those."""
    rows = session.scalars(
        select(Registration)
        .where(Registration.id.in_(whose.registrations))
        .order_by(Registration.id)
    ).all()
    child = session.get_one(Child, whose.child_id)
    anybody = Child(
        id=uuid4(),
        first_name=GONE,
        born_on=date(child.born_on.year, 7, 1),
        gender=Gender.X,
        created_at=_day(child.created_at),
    )
    session.add(anybody)
    session.flush()
    for row in rows:
        shell = _of_registration(session, row, anybody.id, shells)
        session.add(shell)
        session.flush()
        shells.registrations[row.id] = shell.id
    shells.counts |= {"registration": len(rows), "child": 1}
    _move_all(session, shells)
    for row in rows:
        session.execute(
            update(Registration).where(Registration.id == row.id).values(follows_id=None)
        )
    session.execute(delete(Registration).where(Registration.id.in_(whose.registrations)))
    session.execute(delete(Child).where(Child.id == whose.child_id))
    session.expire_all()


def _of_registration(
    session: Session, row: Registration, child_id: UUID, shells: Shells
) -> Registration:
    """Return what is counted of a registration, and neutral words for all else that must be."""
    postcode, municipality = area_of(session, row.postcode)
    return Registration(
        id=uuid4(), created_at=_day(row.created_at), child_id=child_id, is_destroyed=True,
        number=shells.numbers[row.number], state=row.state, care_form=row.care_form,
        urgency=row.urgency, referrer=GONE, legal_frame=GONE, postcode=postcode,
        municipality=municipality, staying_now=GONE, registered_on=row.registered_on,
        needed_from=row.registered_on, expected_months=1, keep_school=False, rhythm=row.rhythm,
        earlier_placements=0, earlier_breakdowns=0, residential_past=False, allergies=[],
        needs_smoke_free=False, needs_wheelchair=False, languages=[], visits_per_month=0,
        visit_place=VisitPlace.NEUTRAL, secret_placement=False,
        network_researched=row.network_researched, other_children=OtherChildrenWish.NONE,
        child_voice="", big5={}, withdrawal_reason=row.withdrawal_reason,
        withdrawn_at=_day(row.withdrawn_at), first_registered_on=row.first_registered_on,
        clock_from=row.clock_from, content_hash="",
        follows_id=shells.registrations.get(row.follows_id) if row.follows_id else None,
    )  # fmt: skip


def area_of(session: Session, postcode: str) -> tuple[str, str]:
    """Return one postcode for the whole municipality, and its name; figures count by that."""
    here = select(PostcodeArea.municipality_code).where(PostcodeArea.pc4 == postcode[:4])
    found = session.execute(
        select(PostcodeArea.pc4, PostcodeArea.municipality)
        .where(PostcodeArea.municipality_code == here.scalar_subquery())
        .order_by(PostcodeArea.pc4)
        .limit(1)
    ).first()
    return (found.pc4, found.municipality) if found else (NOWHERE, GONE)


def _move_all(session: Session, shells: Shells) -> None:
    ids = shells.registrations
    _move_stages(session, ids)
    for table in (Occupation, Proposal):
        for old, new in ids.items():
            session.execute(
                update(table).where(table.registration_id == old).values(registration_id=new)
            )
    for new in ids.values():
        session.execute(update(Proposal).where(Proposal.registration_id == new).values(reasons=[]))
    _anew(session, shells, BegunPair, _pair)
    _anew(session, shells, LadderStep, _ladder_step)
    _anew(session, shells, SettingStay, _stay)
    _anew(session, shells, CrisisReport, _crisis)
    _anew(session, shells, Placement, _placement)


def _move_stages(session: Session, ids: Ids) -> None:
    # What the database itself noted when the shells were put there is no step of a road.
    session.execute(delete(StageChange).where(StageChange.registration_id.in_(ids.values())))
    here = func.timezone(_HERE, StageChange.at)
    day = func.timezone(_HERE, func.date_trunc("day", here))
    for old, new in ids.items():
        session.execute(
            update(StageChange)
            .where(StageChange.registration_id == old)
            .values(registration_id=new, actor=GONE, role=GONE, reason=None, at=day)
        )


def _anew(
    session: Session,
    shells: Shells,
    table: type[Any],
    changed: Callable[[Session, Any, dict[UUID, UUID]], dict[str, Any]],
) -> None:
    """Put each row there again under another id, changed, move what hangs on it, and remove it."""
    rows = session.scalars(
        select(table)
        .where(table.registration_id.in_(shells.registrations))
        .order_by(table.id)
        .execution_options(populate_existing=True)
    ).all()
    made: dict[UUID, UUID] = {}
    for row in rows:
        given = {name: getattr(row, name) for name in list(inspect(table).columns.keys())}
        given |= {
            "id": uuid4(),
            "registration_id": shells.registrations[row.registration_id],
            "created_at": _day(row.created_at),
        }
        shell = table(**given | changed(session, row, made))
        session.add(shell)
        session.flush()
        made[row.id] = shell.id
        for child_table, column in _HANGS_ON.get(table, ()):
            session.execute(
                update(child_table)
                .where(getattr(child_table, column) == row.id)
                .values({column: shell.id} | _LOST.get(child_table, {}))
            )
    _AFTER.get(table, _nothing)(session, made)
    if table in _SELF:
        session.execute(update(table).where(table.id.in_(made)).values({_SELF[table]: None}))
    session.execute(delete(table).where(table.id.in_(made)))
    shells.counts[table.__tablename__] = len(made)


def _pair(_: Session, row: BegunPair, __: Ids) -> dict[str, Any]:
    return {
        "reason": GONE, "choice_reason": None, "support_plan": None, "no_support_reason": None,
        "split_reason": None, "actor": GONE, "ended_at": _day(row.ended_at),
    }  # fmt: skip


def _ladder_step(_: Session, row: LadderStep, __: Ids) -> dict[str, Any]:
    note = GONE if row.note is not None else None
    return {"note": note, "why_not": {}, "actor": GONE, "role": GONE}


def _stay(_: Session, row: SettingStay, __: Ids) -> dict[str, Any]:
    return {"end_reason": None if row.end_reason is None else GONE}


def _crisis(session: Session, row: CrisisReport, _: Ids) -> dict[str, Any]:
    return {
        "flags": [], "siblings": [], "postcode": area_of(session, row.postcode)[0], "call_back": "",
        "gender": Gender.X, "actor": GONE,
        "released_because": None if row.released_because is None else GONE,
        "closed_because": None if row.closed_because is None else GONE,
    }  # fmt: skip


def _placement(_: Session, row: Placement, made: Ids) -> dict[str, Any]:
    return {
        "allocation_number": None, "split_reason": None,
        "support_plan": None, "no_support_reason": None, "referrer": None, "choice_reason": None,
        "no_follow_up_reason": None,
        "follows_id": made.get(row.follows_id) if row.follows_id else None,
    }  # fmt: skip


def _bare_placements(session: Session, made: Ids) -> None:
    """Leave of what was known at the start what figures are made of; the end keeps its words.

    The rest of it goes where placements stand that are nobody's, to be learnt from.
    """
    for shell_id in made.values():
        keep_outcome(session, shell_id)
    for basis in session.scalars(
        select(PlacementBasis).where(PlacementBasis.placement_id.in_(made.values()))
    ):
        basis.facts = {name: basis.facts.get(name, "") for name in _KEPT_FACTS}
        basis.created_at = _day(basis.created_at)
    session.flush()
    for ending in session.scalars(
        select(PlacementEnding).where(PlacementEnding.placement_id.in_(made.values()))
    ):
        ending.actor, ending.role = GONE, GONE
        ending.created_at = _day(ending.created_at)
    for offer in session.scalars(
        select(SupportOffer).where(SupportOffer.placement_id.in_(made.values()))
    ):
        offer.note, offer.taken_reason, offer.helped_note = (
            None if text is None else GONE
            for text in (offer.note, offer.taken_reason, offer.helped_note)
        )
        offer.actor = offer.role = GONE
    session.flush()


def _bare_calls(session: Session, made: Ids) -> None:
    calls = select(CrisisCall).where(CrisisCall.report_id.in_(made.values()))
    for call in session.scalars(calls.execution_options(populate_existing=True)):
        call.note, call.actor = "", GONE  # each by itself: a note is sealed for its own row
    session.flush()


def _nothing(_: Session, __: Ids) -> None:
    pass


_HANGS_ON: Mapping[type[Any], tuple[tuple[type[Any], str], ...]] = {
    BegunPair: ((Placement, "pair_id"),),
    LadderStep: ((SettingStay, "step_id"),),
    CrisisReport: (
        (CrisisCall, "report_id"),
        (CrisisChild, "report_id"),  # brothers and sisters, whose own files stay
        (Occupation, "crisis_report_id"),
    ),
    Placement: (
        (PlacementBasis, "placement_id"),
        (PlacementEnding, "placement_id"),
        (SupportOffer, "placement_id"),
    ),
}
_AFTER: Mapping[type[Any], Callable[[Session, Ids], None]] = {
    Placement: _bare_placements,
    CrisisReport: _bare_calls,
}
_SELF = {Placement: "follows_id"}
# Sealed for the row that goes, and said by somebody: it is not moved along.
_LOST: Mapping[type[Any], dict[str, None]] = {
    PlacementEnding: dict.fromkeys(("note", "judged_by", "judged_at", "judged_reason"))
}


def _day(moment: Any) -> Any:
    """Return the start of the day in Amsterdam on which a moment fell."""
    if moment is None:
        return None
    return datetime.combine(moment.astimezone(AMSTERDAM).date(), time(), AMSTERDAM)
