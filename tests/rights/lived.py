"""A placement that ended, of which every table tells something."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from app.kernel.endings import EndCode, EndLabel, WentTo
from app.kernel.holding import (
    BreakdownKind,
    Heard,
    Initiative,
    PlacementAct,
    Topic,
    Voice,
    Weight,
)
from app.kernel.strain import Helped, SignalKind, SupportKind, TakenUp, WeekendNeed
from app.kernel.words import (
    CareForm,
)
from app.models import (
    BreakdownRecord,
    EndingJudgement,
    Family,
    Occupation,
    Place,
    Placement,
    PlacementBasis,
    PlacementChange,
    PlacementEnding,
    PlacementOrigin,
    PlacementReview,
    RespiteLine,
    RespiteRound,
    ReviewFinding,
    ReviewVoice,
    StrainSignal,
    SupportOffer,
)
from tests.rights.planting import row

BEGAN, ENDED = date(2026, 1, 10), date(2026, 6, 20)
NOW = datetime(2026, 6, 21, 9, 30, tzinfo=UTC)
FACTS = {
    "leeftijd_bij_start": "5.69", "vorm": "opvoeding", "gezin_type": "bestand",
    "afstand_huis_km": "3", "school_behouden": "ja", "ernst_lvb": "3",
}  # fmt: skip


def make_lived(session: Session, rid: UUID, family: Family, pair_id: UUID) -> Placement:
    placement: Placement = row(
        session, Placement, registration_id=rid, family_id=family.id,
        provider_id=family.provider_id, since=BEGAN, until=ENDED, form=CareForm.LONG_TERM,
        origin=PlacementOrigin.DECISION, pair_id=pair_id, together=False,
    )  # fmt: skip
    lived = {"placement_id": placement.id}
    row(session, PlacementBasis, **lived, facts=FACTS, chance=0.2, chance_low=0.1,
        chance_high=0.3, horizon_months=12,
        weights_version="w-1")  # fmt: skip
    row(session, PlacementEnding, **lived, code=next(iter(EndCode)), went_to=next(iter(WentTo)),
        label=EndLabel.BROKEN, judged_at=NOW)  # fmt: skip
    row(session, EndingJudgement, **lived, label=EndLabel.BROKEN)
    row(session, PlacementChange, **lived, act=next(iter(PlacementAct)), on_day=ENDED,
        told={"x": "derde-verteld"})  # fmt: skip
    row(session, BreakdownRecord, **lived, kind=next(iter(BreakdownKind)), day=ENDED,
        initiative=next(iter(Initiative)),
        reasons=["derde-reden"], tried=["kind-geprobeerd"])  # fmt: skip
    _reviewed(session, lived)
    _supported(session, lived)
    bed = session.query(Place).filter_by(family_id=family.id).first()
    assert bed is not None
    row(session, Occupation, place_id=bed.id, registration_id=rid, since=NOW, released_at=NOW)
    return placement


def _reviewed(session: Session, lived: dict[str, UUID]) -> None:
    review = row(session, PlacementReview, **lived, ordinal=1, due=ENDED, held_on=ENDED, problems=1)
    row(
        session,
        ReviewVoice,
        review_id=review.id,
        who=Voice.CHILD,
        heard=next(h for h in Heard if h != "ja"),
    )
    for who, words in ((Voice.CHILD, "kind-bevinding"), (Voice.CARERS, "derde-bevinding")):
        row(session, ReviewFinding, review_id=review.id, who=who, topic=next(iter(Topic)),
            weight=next(iter(Weight)), text=words)  # fmt: skip
    row(session, StrainSignal, **lived, day=ENDED, kind=next(iter(SignalKind)), settled_at=NOW)


def _supported(session: Session, lived: dict[str, UUID]) -> None:
    offer = row(session, SupportOffer, **lived, kind=next(iter(SupportKind)), offered_on=BEGAN,
        taken_up=TakenUp("nee"), helped=next(iter(Helped)))  # fmt: skip
    asked = RespiteRound(snapshot_day=ENDED, starts_on=ENDED, until=ENDED + timedelta(days=9),
        radius_km=25, actor="x", goals=[])  # fmt: skip
    session.add(asked)
    session.flush()
    row(session, RespiteLine, **lived, round_id=asked.id, need=WeekendNeed.EITHER,
        asked_since=BEGAN, reasons=["derde-respijt"], offer_id=offer.id)  # fmt: skip
