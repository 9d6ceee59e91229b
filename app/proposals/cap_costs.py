"""What each cap of a policy costs, as JSON: placed, expected breakdowns, by group, and who."""

from typing import Any

from app.matching.caps import lift_caps, tell_cap
from app.matching.match import MatchResult
from app.matching.policy import Policy
from app.matching.problem import Ints, Problem
from app.matching.tradeoffs.caps import CapCost, find_caps
from app.matching.tradeoffs.orders import MOST_PROVED

NOT_PROVED = (
    f"Bij meer dan {MOST_PROVED} wachtende kinderen is een plan niet bewezen het beste, en dan "
    "zegt het verschil tussen twee plannen te weinig over deze grens."
)


def tell_caps(result: MatchResult, policy: Policy, *, seed: int) -> list[dict[str, Any]]:
    """Return each cap with its price (`CapOut`), or with why that was not worked out."""
    problem, pairs = result.problem, result.scores.scored
    found = find_caps(problem, pairs, policy, result.plan, seed=seed)
    known = {cost.cap: _cost(problem, cost) for cost in found}
    return [
        {
            "grens": cap.value,
            "zin": tell_cap(cap, policy),
            "reden": None if cap in known else NOT_PROVED,
            "prijs": known.get(cap),
        }
        for cap, _ in lift_caps(policy)
    ]


def tell_children(problem: Problem, positions: Ints) -> dict[str, Any]:
    """Return children by number, and how many."""
    numbers = [problem.children.number[child] for child in positions.tolist()]
    return {"aantal": len(numbers), "kinderen": numbers}


def _cost(problem: Problem, cost: CapCost) -> dict[str, Any]:
    return {
        "geplaatst": cost.placed,
        "geplaatstZonder": cost.placed_without,
        "breakdowns": cost.breakdowns,
        "breakdownsZonder": cost.breakdowns_without,
        "groepen": [
            {
                "groep": one.group,
                "wachtend": one.waiting,
                "geplaatst": one.placed,
                "geplaatstZonder": one.placed_without,
            }
            for one in cost.groups
        ],
        "erbij": tell_children(problem, cost.gained),
        "eraf": tell_children(problem, cost.lost),
        "anderGezin": tell_children(problem, cost.moved),
    }
