"""A child of which every table tells something, with marks that stand nowhere else.

Each text that somebody could type holds `kind-TABEL-KOLOM` where it is the child's, and
`derde-TABEL-KOLOM` where the catalogue says that it is of somebody else.
"""

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Enum, String, Text, inspect, select, text
from sqlalchemy.orm import Session

from app.db.base import Base
from app.db.encryption import digest_bsn, encrypt_bsn
from app.db.sealing import seal
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
from app.kernel.ladder import (
    LadderReason,
    MentorResult,
    NetworkAnswer,
    NetworkPurpose,
    Relation,
    Rung,
    SettingKind,
)
from app.kernel.legal_frame import AuthorityKind, Consent
from app.kernel.phases import (
    Agreement,
    ConsentBy,
    DeclineReason,
    LegalWeight,
    MessageKind,
    NoBy,
    ObjectionOutcome,
    Phase,
)
from app.kernel.strain import Helped, SignalKind, SupportKind, TakenUp, WeekendNeed
from app.kernel.words import (
    CareForm,
    Gender,
    GenderPreference,
    OtherChildrenWish,
    Problem,
    Rhythm,
    SiblingWish,
    Urgency,
    VisitPlace,
    WishOf,
)
from app.models import (
    AuditEvent,
    AuditOutcome,
    AuthorityHolder,
    BegunPair,
    BegunState,
    BreakdownRecord,
    CallOutcome,
    CareSetting,
    Child,
    ChildBsn,
    ConsentWithdrawal,
    CrisisCall,
    CrisisReport,
    CrisisState,
    DisputedBy,
    EndingJudgement,
    ExcludedArea,
    FactCorrection,
    Family,
    FileStatement,
    LadderStep,
    LegalFrame,
    LegalHold,
    LegalHoldKind,
    MentorCase,
    NetworkInquiry,
    Occupation,
    Place,
    Placement,
    PlacementBasis,
    PlacementChange,
    PlacementEnding,
    PlacementOrigin,
    PlacementReview,
    RecordedNo,
    Registration,
    RegistrationProblem,
    RegistrationState,
    RespiteLine,
    RespiteRound,
    ReviewFinding,
    ReviewVoice,
    SettingStay,
    SiblingGroup,
    SiblingPairWish,
    StepConsent,
    StepMessage,
    StepMove,
    StepObjection,
    StrainSignal,
    SupportOffer,
)
from app.rights.catalogue import load_catalogue
from app.settings import Settings
from tests.rows import make_family, make_registration

SETTINGS = Settings(database_url=None)
NAME, BSN, NUMBER = "Roosmarijntje", "999900006", "AM-MERK"
SISTER, SISTER_NUMBER = "Zusjelief", "AM-ZUS"
FAMILY, REFERENCE = "Vandertweedekant", "SPI-MERK"
SECRET_PLACE = "schuilplaatsweg"
BEGAN, ENDED = date(2026, 1, 10), date(2026, 6, 20)
NOW = datetime(2026, 6, 21, 9, 30, tzinfo=UTC)
FACTS = {
    "leeftijd_bij_start": "5.69", "vorm": "opvoeding", "gezin_type": "bestand",
    "afstand_huis_km": "3", "school_behouden": "ja", "ernst_lvb": "3",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Full:
    """The child, its sister and the family, with what else is asked about."""

    registration_id: UUID
    child_id: UUID
    sister_id: UUID
    family_id: UUID
    placement_id: UUID
    run_id: UUID | None


def mark(table: str, column: str) -> str:
    """The mark of a column, by whose it is."""
    entry = load_catalogue().tables[table]
    whose = "derde" if column in entry.of_others else "kind"
    return f"{whose}-{table}-{column}"


def row(session: Session, table: type[Any], **given: Any) -> Any:
    """Insert a row; a text that is not given is its mark."""
    mapped = inspect(table)
    values = dict(given)
    for attribute in mapped.column_attrs:
        column = attribute.columns[0]
        is_text = isinstance(column.type, String | Text) and not isinstance(column.type, Enum)
        if is_text and attribute.key not in values:
            values[attribute.key] = mark(mapped.local_table.name, column.name)
    made = table(**values)
    session.add(made)
    session.flush()
    return made


def make_full(session: Session, *, is_secret: bool = False, bsn: str = BSN) -> Full:
    """Insert everything; nothing of it runs any more."""
    family = make_family(session, reference=REFERENCE, name=FAMILY, places=2)
    group = SiblingGroup(code="groep-merk", wish=SiblingWish.TOGETHER_UNLESS)
    session.add(group)
    session.flush()
    sister = make_registration(
        session, number=SISTER_NUMBER, sibling_group_id=group.id,
        sibling_wish=SiblingWish.TOGETHER_UNLESS, child_voice="derde-zus-stem",
    )  # fmt: skip
    session.get_one(Child, sister.child_id).first_name = SISTER
    registration = _registration(session, group.id, is_secret)
    rid = registration.id
    settings = SETTINGS
    session.add(
        ChildBsn(
            child_id=registration.child_id,
            ciphertext=encrypt_bsn(bsn, settings),
            digest=digest_bsn(bsn, settings),
        )
    )
    row(session, SiblingPairWish, registration_id=sister.id, other_number=NUMBER,
        wish=SiblingWish.TOGETHER_UNLESS, whose=WishOf.CHILD)  # fmt: skip
    _of_registration(session, rid)
    pair = _pair(session, rid, family.id)
    placement = _placement(session, rid, family, pair.id)
    _crisis(session, rid, family.id)
    _ladder(session, rid, family.provider_id)
    session.add(
        AuditEvent(
            operation="leesKind",
            actor="derde-medewerker",
            role="coordinator",
            subject="kind",
            reference=str(rid),
            outcome=AuditOutcome.DONE,
        )
    )
    session.flush()
    return Full(rid, registration.child_id, sister.id, family.id, placement.id, None)


def _registration(session: Session, group_id: UUID, is_secret: bool) -> Registration:
    child = row(session, Child, first_name=NAME, born_on=date(2020, 5, 3), gender=Gender.GIRL)
    made: Registration = row(
        session, Registration, child_id=child.id, number=NUMBER, state=RegistrationState.PLACED,
        care_form=CareForm.LONG_TERM, urgency=Urgency.REGULAR, postcode="1012KX",
        municipality="Amsterdam", staying_now=SECRET_PLACE, registered_on=date(2025, 12, 1),
        needed_from=date(2026, 1, 1), expected_months=18, school_postcode="1013AB",
        keep_school=True, sibling_group_id=group_id, sibling_wish=SiblingWish.TOGETHER_UNLESS,
        sdq_total=17, earlier_placements=1, earlier_breakdowns=1, residential_past=True,
        allergies=["kind-allergie"], needs_smoke_free=True, needs_wheelchair=False,
        languages=["kind-taal"], visits_per_month=2, visit_place=VisitPlace.NEUTRAL,
        secret_placement=is_secret, network_researched=True,
        other_children=OtherChildrenWish.NONE, prevention={"tekst": "kind-preventie"},
        big5={"wonen": "kind-big5"}, field_digests={"x": "y"}, owner_organisation="gi-merk",
    )  # fmt: skip
    return made


def _of_registration(session: Session, rid: UUID) -> None:
    by = DisputedBy.PARENT
    row(session, RegistrationProblem, registration_id=rid, problem=Problem.ATTACHMENT, severity=3)
    row(session, ExcludedArea, registration_id=rid, postcode="1019DD", radius_km=5)
    row(session, SiblingPairWish, registration_id=rid, other_number=SISTER_NUMBER,
        wish=SiblingWish.TOGETHER_UNLESS, whose=WishOf.CHILD)  # fmt: skip
    row(session, LegalFrame, registration_id=rid)
    row(session, AuthorityHolder, registration_id=rid, ordinal=1, kind=AuthorityKind.PARENT,
        consent=Consent.YES)  # fmt: skip
    row(session, ConsentWithdrawal, registration_id=rid, kind=AuthorityKind.PARENT,
        withdrawn_on=ENDED)  # fmt: skip
    row(session, FactCorrection, registration_id=rid, disputed_by=by,
        sealed=seal(json.dumps("kind-was").encode(), SETTINGS))  # fmt: skip
    row(session, FileStatement, registration_id=rid, stated_by=DisputedBy.CHILD)
    row(session, LegalHold, registration_id=rid, kind=LegalHoldKind.COMPLAINT, lifted_at=NOW)
    row(session, NetworkInquiry, registration_id=rid, purpose=next(iter(NetworkPurpose)),
        relation=next(iter(Relation)), asked_on=BEGAN,
        answer=next(iter(NetworkAnswer)))  # fmt: skip
    row(session, MentorCase, registration_id=rid, relation=next(iter(Relation)), since=BEGAN,
        until=ENDED, result=next(r for r in MentorResult if r != "loopt"))  # fmt: skip


def _pair(session: Session, rid: UUID, family_id: UUID) -> BegunPair:
    pair: BegunPair = row(
        session, BegunPair, registration_id=rid, family_id=family_id, is_request=True,
        rhythm=Rhythm.FULL_TIME,
        state=BegunState.PLACED, begun_on=BEGAN, held_until=BEGAN, ended_at=NOW,
        phase=Phase.PLACED,
    )  # fmt: skip
    row(session, RecordedNo, registration_id=rid, family_id=family_id)
    told = {"pair_id": pair.id}
    phases = list(Phase)
    row(session, StepMove, **told, from_phase=phases[0], to_phase=phases[1],
        agreement=Agreement("onder voorwaarde"), pros=["derde-plus"], cons=["derde-min"],
        doubts=["derde-twijfel"])  # fmt: skip
    row(session, StepMessage, **told, phase=phases[0], kind=MessageKind("nee"),
        decline_reason=next(iter(DeclineReason)))  # fmt: skip
    row(session, StepConsent, **told, by=next(iter(ConsentBy)), given_on=BEGAN)
    for by, words in ((NoBy("kind"), "kind-bezwaar"), (NoBy("ouders"), "derde-bezwaar")):
        row(session, StepObjection, **told, by=by, text=words,
            weight=next(w for w in LegalWeight if w != "veto"),
            outcome=next(iter(ObjectionOutcome)), decided_at=NOW)  # fmt: skip
    return pair


def _placement(session: Session, rid: UUID, family: Family, pair_id: UUID) -> Placement:
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
    offer = row(session, SupportOffer, **lived, kind=next(iter(SupportKind)), offered_on=BEGAN,
        taken_up=TakenUp("nee"), helped=next(iter(Helped)))  # fmt: skip
    asked = RespiteRound(snapshot_day=ENDED, starts_on=ENDED, until=ENDED + timedelta(days=9),
        radius_km=25, actor="x", goals=[])  # fmt: skip
    session.add(asked)
    session.flush()
    row(session, RespiteLine, **lived, round_id=asked.id, need=WeekendNeed.EITHER,
        asked_since=BEGAN, reasons=["derde-respijt"], offer_id=offer.id)  # fmt: skip
    bed = session.query(Place).filter_by(family_id=family.id).first()
    assert bed is not None
    row(session, Occupation, place_id=bed.id, registration_id=rid, since=NOW, released_at=NOW)
    return placement


def _crisis(session: Session, rid: UUID, family_id: UUID) -> None:
    report = row(session, CrisisReport, age=5, gender=Gender.GIRL, flags=["kind-vlag"],
        siblings=[{"leeftijd": 3, "geslacht": "derde-broertje"}], postcode="1012KX",
        state=CrisisState.LINKED, registration_id=rid, closed_because=None)  # fmt: skip
    row(session, CrisisCall, report_id=report.id, family_id=family_id, outcome=CallOutcome.YES,
        beds=1)  # fmt: skip


def _ladder(session: Session, rid: UUID, provider_id: UUID) -> None:
    setting = CareSetting(
        provider_id=provider_id, number="HUIS-9", kind=next(iter(SettingKind)), name="Huis",
        postcode="1013AB", place_name="Amsterdam", min_age=0, max_age=18,
        gender=GenderPreference.NONE, places=3, taken_elsewhere=0, confirmed_on=BEGAN,
    )  # fmt: skip
    session.add(setting)
    session.flush()
    rung = next(r for r in Rung if r == "gezinshuis")
    step = row(session, LadderStep, registration_id=rid, rung=rung, setting_id=setting.id,
        day=BEGAN, reason=next(iter(LadderReason)), why_not={"x": "derde-waarom"})  # fmt: skip
    row(session, SettingStay, registration_id=rid, setting_id=setting.id, step_id=step.id,
        since=BEGAN, until=ENDED)  # fmt: skip


def dump(session: Session) -> dict[str, list[dict[str, Any]]]:
    """Every row of every table, as the code reads it: what is sealed by a column type is open."""
    told = {}
    session.flush()
    before = session.scalar(text("SELECT current_user"))
    session.execute(text("SET LOCAL ROLE NONE"))  # whoever logged in: it reads everything
    for mapper in Base.registry.mappers:
        columns = [attribute.class_attribute for attribute in mapper.column_attrs]
        rows = session.execute(select(*columns)).mappings().all()
        told[mapper.local_table.name] = [dict(found) for found in rows]
    jobs = session.execute(text("SELECT id, args::text AS args FROM procrastinate_jobs"))
    told["procrastinate_jobs"] = [dict(found) for found in jobs.mappings()]
    session.execute(text(f"SET LOCAL ROLE {before}"))
    return told
