"""Tables, one noun a file, no rules."""

from app.kernel.words import Rhythm
from app.models.begun_pair import BegunPair, BegunState, NoBy
from app.models.child import Child, ChildBsn
from app.models.family import Family
from app.models.family_move import FamilyMove
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
    ImportFormat,
    ImportKind,
    ImportMode,
    ImportState,
)
from app.models.import_change import ChangeKind, ImportChange
from app.models.import_content import ImportChunk, ImportContent
from app.models.match_run import MatchRun, Proposal, ProposalRole, RunState, Unplaced
from app.models.placement import Placement
from app.models.postcode_area import PostcodeArea
from app.models.provider import Provider, ProviderChange, ProviderChangeKind, RetiredCode
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

__all__ = [
    "BegunPair",
    "BegunState",
    "ChangeKind",
    "Child",
    "ChildBsn",
    "ExcludedArea",
    "Family",
    "FamilyForm",
    "FamilyMove",
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
    "ImportFormat",
    "ImportKind",
    "ImportMode",
    "ImportState",
    "MatchRun",
    "NoBy",
    "Occupation",
    "Place",
    "Placement",
    "PostcodeArea",
    "Proposal",
    "ProposalRole",
    "Provider",
    "ProviderChange",
    "ProviderChangeKind",
    "RecordedNo",
    "Registration",
    "RegistrationProblem",
    "RegistrationState",
    "RetiredCode",
    "Rhythm",
    "RunState",
    "SiblingGroup",
    "SiblingGroupHold",
    "SiblingPairWish",
    "Unplaced",
    "WithdrawalReason",
]
