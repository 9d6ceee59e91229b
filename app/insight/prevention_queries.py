"""What was done before a placement, counted by the database, and what helps one to hold.

The caller has judged that the asker may see figures.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Date, String, Text, and_, any_, func, literal, or_, select
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlalchemy.orm import Session

from app.insight.capacity_queries import is_open
from app.insight.periods import Period
from app.kernel.ladder import NetworkAnswer, NetworkPurpose, Relation
from app.kernel.network import Asked, outcome_of
from app.kernel.strain import SupportKind, TakenUp
from app.kernel.words import CareForm
from app.models import (
    Family,
    FamilyForm,
    MentorCase,
    NetworkInquiry,
    Place,
    Placement,
    Registration,
    RegistrationState,
    SupportOffer,
)
from app.placed.forms import form_at_start, form_on

BIG5 = ("wonen", "financien", "werk_scholing", "steunnetwerk", "welzijn")
NOT_FILLED = "niet ingevuld"
NOT_OVER = "uitkomst niet vastgelegd"
RESEARCHED, SKIPPED, NOTHING = "onderzocht", "overgeslagen met reden", "niets vastgelegd"
CHOSEN = "mentor gekozen"


def registered_in(session: Session, period: Period) -> int:
    """Return how many registrations came in."""
    return session.scalar(select(func.count()).where(_came_in(period))) or 0


@dataclass(frozen=True, slots=True)
class Told:
    """How many registrations by what was told of them; groups by name.

    networks: what became of the search in the own network. mentors: whether the young person chose
    a mentor (JIM).
    """

    networks: dict[str, int]
    mentors: dict[str, int]


def told_in(session: Session, period: Period) -> Told:
    """Return what was told of prevention, counted; what is sealed is opened once for both."""
    networks: Counter[str] = Counter()
    mentors: Counter[str] = Counter()
    for researched, told, has_mentor, asked in _told_of(session, period):
        networks[
            f"{RESEARCHED}, {told.get('netwerkonderzoekUitkomst') or outcome_of(asked) or NOT_OVER}"
            if researched or asked
            else SKIPPED
            if told.get("netwerkonderzoekOvergeslagen")
            else NOTHING
        ] += 1
        mentors[CHOSEN if has_mentor else SKIPPED if told.get("jimOvergeslagen") else NOTHING] += 1
    return Told(dict(networks), dict(mentors))


def _told_of(
    session: Session, period: Period
) -> Iterator[tuple[bool, dict[str, Any], bool, list[Asked]]]:
    """Yield of each registration what is counted here: the database cannot read all of it.

    Searched, what was told of prevention, whether there is a mentor (told of, or a JIM case), and
    the questions in the network that were recorded for a family or support, the oldest first.
    """
    asked = (
        select(func.array_agg(aggregate_order_by(
            NetworkInquiry.purpose.cast(Text) + "/" + NetworkInquiry.relation.cast(Text) + "/"
            + NetworkInquiry.answer.cast(Text), NetworkInquiry.asked_on, NetworkInquiry.id)))
        .where(
            NetworkInquiry.registration_id == Registration.id,
            NetworkInquiry.purpose != NetworkPurpose.MENTOR,
        )
        .scalar_subquery()
    )  # fmt: skip
    case = select(MentorCase.id).where(MentorCase.registration_id == Registration.id).exists()
    rows = session.execute(
        select(
            Registration.network_researched, Registration.prevention,
            or_(Registration.mentor.is_not(None), case), asked,
        ).where(_came_in(period))
    )  # fmt: skip
    return (
        (searched, told or {}, mentor, [_as_asked(one) for one in found or ()])
        for searched, told, mentor, found in rows
    )


def _as_asked(words: str) -> Asked:
    purpose, relation, answer = words.split("/")
    return Asked(NetworkPurpose(purpose), Relation(relation), NetworkAnswer(answer))


def big5_judged(session: Session, period: Period) -> dict[tuple[str, str], int]:
    """Return how many registrations by domain and by how it was judged."""
    judged = [
        func.coalesce(Registration.big5[domain].astext, NOT_FILLED).label(domain) for domain in BIG5
    ]
    found: Counter[tuple[str, str]] = Counter()
    for *words, count in session.execute(
        select(*judged, func.count()).where(_came_in(period)).group_by(*judged)
    ):
        found.update(dict.fromkeys(zip(BIG5, words, strict=True), count))
    return dict(found)


def ended_without_placement(session: Session, period: Period) -> dict[str, int]:
    """Return how many searches ended otherwise in the period, by why."""
    day = func.timezone("Europe/Amsterdam", Registration.withdrawn_at).cast(Date)
    why = func.coalesce(Registration.withdrawal_reason.cast(String), "niet vastgelegd")
    rows = session.execute(
        select(why, func.count())
        .where(
            Registration.state == RegistrationState.WITHDRAWN,
            day.between(period.first, period.last),
        )
        .group_by(why)
    )
    return {str(name): count for name, count in rows}


@dataclass(frozen=True, slots=True)
class Respite:
    """Part-time placements, and respite taken up beside one: begun in the period, running after it.

    families: how many a round searches now.
    """

    begun: int
    running: int
    families: int


def respite_in(session: Session, period: Period, today: date) -> Respite:
    """Return the respite that was used, and how many families it can be found with."""
    part_time = CareForm.PART_TIME.value
    begun = and_(form_at_start() == part_time, Placement.since.between(period.first, period.last))
    running = and_(
        form_on(session, period.last) == part_time,
        Placement.since <= period.last,
        or_(Placement.until.is_(None), Placement.until > period.last),
    )
    first, second = session.execute(
        select(func.count().filter(begun), func.count().filter(running)).where(
            ~Placement.is_bridging, or_(begun, running)
        )
    ).one()
    offered = _respite_beside(session, period)
    families = families_for_respite(session, today)
    return Respite(first + offered[0], second + offered[1], families)


def families_for_respite(session: Session, today: date) -> int:
    """Return how many families a respite round searches: those who offer part-time care now.

    That a family would give respite (`family.respite`) is not enough: a round looks for a place.
    Whether one is free depends on the weekends that are asked, so that is not counted.
    """
    is_for = or_(Place.forms.is_(None), literal(CareForm.PART_TIME.value) == any_(Place.forms))
    offers = select(Place.id).where(
        Place.family_id == Family.id, Place.is_offered, is_for, is_open(today)
    )
    takes = select(FamilyForm.family_id).where(
        FamilyForm.family_id == Family.id, FamilyForm.form == CareForm.PART_TIME
    )
    counted = select(func.count()).select_from(Family).where(takes.exists(), offers.exists())
    return session.scalar(counted) or 0


def _respite_beside(session: Session, period: Period) -> tuple[int, int]:
    """Return how much respite that was taken up began, and how much runs at the end.

    It ends with its placement at the latest: nobody has to end it then.
    """
    until = func.least(SupportOffer.until, Placement.until)
    begun, running = session.execute(
        select(
            func.count().filter(SupportOffer.since.between(period.first, period.last)),
            func.count().filter(
                SupportOffer.since <= period.last, or_(until.is_(None), until > period.last)
            ),
        )
        .join(Placement, Placement.id == SupportOffer.placement_id)
        .where(
            SupportOffer.kind == SupportKind.RESPITE,
            SupportOffer.taken_up == TakenUp.YES,
            or_(Placement.until.is_(None), Placement.until >= SupportOffer.since),
        )
    ).one()
    return begun, running


@dataclass(frozen=True, slots=True)
class Offered:
    """Support that was offered and whether it helped; groups by name."""

    by_kind: dict[str, int]
    by_outcome: dict[str, int]


def support_offers(session: Session, period: Period) -> Offered:
    """Return the support that was offered in the period, by kind and by whether it helped."""
    by_kind, by_outcome = (
        {
            word.value: count
            for word, count in session.execute(
                select(what, func.count())
                .where(SupportOffer.offered_on.between(period.first, period.last))
                .group_by(what)
            )
        }
        for what in (SupportOffer.kind, SupportOffer.helped)
    )
    return Offered(by_kind, by_outcome)


def _came_in(period: Period) -> Any:
    return Registration.registered_on.between(period.first, period.last)
