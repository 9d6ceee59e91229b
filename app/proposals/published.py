"""What the region's last plan proposes: what a policy with a price of a move looks back at."""

from collections.abc import Mapping

from sqlalchemy.orm import Session

from app.matching.policy import Policy
from app.matching.problem import PublishedPairs
from app.models import MatchRun
from app.proposals.columns import ints
from app.proposals.queries import published_in_region
from app.proposals.rows import MatchRows

Families = Mapping[str, tuple[str, str]]
"""Provider and number of the family that is proposed for each child, by the child's number."""


def published_before(session: Session, run: MatchRun, policy: Policy) -> Families:
    """Return what was published before a run; nothing where its policy does not look at that.

    What was given with the run goes before the region's last finished run.
    """
    if not policy.limits.move_price:
        return {}
    if run.published is None:
        return published_in_region(session, run.region)
    return {number: (code, family) for number, (code, family) in run.published.items()}


def published_columns(rows: MatchRows, families: Families) -> PublishedPairs:
    """Return the published proposals by position, without who and what is no longer there."""
    at = {(code, family.reference): i for i, (family, code) in enumerate(rows.families)}
    found = [
        (child, at[families[registration.number]])
        for child, (registration, _) in enumerate(rows.children)
        if families.get(registration.number) in at
    ]
    return PublishedPairs(ints(child for child, _ in found), ints(home for _, home in found))
