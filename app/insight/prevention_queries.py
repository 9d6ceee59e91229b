"""What was done before a placement, counted by the database, and what helps one to hold.

The caller has judged that the asker may see figures.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Date, String, Text, and_, func, or_, select
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlalchemy.orm import Session

from app.insight.periods import Period
from app.kernel.ladder import NetworkAnswer, NetworkPurpose, Relation
from app.kernel.network import Asked, outcome_of
from app.kernel.strain import SupportKind, TakenUp
from app.kernel.words import CareForm, FamilyStatus
from app.models import (
    Family,
    MentorCase,
    NetworkInquiry,
    Placement,
    Registration,
    RegistrationState,
    SupportOffer,
)

BIG5 = ("wonen", "financien", "werk_scholing", "steunnetwerk", "welzijn")
NOT_FILLED = "niet ingevuld"
NOT_OVER = "uitkomst niet vastgelegd"
RESEARCHED, SKIPPED, NOTHING = "onderzocht", "overgeslagen met reden", "niets vastgelegd"
CHOSEN = "mentor gekozen"


def registered_in(session: Session, period: Period) -> int:
    """Return how many registrations came in."""
    return session.scalar(select(func.count()).where(_came_in(period))) or 0


def network_searches(session: Session, period: Period) -> dict[str, int]:
    """Return how many registrations by what became of the search in the own network."""
    return dict(Counter(
        f"{RESEARCHED}, {told.get('netwerkonderzoekUitkomst') or outcome_of(asked) or NOT_OVER}"
        if researched or asked
        else SKIPPED if told.get("netwerkonderzoekOvergeslagen") else NOTHING
        for researched, told, _, asked in _told_of(session, period)
    ))  # fmt: skip


def mentors(session: Session, period: Period) -> dict[str, int]:
    """Return how many registrations by whether the young person chose a mentor (JIM)."""
    return dict(Counter(
        CHOSEN if has_mentor else SKIPPED if told.get("jimOvergeslagen") else NOTHING
        for _, told, has_mentor, _ in _told_of(session, period)
    ))  # fmt: skip


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
    found = {}
    for domain in BIG5:
        judged = func.coalesce(Registration.big5[domain].astext, NOT_FILLED)
        for word, count in _counted(session, period, judged).items():
            found[domain, word] = count
    return found


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

    families: how many offer it now.
    """

    begun: int
    running: int
    families: int


def respite_in(session: Session, period: Period) -> Respite:
    """Return the respite that was used."""
    begun = Placement.since.between(period.first, period.last)
    running = and_(
        Placement.since <= period.last,
        or_(Placement.until.is_(None), Placement.until > period.last),
    )
    first, second = session.execute(
        select(func.count().filter(begun), func.count().filter(running)).where(
            Placement.form == CareForm.PART_TIME, ~Placement.is_bridging
        )
    ).one()
    offered = _respite_beside(session, period)
    families = session.scalar(
        select(func.count()).where(Family.respite, Family.status == FamilyStatus.ACTIVE)
    )
    return Respite(first + offered[0], second + offered[1], families or 0)


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


def _counted(session: Session, period: Period, what: Any) -> dict[str, int]:
    rows: Sequence[Any] = session.execute(
        select(what, func.count()).where(_came_in(period)).group_by(what)
    ).all()
    return {str(name): count for name, count in rows}
