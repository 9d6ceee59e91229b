"""Reports, beds and numbers as they go out."""

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from uuid import UUID

from sqlalchemy.orm import Session

from app.crisis.advice import advice
from app.crisis.beds import (
    Bed,
    Home,
    Need,
    bed_of,
    fits,
    just_fitting,
    not_with,
)
from app.crisis.candidate_queries import find_candidates
from app.crisis.child_queries import Linked, linked_children
from app.crisis.children import persons_of
from app.crisis.escalation import escalation
from app.crisis.first_called import NOBODY, Tonight, call_first
from app.crisis.home_queries import Part, contacts_of, find_homes, homes_of
from app.crisis.locked_queries import Locked, homes_locked
from app.crisis.queries import Called, beds_awaited, calls_of, duty_numbers, find_report, to_reunite
from app.crisis.schemas import (
    BedOut,
    CallOut,
    CrisisReportOut,
    CrisisReportSummary,
    LinkedChild,
    LockedHome,
    SiblingOut,
)
from app.crisis.schemas_list import CrisisList, EscalationStep, ListedHome, NumberList, NumberOut
from app.crisis.service import UNKNOWN
from app.crisis.words import Flag
from app.kernel.clock import now, today_in_amsterdam
from app.kernel.errors import NotFound
from app.kernel.words import PROBLEMS, Willingness
from app.models import CallOutcome, CrisisReport, CrisisState, DutyNumber, Provider
from app.placed.family_gaps import clearance_gaps


def show_report(session: Session, report_id: UUID, *, most: int | None = None) -> CrisisReportOut:
    """Return a report, with the families that can still be called while it looks for a bed.

    most: how many of them, those to be called first; None for all.
    """
    report = find_report(session, report_id)
    if report is None:
        raise NotFound(UNKNOWN)
    calls, locked = calls_of(session, report.id), homes_locked(session, report.id)
    linked, awaited = linked_children(session, report.id), beds_awaited(session, report.id)
    tonight = _tonight(session, report, calls, most)
    beds = _beds(session, ((_need(report), home) for home in tonight.homes))
    return CrisisReportOut(
        id=report.id, state=report.state, age=report.age, gender=report.gender,
        flags=[Flag(word) for word in report.flags],
        siblings=[SiblingOut.model_validate(kin) for kin in report.siblings],
        postcode=report.postcode, call_back=report.call_back, reported_at=report.created_at,
        together=tonight.together, beds=[_show_bed(bed) for bed in beds],
        has_more=tonight.has_more,
        locked=[_show_locked(home) for home in locked],
        advice=advice(
            report, together=tonight.together, is_held=bool(locked),
            is_partly_linked=bool(linked) and report.state is CrisisState.FOUND,
        ),
        escalation=_steps(), children=[_show_linked(one) for one in linked], awaited=awaited,
        calls=[_show_call(called) for called in calls], file_due=report.file_due,
        reunite_by=report.reunite_by, child=report.registration_id,
        released_because=report.released_because, closed_because=report.closed_because,
    )  # fmt: skip


def show_page(session: Session, reports: Sequence[CrisisReport]) -> list[CrisisReportSummary]:
    """Return reports for a list."""
    parted = to_reunite(session, [report.id for report in reports])
    return [_summary(report, must_reunite=report.id in parted) for report in reports]


def _summary(report: CrisisReport, *, must_reunite: bool) -> CrisisReportSummary:
    """Return a report for a list; late: the file should have been there by now."""
    due = report.file_due
    is_late = report.state is CrisisState.FOUND and due is not None and due < today_in_amsterdam()
    return CrisisReportSummary(
        id=report.id, state=report.state, age=report.age, reported_at=report.created_at,
        file_due=due, is_late=is_late, reunite_by=report.reunite_by, must_reunite=must_reunite,
    )  # fmt: skip


def show_numbers(session: Session) -> NumberList:
    """Return every provider with its duty number, also where it has none."""
    return NumberList(numbers=[show_number(*row) for row in duty_numbers(session)])


def show_number(provider: Provider, number: DutyNumber | None) -> NumberOut:
    """Return a provider with its duty number, also where it has none."""
    return NumberOut(
        provider=provider.code, name=provider.name,
        phone=number.phone if number else None,
        remark=number.remark if number else "",
        updated_at=number.updated_at if number else None,
    )  # fmt: skip


def show_list(session: Session) -> CrisisList:
    """Return every free crisis bed that may be used tonight, for printing."""
    return _listed(session, find_homes(session, today=today_in_amsterdam()))


def show_part(session: Session, part: Part) -> tuple[CrisisList, list[str]]:
    """Return a part of the same, and the keys of its families: one more where there are more."""
    homes = find_homes(session, today=today_in_amsterdam(), part=part)
    keys = [f"{home.provider}/{home.number}" for home in homes]
    return _listed(session, homes[: part.size]), keys


def _listed(session: Session, homes: Iterable[Home]) -> CrisisList:
    beds = _beds(session, _as_for_anybody(homes))
    return CrisisList(
        made_at=now(), homes=[_show_home(bed) for bed in beds], escalation=_steps()
    )  # fmt: skip


def _as_for_anybody(homes: Iterable[Home]) -> Iterator[tuple[Need, Home]]:
    """Yield each home that is screened at all, with a child that just fits it."""
    for home in homes:
        need = Need((just_fitting(home),), frozenset())
        if fits(need, home, today_in_amsterdam()):
            yield need, home


def _beds(session: Session, asked: Iterable[tuple[Need, Home]]) -> list[Bed]:
    """Return families to call, in this order, with what one must know for that."""
    shown, today = list(asked), today_in_amsterdam()
    known = contacts_of(session, [home.family_id for _, home in shown]) if shown else {}
    return [
        bed_of(need, home, known[home.family_id], today)
        for need, home in shown
        if home.family_id in known
    ]


def _tonight(
    session: Session, report: CrisisReport, calls: Iterable[Called], most: int | None
) -> Tonight:
    if report.state is not CrisisState.SEARCHING:
        return NOBODY
    today, need = today_in_amsterdam(), _need(report)
    refused = {c.call.family_id for c in calls if c.call.outcome is CallOutcome.NO}
    found = find_candidates(session, need, today=today, here=report.postcode)
    if refused:
        found = [one for one in found if one.family_id not in refused]
    look = partial(homes_of, session, today=today, need=need)
    return call_first(need, found, look, today=today, most=most)


def _need(report: CrisisReport) -> Need:
    return Need(tuple(persons_of(report)), frozenset(Flag(word) for word in report.flags))


def _show_bed(bed: Bed) -> BedOut:
    home, contact = bed.home, bed.contact
    return BedOut(
        provider=home.provider, family=home.number, name=contact.name, place=contact.place,
        kilometres=home.km, free=home.free, phone=contact.phone, duty_phone=contact.duty_phone,
        concerns=list(bed.concerns), told_on=contact.told_on,
    )  # fmt: skip


def _show_linked(linked: Linked) -> LinkedChild:
    child = linked.child
    return LinkedChild(
        registration_id=child.registration_id, ordinal=child.ordinal,
        placement_id=linked.placement_id, differs_because=child.differs_because,
    )  # fmt: skip


def _show_locked(locked: Locked) -> LockedHome:
    family = locked.family
    return LockedHome(
        provider=locked.provider, family=family.reference, name=family.name,
        place=family.place_name, beds=locked.beds, phone=locked.phone,
        duty_phone=locked.duty_phone,
        concerns=list(clearance_gaps(family, today_in_amsterdam())),
    )  # fmt: skip


def _show_home(bed: Bed) -> ListedHome:
    home, contact = bed.home, bed.contact
    refuses = [p.value for p in PROBLEMS if home.willingness.get(p) is Willingness.NO]
    return ListedHome(
        provider=home.provider, family=home.number, name=contact.name, place=contact.place,
        phone=contact.phone, duty_phone=contact.duty_phone, free=home.free, min_age=home.min_age,
        max_age=home.max_age, wanted=home.gender_preference.value, refuses=refuses,
        together=min(home.free, home.max_siblings), pets=sorted(home.pets), smokes=home.smokes,
        wheelchair=home.wheelchair, not_with=not_with(home, today_in_amsterdam()),
        concerns=list(bed.concerns),
    )  # fmt: skip


def _show_call(called: Called) -> CallOut:
    call = called.call
    return CallOut(
        provider=called.provider, family=called.family, outcome=call.outcome, beds=call.beds,
        note=call.note, called_at=call.created_at, actor=call.actor,
    )  # fmt: skip


def _steps() -> list[EscalationStep]:
    return [EscalationStep(who=s.who, phone=s.phone, when=s.when) for s in escalation()]
