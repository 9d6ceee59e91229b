"""Writes the hard rules into docs/regels.md: `python -m tools.rule_table`."""

import sys
from collections.abc import Sequence

from app.matching.rules import RULES
from app.matching.rules.rule import Basis, Rule
from tools.doc_table import render, write

PAGE, NAME = "regels.md", "rules"
HEAD = ("code", "rule", "said as", "basis", "source", "can give way", "own network family")
BASIS = {Basis.LAW: "law", Basis.POLICY: "policy", Basis.SAFETY: "safety"}


def rule_table(rules: Sequence[Rule]) -> str:
    """Return every hard rule, in the order in which people read them."""
    return render(HEAD, [_row(rule) for rule in rules])


def _row(rule: Rule) -> tuple[str, ...]:
    return (
        f"`{rule.code}`",
        _stated(rule),
        rule.label,
        BASIS[rule.basis],
        rule.source,
        "no" if rule.change is None else f"als {rule.change.clause(1.0)}",
        "a concern to settle" if rule.concern_for_network else "hard",
    )


def _stated(rule: Rule) -> str:
    """Return the sentence that states the rule: the first of its own file."""
    text = sys.modules[rule.conflicts.__module__].__doc__ or ""
    return text.split("\n", maxsplit=1)[0]


if __name__ == "__main__":
    write(PAGE, NAME, rule_table(RULES))
