"""Tables, one noun a file, no rules."""

import app.db.sealed_writing  # noqa: F401  (seals what statements write)
from app.kernel.phases import NoBy
from app.kernel.words import Rhythm
from app.models.ambulatory import (
    AmbulatoryLine,
    AmbulatoryLook,
    AmbulatorySearch,
    AmbulatorySupport,
    LookResult,
)
from app.models.audit_event import AuditEvent, AuditOutcome
from app.models.audit_seal import AuditCheck, AuditSeal
from app.models.backup_made import BackupMade
from app.models.begun_pair import BegunPair, BegunState, holds_on
from app.models.child import Child, ChildBsn
from app.models.crisis import (
    CallOutcome,
    CrisisCall,
    CrisisChild,
    CrisisReport,
    CrisisState,
    DutyNumber,
    FamilyPhone,
)
from app.models.draft import Draft
from app.models.emergency_access import EmergencyAccess, EmergencyJudgement, EmergencyOccasion
from app.models.event import Event, EventHorizon
from app.models.family import Family
from app.models.family_move import FamilyMove
from app.models.family_offer import (
    FamilyForm,
    FamilyWillingness,
    Housemate,
    Occupation,
    Place,
)
from app.models.family_status_change import FamilyStatusChange
from app.models.field_change import DisputedBy, FactCorrection, FieldChange
from app.models.idempotency import GivenAnswer
from app.models.import_batch import (
    FindingKind,
    ImportBatch,
    ImportFinding,
    ImportFormat,
    ImportKind,
    ImportMode,
    ImportState,
)
from app.models.import_change import ChangeKind, ImportChange
from app.models.import_content import ImportChunk, ImportContent
from app.models.kept_board import KeptBoard, KeptBoardName
from app.models.key_version import KeyVersion
from app.models.ladder import (
    CareSetting,
    LadderStep,
    MentorCase,
    NetworkInquiry,
    SettingStay,
)
from app.models.legal_frame import (
    AuthorityHolder,
    ConsentWithdrawal,
    LegalFrame,
    ProviderContract,
)
from app.models.match_run import (
    MatchRun,
    Proposal,
    ProposalRole,
    RunCallList,
    RunState,
    Unplaced,
)
from app.models.past_placement import PastPlacementRow
from app.models.placement import (
    Placement,
    PlacementBasis,
    PlacementEnding,
    PlacementOrigin,
)
from app.models.placement_record import (
    BreakdownRecord,
    EndingJudgement,
    PlacementChange,
    PlacementReview,
    ReviewFinding,
    ReviewVoice,
)
from app.models.postcode_area import PostcodeArea
from app.models.provider import Provider, ProviderChange, ProviderChangeKind, RetiredCode
from app.models.region_month import RegionMonth
from app.models.registration import (
    ExcludedArea,
    RecordedNo,
    Registration,
    RegistrationProblem,
    RegistrationState,
    WithdrawalReason,
)
from app.models.rights import (
    Asker,
    ErasureRequest,
    ErasureState,
    FileStatement,
    LegalHold,
    LegalHoldKind,
    PurgeReport,
    PurgeState,
    RefusalGround,
)
from app.models.score_alarm import AlarmKind, ScoreAlarm
from app.models.screen_session import KeptForm, ScreenSession
from app.models.sibling_group import (
    HoldReason,
    SiblingGroup,
    SiblingGroupHold,
    SiblingPairWish,
)
from app.models.stage_change import StageChange
from app.models.step_record import StepConsent, StepMessage, StepMove, StepObjection
from app.models.strain import (
    RespiteLine,
    RespitePlace,
    RespiteRound,
    RoundState,
    StrainSignal,
    SupportOffer,
)
from app.models.subscription import Channel, Outcome, Subscription, SubscriptionState
from app.models.survey import SurveyForm, SurveyResponse, SurveyState
from app.models.weights_version import DecisionKind, WeightsDecision, WeightsVersion

__all__ = [
    "AlarmKind",
    "AmbulatoryLine",
    "AmbulatoryLook",
    "AmbulatorySearch",
    "AmbulatorySupport",
    "Asker",
    "AuditCheck",
    "AuditEvent",
    "AuditOutcome",
    "AuditSeal",
    "AuthorityHolder",
    "BackupMade",
    "BegunPair",
    "BegunState",
    "BreakdownRecord",
    "CallOutcome",
    "CareSetting",
    "ChangeKind",
    "Channel",
    "Child",
    "ChildBsn",
    "ConsentWithdrawal",
    "CrisisCall",
    "CrisisChild",
    "CrisisReport",
    "CrisisState",
    "DecisionKind",
    "DisputedBy",
    "Draft",
    "DutyNumber",
    "EmergencyAccess",
    "EmergencyJudgement",
    "EmergencyOccasion",
    "EndingJudgement",
    "ErasureRequest",
    "ErasureState",
    "Event",
    "EventHorizon",
    "ExcludedArea",
    "FactCorrection",
    "Family",
    "FamilyForm",
    "FamilyMove",
    "FamilyPhone",
    "FamilyStatusChange",
    "FamilyWillingness",
    "FieldChange",
    "FileStatement",
    "FindingKind",
    "GivenAnswer",
    "HoldReason",
    "Housemate",
    "ImportBatch",
    "ImportChange",
    "ImportChunk",
    "ImportContent",
    "ImportFinding",
    "ImportFormat",
    "ImportKind",
    "ImportMode",
    "ImportState",
    "KeptBoard",
    "KeptBoardName",
    "KeptForm",
    "KeyVersion",
    "LadderStep",
    "LegalFrame",
    "LegalHold",
    "LegalHoldKind",
    "LookResult",
    "MatchRun",
    "MentorCase",
    "NetworkInquiry",
    "NoBy",
    "Occupation",
    "Outcome",
    "PastPlacementRow",
    "Place",
    "Placement",
    "PlacementBasis",
    "PlacementChange",
    "PlacementEnding",
    "PlacementOrigin",
    "PlacementReview",
    "PostcodeArea",
    "Proposal",
    "ProposalRole",
    "Provider",
    "ProviderChange",
    "ProviderChangeKind",
    "ProviderContract",
    "PurgeReport",
    "PurgeState",
    "RecordedNo",
    "RefusalGround",
    "RegionMonth",
    "Registration",
    "RegistrationProblem",
    "RegistrationState",
    "RespiteLine",
    "RespitePlace",
    "RespiteRound",
    "RetiredCode",
    "ReviewFinding",
    "ReviewVoice",
    "Rhythm",
    "RoundState",
    "RunCallList",
    "RunState",
    "ScoreAlarm",
    "ScreenSession",
    "SettingStay",
    "SiblingGroup",
    "SiblingGroupHold",
    "SiblingPairWish",
    "StageChange",
    "StepConsent",
    "StepMessage",
    "StepMove",
    "StepObjection",
    "StrainSignal",
    "Subscription",
    "SubscriptionState",
    "SupportOffer",
    "SurveyForm",
    "SurveyResponse",
    "SurveyState",
    "Unplaced",
    "WeightsDecision",
    "WeightsVersion",
    "WithdrawalReason",
    "holds_on",
]
