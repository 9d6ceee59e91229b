"""Placements under strain as the doors show them."""

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, date
from uuid import UUID

from sqlalchemy.orm import Session

from app.db.session import as_system
from app.http.told_figures import StrainCountOut, StrainFigures
from app.kernel.clock import AMSTERDAM, today_in_amsterdam
from app.kernel.errors import NotFound
from app.kernel.small_cells import told
from app.models import StrainSignal, SupportOffer
from app.strain.ambulatory_queries import Found, Kept, last_look, lines_of_placements, named_support
from app.strain.ambulatory_schemas import AmbulatoryLineOut, AmbulatoryRef, LookOut
from app.strain.queries import named_families, offers_of, running_placements, signals_of, watched
from app.strain.respite_queries import Counted, LineOf, find_round, lines_of, places_of
from app.strain.round_schemas import (
    NoRespiteOut,
    RefusedFamilies,
    RespiteLineOut,
    RoundGoalOut,
    RoundOut,
    RoundSummary,
)
from app.strain.rules import load_rules
from app.strain.schemas import (
    PlacementHead,
    SignalList,
    SignalOut,
    SupportList,
    SupportOut,
    WatchedOut,
    WatchListOut,
    WatchReasonOut,
)
from app.strain.watch import Strained, watch_list


def show_signal(signal: StrainSignal) -> SignalOut:
    """Return a signal as it stands."""
    return SignalOut(
        id=signal.id, day=signal.day, kind=signal.kind, note=signal.note,
        respite_need=signal.respite_need, actor=signal.actor, role=signal.role,
        is_open=signal.settled_at is None, settled_at=signal.settled_at,
        settled_by=signal.settled_by, settled_reason=signal.settled_reason,
    )  # fmt: skip


def show_signals(session: Session, placement_id: UUID) -> SignalList:
    """Return the signals of a placement; raises NotFound."""
    row = watched(session, placement_id)
    if row is None:
        raise NotFound("Deze plaatsing is hier niet bekend: controleer het id.")
    head = PlacementHead(
        id=row.placement.id, child=row.child_id, number=row.number, provider=row.provider,
        family=row.family, family_name=row.family_name, form=row.placement.form.value,
        since=row.placement.since, until=row.placement.until,
    )  # fmt: skip
    return SignalList(
        placement=head,
        signals=[show_signal(row) for row in signals_of(session, placement_id)],
        support_lines=_found(_lines(session, [placement_id]).get(placement_id, ())),
        looked=_looked(session, placement_id),
    )


def _looked(session: Session, placement_id: UUID) -> LookOut | None:
    with as_system(session):  # the caller sees the placement
        look = last_look(session, placement_id)
    return None if look is None else LookOut(at=look.looked_at.astimezone(UTC), result=look.result)


def _lines(session: Session, seen: Sequence[UUID]) -> dict[UUID, Sequence[Found]]:
    """Return what was found for placements that the asker sees; of any provider."""
    with as_system(session):
        return lines_of_placements(session, seen)


def _found(lines: Sequence[Found]) -> list[AmbulatoryLineOut]:
    return [
        AmbulatoryLineOut(
            id=line.id, provider=provider, number=support.number, name=support.name,
            found_on=line.found_on, reasons=line.reasons,
        )
        for line, support, provider in lines
    ]  # fmt: skip


def show_offer(session: Session, offer: SupportOffer) -> SupportOut:
    """Return an offer as it stands."""
    return _offers(session, [offer])[0]


def show_offers(session: Session, placement_id: UUID) -> SupportList:
    """Return what was offered to a placement."""
    return SupportList(offers=_offers(session, offers_of(session, placement_id)))


def _offers(session: Session, offers: Sequence[SupportOffer]) -> list[SupportOut]:
    homes = named_families(session, [o.family_id for o in offers if o.family_id is not None])
    # Which weekends says nothing of the family, and its own provider may be another one; so may
    # that of the help.
    helped = [o.ambulatory_id for o in offers if o.ambulatory_id is not None]
    with as_system(session):
        helps = named_support(session, helped)
        places = places_of(session, [offer.id for offer in offers])
    return [
        SupportOut(
            id=offer.id, kind=offer.kind, note=offer.note, offered_on=offer.offered_on,
            taken_up=offer.taken_up, taken_reason=offer.taken_reason, since=offer.since,
            until=offer.until, helped=offer.helped, helped_note=offer.helped_note,
            provider=home[0], family=home[1], family_name=home[2],
            ambulatory=_named(helps, offer.ambulatory_id),
            weekends=[use.rhythm.value for use in places[offer.id]], actor=offer.actor,
        )
        for offer in offers
        for home in [homes.get(offer.family_id, (None, None, None))]  # type: ignore[arg-type]
    ]  # fmt: skip


def _named(helps: dict[UUID, Kept], support_id: UUID | None) -> AmbulatoryRef | None:
    kept = helps.get(support_id) if support_id else None
    if kept is None:
        return None
    return AmbulatoryRef(provider=kept.provider, number=kept.support.number, name=kept.support.name)


def show_watch_list(session: Session, found: Sequence[Strained], *, total: int) -> WatchListOut:
    """Return a page of the watch list."""
    lines = _lines(session, [one.watched.placement.id for one in found])
    return WatchListOut(
        rules_from=load_rules().valid_from,
        total=total,
        placements=[
            _strained(strained, lines.get(strained.watched.placement.id, ())) for strained in found
        ],
    )


def _strained(strained: Strained, lines: Sequence[Found]) -> WatchedOut:
    row = strained.watched
    return WatchedOut(
        placement=row.placement.id, child=row.child_id, number=row.number, provider=row.provider,
        family=row.family, family_name=row.family_name, form=row.placement.form.value,
        since=row.placement.since, gravity=strained.gravity,
        need=strained.need and strained.need.weekends, need_why=strained.need and strained.need.why,
        has_respite=strained.has_respite, support_lines=_found(lines),
        reasons=[
            WatchReasonOut(
                code=r.code, sentence=r.sentence, gravity=r.gravity, since=r.since, why=r.why
            )
            for r in strained.reasons
        ],
    )  # fmt: skip


def strain_figures(session: Session, today: date) -> StrainFigures:
    """Return the watch list in numbers; the caller has judged that the asker may see figures."""
    with as_system(session):
        running, found = len(running_placements(session, today)), watch_list(session, today)
    codes = Counter(code for s in found for code in {reason.code for reason in s.reasons})
    watched = _part(len(found), running)
    respite = _part(sum(strained.has_respite for strained in found), len(found))
    return StrainFigures(
        running=told(running),
        watched=watched,
        with_respite=None if watched is None else respite,
        # Of a few the reasons alone would tell of whom, and in their order how many each has.
        reasons=sorted(
            (
                StrainCountOut(reason=code, number=_part(number, len(found)))
                for code, number in codes.items()
                if watched
            ),
            key=lambda one: (-(one.number or 0), one.reason),
        ),
    )


def _part(count: int, of: int) -> int | None:
    """Return a part of a whole that stands beside it; None where it or the others are a few."""
    return None if told(of - count) is None else told(count)


def show_round_line(counted: Counted) -> RoundSummary:
    """Return a round as a list shows it."""
    found = counted.round
    return RoundSummary(
        id=found.id, state=found.state.value, is_nightly=found.is_nightly,
        asked_on=found.created_at.astimezone(AMSTERDAM).date(), placements=counted.placements,
        proposed=counted.proposed,
    )  # fmt: skip


def show_round(session: Session, round_id: UUID) -> RoundOut:
    """Return a round with its proposals; raises NotFound."""
    found = find_round(session, round_id)
    if found is None:
        raise NotFound("Deze respijtronde is er niet: controleer het id.")
    session.refresh(found)
    lines = lines_of(session, round_id)
    families = [row.line.family_id for row in lines if row.line.family_id is not None]
    homes = named_families(session, families)
    summary = show_round_line(Counted(found, len(lines), len(families)))
    return RoundOut(
        **summary.model_dump(by_alias=False), starts_on=found.starts_on, until=found.until,
        radius_km=found.radius_km, actor=found.actor, failure=found.failure, proof=found.proof,
        policy_version=found.policy_version,
        goals=[
            RoundGoalOut(code=g["code"], sentence=g["zin"], value=g["waarde"], bound=g["grens"])
            for g in found.goals
        ],
        lines=[_line(row, homes) for row in lines],
    )  # fmt: skip


def _line(row: LineOf, homes: dict[UUID, tuple[str, str, str]]) -> RespiteLineOut:
    line, why = row.line, row.line.why_not
    home = homes.get(line.family_id) if line.family_id else None
    provider, number, name = home or (None, None, None)
    return RespiteLineOut(
        placement=line.placement_id, child=row.child_id, number=row.number,
        lives_with=row.lives_with, need=line.need, asked_since=line.asked_since,
        provider=provider, family=number, family_name=name, weekends=line.rhythms, km=line.km,
        reasons=line.reasons, offer=line.offer_id,
        why_not=None if why is None else NoRespiteOut(
            sentence=why["zin"],
            refused=[
                RefusedFamilies(code=r["code"], label=r["regel"], families=r["gezinnen"])
                for r in why["geweigerdPerRegel"]
            ],
        ),
    )  # fmt: skip


def show_today(session: Session) -> list[Strained]:
    """Return the watch list of today."""
    return watch_list(session, today_in_amsterdam())
