"""The best plan of a face for one more goal, with the proof that none is better."""

from dataclasses import dataclass, replace

import numpy as np

from app.matching.certificate import Certificate, certify
from app.matching.face import Face
from app.matching.model import Solved, solve_whole
from app.matching.pricing import relax_priced
from app.matching.problem import Bools, Ints

# Columns per child in the first small model. It only saves time: what is left out is priced.
_FIRST_TRY = 4


@dataclass(frozen=True, slots=True)
class Best:
    """The best value of a goal on a face, its bound, and the face of the plans that reach it."""

    value: int
    bound: int
    face: Face

    @property
    def is_proved(self) -> bool:
        """Whether no plan of the face can be better."""
        return self.value >= self.bound


def optimise(face: Face, worth: Ints, seed: int, near: Bools | None = None) -> Best:
    """Return the most worth that a plan of the face can have; worth in whole numbers, (v,).

    near: columns that are likely to matter, which only saves time.
    """
    if not worth.any():
        return Best(0, 0, face)
    unit = int(np.gcd.reduce(worth))
    worth = worth // unit
    face, relaxed = relax_priced(face, worth, seed, near)
    certificate = certify(face.rows, worth, relaxed.dual, face.child_row)
    face = face.improve(worth, np.rint(relaxed.value) > 0)
    face, bound = close_gap(face, worth, certificate, seed)
    value = int(worth[face.incumbent].sum())
    narrowed = face.narrow(worth, certificate, is_proved=value >= bound)
    return Best(value * unit, bound * unit, narrowed)


def take_bound(face: Face, worth: Ints, known: Certificate, bound: int) -> Best | None:
    """Return the incumbent as the best plan of the face if a bound found before proves that."""
    value = int(worth[face.incumbent].sum())
    if value < bound:
        return None
    return Best(value, value, face.narrow(worth, known, is_proved=True))


def close_gap(face: Face, worth: Ints, certificate: Certificate, seed: int) -> tuple[Face, int]:
    """Return the face with its best plan as incumbent, and the bound on its value.

    Only columns near enough to the relaxation's prices are given to the solver; if the plan that
    it finds shows that others could matter, the model is solved again with those.
    """
    ceiling = certificate.bound // certificate.scale
    radius = first_radius(face, certificate)
    while True:
        value = int(worth[face.incumbent].sum())
        if value >= ceiling:
            return face, value
        radius = min(radius, certificate.gap(value))
        near = -certificate.reduced <= radius
        solved = _solve_near(face, worth, near, seed)
        face = face.improve(worth, _spread(solved, near))
        value = int(worth[face.incumbent].sum())
        is_cut_off = solved is not None and not solved.proved
        if radius >= certificate.gap(value) or is_cut_off:
            return face, min(ceiling, _bound(solved, value, certificate, radius))
        radius = certificate.gap(value)


def first_radius(face: Face, certificate: Certificate) -> int:
    """Return a distance that leaves a few columns for every child."""
    distance = np.sort(-certificate.reduced)
    children = len(np.unique(face.child_row))
    return int(distance[min(_FIRST_TRY * children, len(distance)) - 1])


def _solve_near(face: Face, worth: Ints, near: Bools, seed: int) -> Solved | None:
    """Return the solver's best plan with the near columns; value and bound are those of worth.

    First with the guide for the fine rows. When that plan keeps those rows, it has the same sum
    of the guide as every plan of the face, so that none of them has more worth.
    """
    if len(face.fine_rows):
        pull = face.pull(worth)
        led = worth + pull * face.guide
        rows = face.rows.relaxed(face.fine_rows).restricted(near)
        solved = solve_whole(rows, led[near], seed)
        if solved is not None and face.rows.holds(_spread(solved, near)):
            same = pull * int(face.guide[face.incumbent].sum())
            return replace(solved, value=solved.value - same, bound=solved.bound - same)
    return solve_whole(face.rows.restricted(near), worth[near], seed)


def _spread(solved: Solved | None, near: Bools) -> Bools:
    chosen = np.zeros_like(near)
    if solved is not None:
        chosen[near] = solved.chosen
    return chosen


def _bound(solved: Solved | None, value: int, certificate: Certificate, radius: int) -> int:
    """Return what no plan can exceed, when the solver has had all that is within the radius."""
    if solved is None or not np.isfinite(solved.bound):
        return certificate.bound // certificate.scale
    if solved.proved:  # a plan that the solver's tolerances let through is a bound, not a plan
        return max(value, solved.value)
    beyond = (certificate.bound - radius - 1) // certificate.scale
    return max(value, int(np.floor(solved.bound + 1e-6)), beyond)
