"""Tables, one noun a file, no rules."""

from app.kernel.phases import NoBy
from app.kernel.words import Rhythm
from app.models.begun_pair import BegunPair, BegunState
from app.models.child import Child, ChildBsn
from app.models.crisis import (
    CallOutcome,
    CrisisCall,
    CrisisReport,
    CrisisState,
    DutyNumber,
    FamilyPhone,
)
from app.models.event import Event
from app.models.family import Family
from app.models.family_offer import (
    FamilyForm,
    FamilyWillingness,
    Housemate,
    Occupation,
    Place,
)
from app.models.idempotency import GivenAnswer
from app.models.import_batch import (
    FindingKind,
    ImportBatch,
    ImportFinding,
    ImportKind,
    ImportState,
)
from app.models.import_change import ChangeKind, ImportChange
from app.models.import_content import ImportChunk, ImportContent
from app.models.match_run import MatchRun, Proposal, ProposalRole, RunState, Unplaced
from app.models.placement import Placement
from app.models.postcode_area import PostcodeArea
from app.models.provider import Provider
from app.models.registration import (
    ExcludedArea,
    RecordedNo,
    Registration,
    RegistrationProblem,
    RegistrationState,
    WithdrawalReason,
)
from app.models.sibling_group import (
    HoldReason,
    SiblingGroup,
    SiblingGroupHold,
    SiblingPairWish,
)
from app.models.step_record import StepConsent, StepMessage, StepMove, StepObjection
from app.models.subscription import Channel, Outcome, Subscription, SubscriptionState

__all__ = [
    "BegunPair",
    "BegunState",
    "CallOutcome",
    "ChangeKind",
    "Channel",
    "Child",
    "ChildBsn",
    "CrisisCall",
    "CrisisReport",
    "CrisisState",
    "DutyNumber",
    "Event",
    "ExcludedArea",
    "Family",
    "FamilyForm",
    "FamilyPhone",
    "FamilyWillingness",
    "FindingKind",
    "GivenAnswer",
    "HoldReason",
    "Housemate",
    "ImportBatch",
    "ImportChange",
    "ImportChunk",
    "ImportContent",
    "ImportFinding",
    "ImportKind",
    "ImportState",
    "MatchRun",
    "NoBy",
    "Occupation",
    "Outcome",
    "Place",
    "Placement",
    "PostcodeArea",
    "Proposal",
    "ProposalRole",
    "Provider",
    "RecordedNo",
    "Registration",
    "RegistrationProblem",
    "RegistrationState",
    "Rhythm",
    "RunState",
    "SiblingGroup",
    "SiblingGroupHold",
    "SiblingPairWish",
    "StepConsent",
    "StepMessage",
    "StepMove",
    "StepObjection",
    "Subscription",
    "SubscriptionState",
    "Unplaced",
    "WithdrawalReason",
]
