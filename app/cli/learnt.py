"""Replications on learnt weights: each region scores with what its own past taught it."""

from dataclasses import replace
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory

from app.matching.risk.weights import Weights, parse_weights
from app.simulation.history import FILE, YEARS_BACK, draw_history
from app.simulation.history_truth import Truth
from app.simulation.order import Order
from app.simulation.year.run import Task, run_replication
from app.simulation.year.summary import Outcome
from app.simulation.year.world import YearOrder

LEARNT = "geleerd"
_FEWEST = 50


def count_placements(order: YearOrder) -> int:
    """Return how many past placements a region has: as many a year as it has registrations."""
    return max(_FEWEST, round(YEARS_BACK * order.arrivals))


def learn_weights(order: YearOrder, prior: Weights) -> Weights:
    """Return the weights learnt from a drawn history of this region, up to the day it begins.

    Under the truth by which placements break down in the replication, which no way of placing
    sees; of other people than those who wait or come, so that nothing of the year is known before.
    """
    from app.learning.history import read_history
    from app.learning.learn import fit_weights

    past = Order(order.children, order.families, order.seed, order.start)
    drawn = draw_history(past, placements=count_placements(order), truth=Truth.of(order.seed))
    with TemporaryDirectory() as folder:
        path = Path(folder) / FILE
        path.write_bytes(drawn)
        history = read_history(path, until=order.start)
    return fit_weights(history, prior, code_version=version("pleegzorg"))


def run_learnt(task: Task) -> Outcome:
    """Return what one replication came to on learnt weights; those of the task are the prior."""
    prior = parse_weights(task.weights, source="simulatie")
    return run_replication(replace(task, weights=learn_weights(task.order, prior).text))
