"""One model in which a number of children is asked for, by a price or by a row.

A row over all columns slows a solver down. So the row is only in the relaxation, which says what a
child is worth there; at that price, without the row, the best plan nearly always places just that
number, and then none that places as many is safer (Lagrange, Everett 1963). Only if it does not the
row goes into the integer model.
"""

from dataclasses import dataclass, field, replace

from app.matching.face import Face
from app.matching.optimise import certify_prices, close_gap
from app.matching.pricing import Priced, relax_priced
from app.matching.problem import Ints


@dataclass(frozen=True, slots=True)
class Found:
    """The most safety that was found, in steps, and what no plan can exceed."""

    value: int
    bound: int


@dataclass(slots=True)
class Asked:
    """All plans, and the row that asks for a number of children.

    count, safety: what each column adds to both, shape (v,). face: its incumbent is the last plan
    found; it begins with one that places the most. Each search goes on from the one before.
    """

    face: Face
    count: Ints
    safety: Ints
    seed: int
    row: int = field(init=False)
    priced: Priced | None = None

    def __post_init__(self) -> None:
        self.row = len(self.face.rows.lower)
        self.face = replace(self.face, rows=self.face.rows.with_least(self.count, 0))

    def relax(self, number: int) -> int:
        """Return what no plan that places this number can exceed in safety."""
        certificate = certify_prices(self._relax(number, self.safety), self.safety)
        return certificate.bound // certificate.scale

    def safest(self, number: int, price: int) -> Found:
        """Return the most safety of a plan that places this number or more; price: of a child."""
        known = self.face.incumbent
        worth = self.safety + price * self.count
        found = self._solve(0, worth)
        bound = found.bound - price * number
        if self._places() >= number and self._value() >= bound:
            return Found(self._value(), self._value())
        if self._places() < number:
            self.face = replace(self.face, incumbent=known)
        found = self._solve(number, self.safety)
        return Found(found.value, max(found.value, min(found.bound, bound)))

    def _places(self) -> int:
        return int(self.count[self.face.incumbent].sum())

    def _value(self) -> int:
        return int(self.safety[self.face.incumbent].sum())

    def _relax(self, number: int, worth: Ints) -> Priced:
        lower = self.face.rows.lower.copy()
        lower[self.row] = number
        self.face = replace(self.face, rows=replace(self.face.rows, lower=lower))
        near = self.face.incumbent
        priced = relax_priced(self.face, worth, self.seed, near, before=self.priced)
        self.face, self.priced = priced.face, priced
        return priced

    def _solve(self, number: int, worth: Ints) -> Found:
        priced = self._relax(number, worth)
        certificate = certify_prices(priced, worth)
        self.face, bound = close_gap(priced, worth, certificate, self.seed)
        return Found(int(worth[self.face.incumbent].sum()), bound)
