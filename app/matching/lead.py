"""A plan to start from that is hardly ever beaten, and what it proves about several goals at once."""

from dataclasses import dataclass, replace

import numpy as np

from app.matching.certificate import Certificate, certify
from app.matching.face import Face
from app.matching.optimise import close_gap, first_radius
from app.matching.pricing import relax_priced
from app.matching.problem import Bools, Ints
from app.matching.stretches import Mix


@dataclass(frozen=True, slots=True)
class Lead:
    """What solving a gentle mix of goals on a face came to.

    column: those of that face. certificate and bound: of the mix. near: columns close to its
    prices, likely to matter for each of the goals, shape as column.
    """

    mix: Mix
    column: Ints
    certificate: Certificate
    bound: int
    near: Bools

    def near_on(self, face: Face) -> Bools:
        """Return which columns of a smaller face are near."""
        return self.near[np.searchsorted(self.column, face.column)]

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


def take_lead(face: Face, mix: Mix, seed: int) -> tuple[Face, Lead]:
    """Return the face with the best plan for the mix as incumbent, and the lead."""
    worth = mix.worth
    face, relaxed = relax_priced(face, worth, seed)
    certificate = certify(face.rows, worth, relaxed.dual, face.child_row)
    face = face.improve(worth, np.rint(relaxed.value) > 0)
    face, bound = close_gap(face, worth, certificate, seed)
    near = -certificate.reduced <= first_radius(face, certificate)
    return face, Lead(mix, face.column, certificate, bound, near)
