"""A plan to start from that is hardly ever beaten, and what it proves about several goals."""

from dataclasses import dataclass, replace

import numpy as np

from app.matching.certificate import Certificate
from app.matching.face import Face
from app.matching.optimise import certify_prices, close_gap, nearest, try_near
from app.matching.pricing import Priced, relax_priced
from app.matching.problem import Ints
from app.matching.stretches import Mix


@dataclass(frozen=True, slots=True)
class Lead:
    """What solving a gentle mix of goals on a face came to.

    column: those of that face. certificate and bound: of the mix. priced: its relaxation.
    """

    mix: Mix
    column: Ints
    certificate: Certificate
    bound: int
    priced: Priced

    def certificate_of_last(self, face: Face, values: tuple[int, ...]) -> Certificate:
        """Return what the mix proves of its last goal alone.

        values: of the goals before it, which every plan of the smaller face reaches at least:
        what they count for in the mix is no longer there for the last goal to gain.
        """
        old = self.certificate
        taken = sum(f * v for f, v in zip(self.mix.factors, values, strict=False))
        price = np.append(old.price, np.zeros(len(face.rows.lower) - len(old.price), np.int64))
        return replace(
            old,
            bound=old.bound - taken * old.scale,
            reduced=old.reduced[np.searchsorted(self.column, face.column)],
            price=price,
        )

    def bound_of_last(self, values: tuple[int, ...]) -> int:
        """Return the bound of the last goal, given the values of the goals before it."""
        taken = sum(f * v for f, v in zip(self.mix.factors, values, strict=False))
        return self.bound - taken


def take_guess(face: Face, worth: Ints, seed: int) -> tuple[Face, Priced]:
    """Return the face with a good plan as incumbent, and the relaxation that led to it."""
    priced = relax_priced(face, worth, seed)
    certificate = certify_prices(priced, worth)
    face = try_near(priced, worth, nearest(priced, certificate), seed)
    return face, priced


def take_lead(face: Face, mix: Mix, seed: int) -> tuple[Face, Lead]:
    """Return the face with the best plan for the mix as incumbent, and the lead."""
    priced = relax_priced(face, mix.worth, seed)
    certificate = certify_prices(priced, mix.worth)
    face, bound = close_gap(priced, mix.worth, certificate, seed)
    return face, Lead(mix, face.column, certificate, bound, priced)
