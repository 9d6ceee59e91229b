"""What the choices of a run cost, as JSON: worked out once, and stored with the run."""

from typing import Any

from app.matching.arrivals import PLACEMENTS, REGISTRATIONS, WAITING_LIST, estimate_arrivals
from app.matching.match import MatchResult
from app.matching.policy import Policy
from app.matching.problem import Problem
from app.matching.tradeoffs.floors import FloorOutcome, find_floors
from app.matching.tradeoffs.frontier import MOST_CHILDREN, Frontier, Point, find_frontier
from app.matching.tradeoffs.orders import MOST_PROVED, OtherPlan, find_other_plans
from app.proposals.cap_costs import tell_caps, tell_children

TOO_MANY = (
    f"Bij meer dan {MOST_CHILDREN} wachtende kinderen wordt de prijs van één kind meer niet "
    "uitgerekend: dat zou langer duren dan het plan zelf."
)
NOT_PROVED = (
    f"Bij meer dan {MOST_PROVED} wachtende kinderen is een plan niet bewezen het beste, en dan "
    "zegt het verschil tussen twee plannen te weinig over de volgorde van de doelen."
)


def weigh(result: MatchResult, policy: Policy, *, seed: int) -> dict[str, Any]:
    """Return what one more child, two other orders, each floor and each cap cost (`Tradeoffs`)."""
    problem, pairs, plan = result.problem, result.scores.scored, result.plan
    frontier = find_frontier(problem, pairs, policy, plan, seed=seed)
    others = find_other_plans(problem, pairs, policy, plan, seed=seed)
    floors = find_floors(problem, pairs, policy, plan, seed=seed)
    return {
        "eenKindMeer": _frontier(frontier, policy.limits.placing_price),
        "andereVolgordes": {
            "reden": None if others else NOT_PROVED,
            "volgordes": [_order(problem, frontier, other) for other in others],
        },
        "ondergrenzen": [_floor(floor) for floor in floors],
        "bovengrenzen": tell_caps(result, policy, seed=seed),
        "vooruitzien": _ahead(problem) if policy.look_ahead else None,
    }


def _frontier(found: Frontier, price: float | None) -> dict[str, Any]:
    return {
        "reden": TOO_MANY if found.most is None else None,
        "geplaatst": found.placed,
        "breakdowns": found.breakdowns,
        "hoogstensTePlaatsen": found.most,
        "prijsPerPlaatsing": price,
        "punten": [_point(point, found.placed, price) for point in found.points],
    }


def _point(point: Point, placed: int, price: float | None) -> dict[str, Any]:
    within = None if price is None or point.extra is None else point.extra <= price
    return {
        "geplaatst": point.placed,
        "breakdowns": point.breakdowns,
        "grens": point.bound,
        "extra": point.extra,
        "binnenPrijs": within,
        "ditPlan": point.placed == placed,
    }


def _order(problem: Problem, here: Frontier, other: OtherPlan) -> dict[str, Any]:
    return {
        "naam": other.order.name,
        "doelen": list(other.order.goals),
        "bewijs": other.proof.value,
        "geplaatst": other.placed,
        "verschilGeplaatst": other.placed - here.placed,
        "breakdowns": other.breakdowns,
        "verschilBreakdowns": round(other.breakdowns - here.breakdowns, 6),
        "erbij": tell_children(problem, other.gained),
        "eraf": tell_children(problem, other.lost),
        "anderGezin": tell_children(problem, other.moved),
    }


def _floor(found: FloorOutcome) -> dict[str, Any]:
    return {
        "groep": found.floor.group,
        "zin": found.floor.sentence,
        "wachtend": found.waiting,
        "gevraagd": found.asked,
        "geplaatst": found.placed,
        "tekort": found.short,
        "bewezen": found.is_proved,
        "zonderGezin": found.homeless,
        "waarom": _why_short(found) if found.short else None,
        "prijs": {
            "groepErbij": found.group_more,
            "anderenEraf": found.others_fewer,
            "breakdowns": found.breakdowns_more,
        },
    }


def _ahead(problem: Problem) -> dict[str, Any]:
    found = estimate_arrivals(problem)
    what = {
        WAITING_LIST: "de aanmeldingen die nog wachten",
        REGISTRATIONS: "alle aanmeldingen van de regio",
        PLACEMENTS: "de plaatsingshistorie en wie nu wacht",
    }[found.source]
    per_week = 7 * (sum(found.rate) + found.unlike)
    shown = f"{per_week:.1f}".replace(".", ",")
    return {
        "bron": found.source,
        "dagen": found.days,
        "gezien": found.seen,
        "perWeek": round(per_week, 3),
        "nietVoorzienPerWeek": round(7 * found.unlike, 3),
        "zin": f"Verwacht worden {shown} huishoudens per week, geschat uit {what}, over "
        f"{found.days} dagen ({found.seen} gezien).",
    }


def _why_short(found: FloorOutcome) -> str:
    reasons = []
    if found.homeless:
        reasons.append(f"voor {found.homeless} van de {found.waiting} kan geen enkel gezin")
    if found.waiting - found.homeless > found.placed:
        before = "" if found.is_first else ", naast de ondergrenzen die voorgaan,"
        reasons.append(f"voor de anderen{before} zijn er niet tegelijk genoeg plaatsen die kunnen")
    more = "meer kan niet" if found.is_proved else "dat er niet meer kan, is niet bewezen"
    return f"{found.short} te weinig: {'; '.join([*reasons, more])}."
