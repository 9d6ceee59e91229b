"""One replication: one world, every policy. What an executor runs, here or on another machine."""

from dataclasses import dataclass

from app.matching.policy import parse_policy
from app.matching.risk.weights import parse_weights
from app.simulation.history import Points
from app.simulation.history_truth import Truth
from app.simulation.year.choosers import CHOOSERS
from app.simulation.year.measures import Figures, measure
from app.simulation.year.replay import Rules, replay
from app.simulation.year.summary import Outcome
from app.simulation.year.world import YearOrder, draw_world


@dataclass(frozen=True, slots=True)
class Task:
    """A replication to run, as plain texts and numbers, so that it travels.

    policy, weights: the texts of their files. names: which policies of CHOOSERS.
    """

    order: YearOrder
    policy: str
    weights: str
    names: tuple[str, ...]


def run_replication(task: Task) -> Outcome:
    """Return what one replication came to; the same task gives the same outcome anywhere."""
    seed = task.order.seed
    world = draw_world(task.order)
    rules = Rules(
        policy=parse_policy(task.policy, source="simulatie"),
        weights=parse_weights(task.weights, source="simulatie"),
        truth=Truth.of(seed),
        points=Points.load(),
    )
    figures: dict[str, Figures] = {}
    waiting: dict[str, tuple[int, ...]] = {}
    for name in task.names:
        year = replay(world, rules, CHOOSERS[name])
        figures[name], waiting[name] = measure(world, year), year.waiting
    return Outcome(seed, figures, waiting)
