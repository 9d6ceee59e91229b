"""What region is asked for, and what comes of it."""

from dataclasses import dataclass
from datetime import date

from app.simulation.child import Child
from app.simulation.family import Family, Provider


@dataclass(frozen=True, slots=True)
class Mistake:
    """A row that was made wrong on purpose, and in what way."""

    provider: Provider
    reference: str
    kind: str


@dataclass(frozen=True, slots=True)
class Order:
    """What region is asked for; the same order always gives the same region."""

    children: int
    families: int
    seed: int
    snapshot_day: date
    mistakes: int = 0


@dataclass(frozen=True, slots=True)
class Region:
    """A synthetic region on its snapshot day."""

    order: Order
    children: tuple[Child, ...]
    families: tuple[Family, ...]
    mistakes: tuple[Mistake, ...]
