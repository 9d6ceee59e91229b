"""What the limits of a policy cost, as the last run worked it out."""

from typing import Any

from app.kernel.errors import InputRefused
from app.matching.policy import Policy, parse_policy
from app.models import MatchRun
from app.outcomes.fair_schemas import LimitPrice, PriceOfLimits

_NOT_WORKED_OUT = "Wat deze grens kost, rekent een run niet uit."


def price_of_limits(run: MatchRun | None) -> PriceOfLimits:
    """Return each floor with its price, and the other limits by name."""
    if run is None:
        return PriceOfLimits(run=None, policy=None, limits=[])
    floors = [_floor(floor) for floor in (run.tradeoffs or {}).get("ondergrenzen", [])]
    return PriceOfLimits(run=run.id, policy=run.policy_name, limits=[*floors, *_others(run)])


def _floor(floor: dict[str, Any]) -> LimitPrice:
    price = floor["prijs"]
    return LimitPrice(
        name=f"ondergrens voor {floor['groep']}",
        sentence=f"{floor['zin']} Gevraagd {floor['gevraagd']}, geplaatst {floor['geplaatst']}.",
        group_more=price["groepErbij"],
        others_fewer=price["anderenEraf"],
        breakdowns=price["breakdowns"],
    )


def _others(run: MatchRun) -> list[LimitPrice]:
    try:
        policy = parse_policy(run.policy_text, source=run.policy_name)
    except InputRefused:  # of a version that wrote policies in another way
        return []
    return [
        LimitPrice(
            name=name,
            sentence=f"{sentence} {_NOT_WORKED_OUT}",
            group_more=None,
            others_fewer=None,
            breakdowns=None,
        )
        for name, sentence in _caps(policy)
    ]


def _caps(policy: Policy) -> list[tuple[str, str]]:
    most = policy.limits.most_new
    found = []
    if policy.max_breakdown < 1:
        found.append(("hoogste kans", f"Boven {policy.max_breakdown:.0%} geen voorstel."))
    if most is not None:
        found.append(("hoogstens tegelijk", f"Een gezin krijgt hoogstens {most} nieuwe kinderen."))
    return found
