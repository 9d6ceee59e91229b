"""The printed tables of what a run's choices cost."""

from typing import Any

from rich.console import Console

from app.cli.tradeoffs import print_tradeoffs


def _print(told: dict[str, Any] | None) -> str:
    console = Console(width=100, record=True, quiet=False, file=None, force_terminal=False)
    with console.capture() as captured:
        print_tradeoffs(told, console)
    return captured.get()


def _point(placed: int, breakdowns: float, **more: Any) -> dict[str, Any]:
    point = {"geplaatst": placed, "breakdowns": breakdowns, "grens": breakdowns, "extra": None}
    return point | {"binnenPrijs": None, "ditPlan": False} | more


SOME = {"aantal": 2, "kinderen": ["AM-1", "AM-2"]}
NONE: dict[str, Any] = {"aantal": 0, "kinderen": []}
TOLD: dict[str, Any] = {
    "eenKindMeer": {
        "reden": None, "geplaatst": 2, "breakdowns": 0.75, "hoogstensTePlaatsen": 3,
        "prijsPerPlaatsing": 0.3,
        "punten": [
            _point(1, 0.2),
            _point(2, 0.4, extra=0.2, binnenPrijs=True, ditPlan=True),
            _point(3, 0.9, extra=0.5, binnenPrijs=False, grens=0.8),
        ],
    },
    "andereVolgordes": {
        "reden": None,
        "volgordes": [
            {
                "naam": "eerst [rood]", "doelen": [], "bewijs": "", "geplaatst": 1,
                "verschilGeplaatst": -1, "breakdowns": 0.2, "verschilBreakdowns": -0.55,
                "erbij": NONE, "eraf": SOME, "anderGezin": NONE,
            }
        ],
    },
}  # fmt: skip


def test_each_point_has_its_cost_and_its_marks() -> None:
    """Where the plan stands, what is above the policy's price, and what is not proved."""
    lines = [line.split() for line in _print(TOLD).splitlines()]
    assert ["1", "0,20"] in lines
    assert ["2", "0,40", "+0,20", "dit", "plan"] in lines
    marks = ["niet", "bewezen,", "boven", "de", "prijs", "van", "het", "beleid"]
    assert ["3", "0,90", "+0,50", *marks] in lines
    assert "Dit plan: 2 geplaatst, 0,75 verwachte breakdowns; meer dan 3" in _print(TOLD)


def test_an_order_says_what_changes_and_for_whom() -> None:
    """Counts with their sign, and the children by number; names are never taken for markup."""
    printed = _print(TOLD)
    assert "eerst [rood]: 1 geplaatst (-1), 0,20 verwachte breakdowns (-0,55)" in printed
    assert "0 kinderen erbij, 2 eraf, 0 in een ander gezin" in printed
    assert "niet meer: AM-1, AM-2" in printed


def test_what_was_left_out_is_said() -> None:
    """A sentence in the place of each table; nothing at all for a run from before."""
    told = {
        "eenKindMeer": TOLD["eenKindMeer"] | {"reden": "Te veel kinderen."},
        "andereVolgordes": {"reden": "Niet bewezen.", "volgordes": []},
    }
    printed = _print(told)
    assert "Te veel kinderen." in printed
    assert "Niet bewezen." in printed
    assert "Geplaatst" not in printed
    assert _print(None) == ""
