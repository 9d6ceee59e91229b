"""How a begun pair stands: what is recorded of it, and whether its match asks for support."""

import tomllib
from typing import Any

from sqlalchemy.orm import Session

from app.kernel.clock import today_in_amsterdam
from app.kernel.phases import ObjectionOutcome, Phase, Standing
from app.kernel.words import CareForm
from app.models import BegunPair, ProposalRole, Registration
from app.placed.sibling_queries import parted_siblings
from app.steps.record_queries import (
    Weighed,
    consents_of,
    has_said_yes,
    outcomes_of,
    registration_of,
)


def standing_of(session: Session, pair: BegunPair, weighed: Weighed | None) -> Standing:
    """Return all that decides whether a pair may go on; weighed: what the last run said of it."""
    outcomes = outcomes_of(session, pair.id)
    parts = bool(parted_siblings(session, pair.registration_id, pair.family_id))
    return Standing(
        phase=pair.phase,
        has_answer=has_said_yes(session, pair.id, Phase.PROPOSED),
        consents=frozenset(consent.by for consent in consents_of(session, pair.id)),
        has_open_objection=None in outcomes,
        has_overruled=ObjectionOutcome.GO_ON in outcomes,
        needs_support=is_sub_optimal(weighed),
        has_support=bool(pair.support_plan or pair.no_support_reason),
        parts_siblings=parts,
        has_split_reason=pair.split_reason is not None,
        lacks_reunion=parts and _lacks_reunion(registration_of(session, pair.registration_id)),
    )


def _lacks_reunion(registration: Registration) -> bool:
    """Return whether a split would be one in a crisis without a day that is still to come."""
    day = registration.reunite_by
    is_known = day is not None and day >= today_in_amsterdam()
    return registration.care_form is CareForm.CRISIS and not is_known


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
