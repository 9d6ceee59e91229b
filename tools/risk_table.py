"""Writes the factors of the risk score into docs/risicomodel.md: `python -m tools.risk_table`."""

from math import exp

from app.matching.risk.factor import Level
from app.matching.risk.factors import FACTORS
from app.matching.risk.weights import Weights, load_weights
from tools.doc_table import render, write

PAGE, NAME = "risicomodel.md", "factors"
HEAD = ("factor", "of the", "unit", "weight", "error", "ratio", "ordinary", "source")
LEVELS = {Level.CHILD: "child", Level.PAIR: "pair"}


def risk_table(weights: Weights) -> str:
    """Return every factor with its weight, in the order of the columns of the features."""
    rows = [
        (
            f"`{factor.code}`: {weights.labels[at]}",
            LEVELS[factor.level],
            weights.units[at],
            f"{weights.value[at]:+.4g}",
            f"{weights.error[at]:.4g}",
            f"{exp(weights.value[at]):.2f}",
            f"{weights.typical[at]:.4g}",
            weights.sources[at],
        )
        for at, factor in enumerate(FACTORS)
    ]
    return render(HEAD, rows)


if __name__ == "__main__":
    write(PAGE, NAME, risk_table(load_weights()))
