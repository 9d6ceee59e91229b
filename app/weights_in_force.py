"""Which weights are in force, and whether chances may be used: by what people decided.

Runs ask it for what to rank by, screens and boards for what to say. The order of precedence: what
the region accepted, else what the service was set to use (`PLEEGZORG_WEIGHTS`), else what ships.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models import DecisionKind, WeightsDecision, WeightsVersion


@dataclass(frozen=True, slots=True)
class Standing:
    """What the decisions come to. accepted: versions that were put into force, the last counts."""

    accepted: tuple[str, ...] = ()
    rejected: frozenset[str] = frozenset()
    rolled_back: frozenset[str] = frozenset()
    chances_off: bool = False

    @property
    def in_force(self) -> str | None:
        """Return the version that the region put into force last, None without any."""
        return self.accepted[-1] if self.accepted else None


def add_up(decisions: Iterable[WeightsDecision]) -> Standing:
    """Return what decisions come to, in their order: accepting adds, rolling back takes away."""
    accepted: list[str] = []
    rejected, rolled_back, off = set(), set(), False
    for decision in decisions:
        match decision.kind:
            case DecisionKind.ACCEPTED:
                accepted.append(str(decision.version))
            case DecisionKind.REJECTED:
                rejected.add(str(decision.version))
            case DecisionKind.ROLLED_BACK:
                rolled_back.add(accepted.pop())
            case DecisionKind.CHANCES_OFF | DecisionKind.CHANCES_ON:
                off = decision.kind is DecisionKind.CHANCES_OFF
    return Standing(tuple(accepted), frozenset(rejected), frozenset(rolled_back), off)


def standing_of_weights(session: Session) -> Standing:
    """Return what all decisions come to now."""
    return add_up(session.scalars(select(WeightsDecision).order_by(WeightsDecision.id)))


def accepted_text(session: Session) -> str | None:
    """Return the weights file that the region put into force, None where it did not."""
    version = standing_of_weights(session).in_force
    if version is None:
        return None
    return session.scalars(
        select(WeightsVersion.text).where(WeightsVersion.version == version)
    ).one()
