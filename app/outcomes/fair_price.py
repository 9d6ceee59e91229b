"""What the limits of a policy cost, as the last run worked it out."""

from collections.abc import Iterator
from typing import Any

from app.kernel.errors import InputRefused
from app.kernel.small_cells import SMALLEST, hidden_cells
from app.kernel.words import CareForm
from app.matching.caps import lift_caps, tell_cap
from app.matching.policy import Policy, parse_policy
from app.models import MatchRun
from app.outcomes.fair_schemas import CapGroup, CapPrice, LimitPrice, PriceOfLimits

_OLDER = "Deze run is van voor dit werd uitgerekend: vraag een nieuwe run aan."
_FEW = (
    f"Hoeveel is niet te noemen: de groep, of wie er niet in zit, is kleiner dan {SMALLEST} "
    "kinderen."
)
_FORMS = tuple(f"vorm {form.value}" for form in CareForm)  # the groups that together are everyone


def price_of_limits(run: MatchRun | None) -> PriceOfLimits:
    """Return each floor and each cap of the run's policy with its price."""
    if run is None:
        return PriceOfLimits(run=None, policy=None, limits=[], caps=[])
    told = run.tradeoffs or {}
    return PriceOfLimits(
        run=run.id,
        policy=run.policy_name,
        limits=[
            _floor(floor, run.counts["kinderen"] - run.counts["alInGang"])
            for floor in told.get("ondergrenzen", [])
        ],
        caps=list(_caps(run, {cap["grens"]: cap for cap in told.get("bovengrenzen", [])})),
    )


def _floor(floor: dict[str, Any], everyone: int) -> LimitPrice:
    """Return a floor; of a small group, or one whose rest is small, without numbers."""
    price = floor["prijs"]
    away = _is_small(floor["wachtend"], everyone)
    counts = f"Gevraagd {floor['gevraagd']}, geplaatst {floor['geplaatst']}."
    return LimitPrice(
        name=f"ondergrens voor {floor['groep']}",
        sentence=f"{floor['zin'].rstrip('.')}. {_FEW if away else counts}",
        group_more=None if away else price["groepErbij"],
        others_fewer=None if away else price["anderenEraf"],
        breakdowns=None if away else price["breakdowns"],
    )


def _is_small(group: int, everyone: int) -> bool:
    """Return whether a group or its rest is a small cell of everyone who waits."""
    return bool(hidden_cells({"in": group, "out": everyone - group}))


def _caps(run: MatchRun, known: dict[str, dict[str, Any]]) -> Iterator[CapPrice]:
    policy = _policy_of(run)
    for cap, _ in lift_caps(policy) if policy else ():
        told = known.get(cap.value, {"reden": _OLDER, "prijs": None})
        price = told["prijs"] or {}
        yield CapPrice(
            cap=cap.value,
            sentence=tell_cap(cap, policy) if policy else "",
            why_not=told["reden"],
            placed=price.get("geplaatst"),
            placed_without=price.get("geplaatstZonder"),
            breakdowns=price.get("breakdowns"),
            breakdowns_without=price.get("breakdownsZonder"),
            groups=list(_groups(price.get("groepen", []))),
        )


def _policy_of(run: MatchRun) -> Policy | None:
    try:
        return parse_policy(run.policy_text, source=run.policy_name)
    except InputRefused:  # of a version that wrote policies in another way
        return None


def _groups(told: list[dict[str, Any]]) -> Iterator[CapGroup]:
    """Yield each group; one that is small, or whose rest is small, without numbers."""
    waiting = {one["groep"]: one["wachtend"] for one in told}
    forms = {name: waiting[name] for name in _FORMS if name in waiting}
    everyone, hidden = sum(forms.values()), hidden_cells(forms)
    for one in told:
        name = one["groep"]
        away = name in hidden if name in forms else _is_small(waiting[name], everyone)
        yield CapGroup(
            name=name,
            waiting=None if away else one["wachtend"],
            placed=None if away else one["geplaatst"],
            placed_without=None if away else one["geplaatstZonder"],
        )
