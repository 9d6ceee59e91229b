"""The caps of a policy: what it forbids that the rules allow, and the policy without one."""

from collections.abc import Iterator
from dataclasses import replace
from enum import StrEnum

from app.matching.policy import Policy

_NO_CAP = 1.0


class Cap(StrEnum):
    """The caps that a policy may set, by their key in its file."""

    CHANCE = "hoogste_breakdownkans"
    NEW_AT_ONCE = "nieuwe_kinderen_per_gezin"


def lift_caps(policy: Policy) -> Iterator[tuple[Cap, Policy]]:
    """Yield each cap that a policy sets, and the policy without it."""
    if policy.max_breakdown < _NO_CAP:
        yield Cap.CHANCE, replace(policy, max_breakdown=_NO_CAP)
    if policy.limits.most_new is not None:
        yield Cap.NEW_AT_ONCE, replace(policy, limits=replace(policy.limits, most_new=None))


def tell_cap(cap: Cap, policy: Policy) -> str:
    """Return what a cap says, for the user."""
    if cap is Cap.CHANCE:
        percent = f"{100 * policy.max_breakdown:.4g}%".replace(".", ",")
        return f"Boven een kans op een breakdown van {percent} is er geen voorstel."
    most = policy.limits.most_new
    what = "nieuw kind" if most == 1 else "nieuwe kinderen"
    return f"Een gezin krijgt hoogstens {most} {what} tegelijk."
