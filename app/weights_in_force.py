"""Which weights are in force, and whether chances may be used: by what people decided.

Runs ask it for what to rank by, screens and boards for what to say. The order of precedence: what
the region accepted, else what the service was set to use (`PLEEGZORG_WEIGHTS`), else what ships.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, false, func, select
from sqlalchemy.orm import Session

from app.models import DecisionKind, MatchRun, WeightsDecision, WeightsVersion

WITHOUT = "zonder-kansen"  # the version of weights that weigh nothing
SWITCHED_OFF = "kansen uitgezet"
# Of a family for a child: what is not told while the chances are off. A share in the log hazard is
# part of the chance.
_HIDDEN: dict[str, Any] = {
    "breakdownKans": None, "interval": None, "klasse": None, "grondslag": SWITCHED_OFF,
}  # fmt: skip


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


def hides_chances(session: Session, version: str | None) -> bool:
    """Return whether chances by weights of a version are not told: switched off, now or then."""
    return version == WITHOUT or bool(session.scalar(select(are_chances_off())))


def are_chances_off() -> ColumnElement[bool]:
    """Return whether chances are switched off now, as part of a larger question.

    What was last said of it counts, as in `add_up`; not all decisions need to be read for that.
    """
    switches = (DecisionKind.CHANCES_OFF, DecisionKind.CHANCES_ON)
    last = (
        select(WeightsDecision.kind == DecisionKind.CHANCES_OFF)
        .where(WeightsDecision.kind.in_(switches))
        .order_by(WeightsDecision.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    return func.coalesce(last, false())


def hides_chances_of(session: Session, run_id: UUID) -> bool:
    """Return the same of a run."""
    version = select(MatchRun.weights_version).where(MatchRun.id == run_id)
    return hides_chances(session, session.scalar(version))


def without_chances(body: Any) -> Any:
    """Return JSON without any chance of breakdown in it, and without what factors add to one."""
    if isinstance(body, list):
        return [without_chances(item) for item in body]
    if not isinstance(body, dict):
        return body
    told = {name: without_chances(value) for name, value in body.items()}
    if "breakdownKans" in told and told.get("gezin") is not None:
        told |= {name: value for name, value in _HIDDEN.items() if name in told}
    if "bijdrage" in told:
        told["bijdrage"] = 0.0
    return told
