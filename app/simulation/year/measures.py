"""What is measured of a year: placed, waiting, broken down, parted, far, and who fares worst."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from app.kernel.words import PROBLEMS, CareForm
from app.kernel.words import Problem as Trouble
from app.simulation.child import Child
from app.simulation.year.replay import Year
from app.simulation.year.world import World, key_of

_LEAST = 5  # children in a group, for its figures to say anything
_TEENS, _SEVERE = 12, 3
_BEHAVIOUR = PROBLEMS.index(Trouble.EXTERNALISING)


@dataclass(frozen=True, slots=True)
class Measure:
    """One figure of a year: its code, its Dutch sentence, and whether more is better."""

    code: str
    sentence: str
    more_is_better: bool
    digits: int = 1


MEASURES = (
    Measure("geplaatst", "Kinderen met minstens één plaatsing", more_is_better=True),
    Measure("wachtdagen", "Wachtdagen per kind", more_is_better=False),
    Measure("wachtend", "Kinderen die aan het eind wachten", more_is_better=False),
    Measure("breakdowns", "Breakdowns in het jaar", more_is_better=False),
    Measure("breakdowns_per_100", "Breakdowns per 100 plaatsingen", more_is_better=False, digits=2),
    Measure("gesplitst", "Broers en zussen apart begonnen", more_is_better=False),
    Measure("kilometers", "Kilometers tussen huis en gezin", more_is_better=False),
    Measure(
        "slechtste_groep", "Deel geplaatst in de slechtst bediende groep (%)", more_is_better=True
    ),
)


@dataclass(frozen=True, slots=True)
class Figures:
    """The value of each measure, by code; worst: the group that fares worst."""

    value: Mapping[str, float]
    worst: str


def measure(world: World, year: Year) -> Figures:
    """Return the figures of one year."""
    days, stays = world.order.days, year.stays
    placed = {stay.child for stay in stays}
    seen = [child for child in world.children if world.child_on[child.number] <= days - 7]
    broken = sum(stay.breaks and stay.ends <= days for stay in stays)
    shares = share_placed(seen, placed)
    worst = min(shares, key=lambda name: (shares[name], name), default="")
    waited = sum(until - since for _, since, until in year.waits)
    values = {
        "geplaatst": float(len(placed)),
        "wachtdagen": waited / max(1, len({number for number, _, _ in year.waits})),
        "wachtend": float(year.waiting[-1]) if year.waiting else 0.0,
        "breakdowns": float(broken),
        "breakdowns_per_100": 100 * broken / max(1, len(stays)),
        "gesplitst": float(sum(stay.is_apart and stay.is_first for stay in stays)),
        "kilometers": sum(stay.km for stay in stays) / max(1, len(stays)),
        "slechtste_groep": 100 * shares.get(worst, 1.0),
    }
    return Figures(values, worst)


def share_placed(children: list[Child], placed: set[str]) -> dict[str, float]:
    """Return the share (0..1) that is placed of each group with enough children."""
    sizes: dict[str, int] = defaultdict(int)
    for child in children:
        sizes[key_of(child)] += 1
    found = {}
    for name, belongs in _groups(sizes).items():
        members = [child.number for child in children if belongs(child)]
        if len(members) >= _LEAST:
            found[name] = sum(number in placed for number in members) / len(members)
    return found


def _groups(sizes: Mapping[str, int]) -> dict[str, Callable[[Child], bool]]:
    """Return who belongs to each group whose chances are known to be small, or a form of care."""
    return {
        **{f"vorm {form.value}": _has_form(form) for form in CareForm},
        "12 jaar en ouder": lambda child: _age(child) >= _TEENS,
        "ernstig externaliserend": lambda child: child.needs.severity[_BEHAVIOUR] >= _SEVERE,
        "rolstoel": lambda child: child.needs.wheelchair,
        "broers en zussen": lambda child: sizes[key_of(child)] > 1,
        "drie of meer samen": lambda child: sizes[key_of(child)] > 2,
    }


def _has_form(form: CareForm) -> Callable[[Child], bool]:
    return lambda child: child.household.request.care_form is form


def _age(child: Child) -> float:
    return (child.household.request.registered_on - child.born_on).days / 365.25
