"""How a begun pair stands: what is recorded of it, and whether its match asks for support."""

import tomllib
from collections.abc import Iterable
from typing import Any

from sqlalchemy.orm import Session

from app.kernel.phases import ConsentBy, ObjectionOutcome, Phase, Standing
from app.models import BegunPair, Family, ProposalRole, StepConsent
from app.placed.sibling_queries import lacks_reunion, parted_siblings
from app.providers import current_code
from app.steps.record_queries import (
    Weighed,
    code_of_provider,
    consents_of,
    has_said_yes,
    outcomes_of,
    registration_of,
)


def standing_of(session: Session, pair: BegunPair, weighed: Weighed | None) -> Standing:
    """Return all that decides whether a pair may go on; weighed: what the last run said of it."""
    outcomes, consents = outcomes_of(session, pair.id), consents_of(session, pair.id)
    registration = registration_of(session, pair.registration_id)
    parts = bool(parted_siblings(session, pair.registration_id, pair.family_id))
    return Standing(
        phase=pair.phase,
        has_answer=has_said_yes(session, pair.id, Phase.PROPOSED),
        consents=frozenset(consent.by for consent in consents),
        has_open_objection=None in outcomes,
        has_overruled=ObjectionOutcome.GO_ON in outcomes,
        needs_support=is_sub_optimal(weighed),
        has_support=bool(pair.support_plan or pair.no_support_reason),
        parts_siblings=parts,
        has_split_reason=pair.split_reason is not None,
        lacks_reunion=parts and lacks_reunion(registration, registration.care_form),
        has_changed_hands=_has_changed_hands(session, pair, consents),
    )


def _has_changed_hands(session: Session, pair: BegunPair, consents: Iterable[StepConsent]) -> bool:
    """Return whether the family went to a provider that is not the one that said yes."""
    yeses = [one for one in consents if one.by is ConsentBy.PROVIDER]
    if not yeses:
        return False
    now = code_of_provider(session, session.get_one(Family, pair.family_id).provider_id)
    return any(current_code(session, one.organisation) != now for one in yeses)


def is_sub_optimal(weighed: Weighed | None) -> bool:
    """Return whether a match needs a support plan (NJi): the last run that weighed it says so.

    Its policy asks for a plan, or the chance of breakdown is above what its policy proposes at all.
    A pair that no run weighed has no chance to go by.
    """
    if weighed is None:
        return False
    proposal = weighed.proposal
    is_to_discuss = proposal.role is ProposalRole.TO_DISCUSS
    return proposal.needs_support or is_to_discuss or proposal.chance > _most(weighed.policy_text)


def _most(policy_text: str) -> float:
    limits: dict[str, Any] = tomllib.loads(policy_text).get("grenzen", {})
    return float(limits.get("hoogste_breakdownkans", 1.0))
