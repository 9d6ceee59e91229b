"""Draws a whole region: families of five providers and the children that wait for one."""

from app.simulation.areas import load_areas
from app.simulation.children import draw_children
from app.simulation.dice import Dice
from app.simulation.families import draw_families
from app.simulation.mistakes import plant_mistakes
from app.simulation.network import count_network_families, draw_network_families
from app.simulation.numbers import draw_references
from app.simulation.order import Order, Region


def draw_region(order: Order) -> Region:
    """Return the region that an order asks for; the same order always gives the same region."""
    areas = load_areas(order.children + order.families)
    references = draw_references(Dice(order.seed, "references"), order.families)
    split = order.families - count_network_families(order)
    network = references[split:]
    children = draw_children(order, areas=areas, network=[name for _, name in network])
    families = (
        *draw_families(order.seed, references[:split], areas=areas, today=order.snapshot_day),
        *draw_network_families(order, network, children=children, areas=areas),
    )
    rows, mistakes = plant_mistakes(families, order.mistakes, seed=order.seed)
    return Region(order=order, children=children, families=rows, mistakes=mistakes)
