"""Which weights a match uses: those asked for, those learnt from the folder, or those that ship."""

from dataclasses import dataclass
from datetime import date
from importlib.metadata import version
from pathlib import Path

from app.cli.console import ERR
from app.cli.risk import print_unused
from app.cli.steps import Steps
from app.kernel.errors import InputRefused
from app.matching.risk.weights import DEFAULT, Weights, load_weights


@dataclass(frozen=True, slots=True)
class WeightsWish:
    """What the user asked for. named: a name or a file; learns: from the folder's own history."""

    named: str | None = None
    learns: bool = True

    def check(self) -> None:
        """Raise InputRefused, before any work, when the named weights cannot be used."""
        if self.named is not None:
            load_weights(self.named)


def choose_weights(wish: WeightsWish, folder: Path, *, until: date, steps: Steps) -> Weights:
    """Return the weights for a folder, and say on standard error where they come from.

    A history that cannot be used at all leaves the published weights, with the reason.
    """
    if wish.named is not None:
        return load_weights(wish.named)
    from app.learning.history import FILE

    path = folder / FILE
    if not wish.learns or not path.is_file():
        return load_weights(DEFAULT)
    try:
        with steps.step(f"Leren van {FILE}"):
            return _learn(path, until)
    except InputRefused as refusal:
        ERR.print(f"Er is niet geleerd van uitkomsten: {refusal}", markup=False, soft_wrap=True)
        return load_weights(DEFAULT)


def _learn(path: Path, until: date) -> Weights:
    from app.learning.history import read_history
    from app.learning.learn import learn

    history = read_history(path, until=until)
    print_unused(history)
    learned = learn(history, load_weights(DEFAULT), code_version=version("pleegzorg"))
    ERR.print(learned.state, markup=False, soft_wrap=True)
    return learned.weights
