"""A child of which every table tells something, with marks that stand nowhere else.

Each text that somebody could type holds `kind-TABEL-KOLOM` where it is the child's, and
`derde-TABEL-KOLOM` where the catalogue says that it is of somebody else.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from app.db.encryption import digest_bsn, encrypt_bsn
from app.db.sealing import seal
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
    CallOutcome,
    CareSetting,
    Child,
    ChildBsn,
    ConsentWithdrawal,
    CrisisCall,
    CrisisChild,
    CrisisReport,
    CrisisState,
    DisputedBy,
    EmergencyAccess,
    EmergencyOccasion,
    ExcludedArea,
    FactCorrection,
    FileStatement,
    LadderStep,
    LegalFrame,
    LegalHold,
    LegalHoldKind,
    MentorCase,
    NetworkInquiry,
    RecordedNo,
    Registration,
    RegistrationProblem,
    RegistrationState,
    SettingStay,
    SiblingGroup,
    SiblingPairWish,
    StepConsent,
    StepMessage,
    StepMove,
    StepObjection,
)
from app.settings import Settings
from tests.rights.lived import BEGAN, ENDED, NOW, make_lived
from tests.rights.planting import row
from tests.rows import make_family, make_registration

SETTINGS = Settings(database_url=None)
NAME, BSN, NUMBER = "Roosmarijntje", "999900006", "AM-MERK"
SISTER, SISTER_NUMBER = "Zusjelief", "AM-ZUS"
FAMILY, REFERENCE = "Vandertweedekant", "SPI-MERK"
SECRET_PLACE = "schuilplaatsweg"


@dataclass(frozen=True, slots=True)
class Full:
    """The child, its sister and the family, with what else is asked about."""

    registration_id: UUID
    child_id: UUID
    sister_id: UUID
    family_id: UUID
    placement_id: UUID
    run_id: UUID | None


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
            ciphertext=encrypt_bsn(bsn, settings, child=registration.child_id),
            digest=digest_bsn(bsn, settings),
        )
    )
    row(session, SiblingPairWish, registration_id=sister.id, other_number=NUMBER,
        wish=SiblingWish.TOGETHER_UNLESS, whose=WishOf.CHILD)  # fmt: skip
    _of_registration(session, rid)
    pair = _pair(session, rid, family.id)
    placement = make_lived(session, rid, family, pair.id)
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
        sealed=seal(b'"kind-was"', SETTINGS, use="correctie", owner=rid))  # fmt: skip
    row(session, FileStatement, registration_id=rid, stated_by=DisputedBy.CHILD)
    row(session, EmergencyAccess, registration_id=rid, occasion=EmergencyOccasion.UNSAFE,
        created_at=NOW, until=NOW + timedelta(hours=1),
        judged_by=None, judged_because=None)  # fmt: skip
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


def _crisis(session: Session, rid: UUID, family_id: UUID) -> None:
    report = row(session, CrisisReport, age=5, gender=Gender.GIRL, flags=["kind-vlag"],
        siblings=[{"leeftijd": 3, "geslacht": "derde-broertje"}], postcode="1012KX",
        state=CrisisState.LINKED, registration_id=rid, closed_because=None)  # fmt: skip
    row(session, CrisisChild, report_id=report.id, ordinal=0, registration_id=rid)
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
