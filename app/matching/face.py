"""The plans that are still in the running, and the best of them for one more goal."""

from dataclasses import dataclass, replace

import numpy as np

from app.matching.certificate import Certificate, certify
from app.matching.model import Solved, relax, solve_whole
from app.matching.problem import Bools, Ints
from app.matching.rows import Rows

_FIRST_TRY = 4  # columns per child in the first small model; measured, not exact


@dataclass(frozen=True, slots=True)
class Face:
    """All plans that are best for every goal so far, as a model that shrinks with each goal.

    column: which of the model's columns are left, shape (v,). rows and child_row (see Couplings)
    are over those. incumbent: one plan of the face, shape (v,).
    """

    column: Ints
    rows: Rows
    child_row: Ints
    incumbent: Bools

    def keep(self, kept: Bools, rows: Rows) -> "Face":
        """Return the face with fewer columns."""
        return Face(
            self.column[kept], rows.restricted(kept), self.child_row[kept], self.incumbent[kept]
        )


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


def optimise(face: Face, worth: Ints, seed: int) -> Best:
    """Return the most worth that a plan of the face can have; worth in whole numbers, (v,)."""
    if not worth.any():
        return Best(0, 0, face)
    relaxed = relax(face.rows, worth, seed)
    certificate = certify(face.rows, worth, relaxed.dual, face.child_row)
    face = _improve(face, worth, np.rint(relaxed.value) > 0)
    face, bound = _close_gap(face, worth, certificate, seed)
    value = int(worth[face.incumbent].sum())
    return Best(value, bound, _narrow(face, worth, value, certificate))


def _improve(face: Face, worth: Ints, chosen: Bools) -> Face:
    """Return the face with a better incumbent, if this choice is one and keeps every row."""
    better = worth[chosen].sum() > worth[face.incumbent].sum()
    return replace(face, incumbent=chosen) if better and face.rows.holds(chosen) else face


def _close_gap(
    face: Face, worth: Ints, certificate: Certificate, seed: int
) -> tuple[Face, int]:
    """Return the face with its best plan as incumbent, and the bound on its value.

    Only columns near enough to the relaxation's prices are given to the solver; if the plan that
    it finds shows that others could matter, the model is solved again with those.
    """
    ceiling = certificate.bound // certificate.scale
    radius = _first_radius(face, certificate)
    while True:
        value = int(worth[face.incumbent].sum())
        if value >= ceiling:
            return face, value
        radius = min(radius, certificate.gap(value))
        near = -certificate.reduced <= radius
        solved = solve_whole(face.rows.restricted(near), worth[near], seed)
        face = _improve(face, worth, _spread(solved, near))
        value = int(worth[face.incumbent].sum())
        if radius >= certificate.gap(value) or (solved is not None and not solved.proved):
            return face, min(ceiling, _bound(solved, value, certificate, radius))
        radius = certificate.gap(value)


def _first_radius(face: Face, certificate: Certificate) -> int:
    """Return a distance that leaves a few columns for every child."""
    distance = np.sort(-certificate.reduced)
    children = len(np.unique(face.child_row))
    return int(distance[min(_FIRST_TRY * children, len(distance)) - 1])


def _spread(solved: Solved | None, near: Bools) -> Bools:
    chosen = np.zeros_like(near)
    if solved is not None:
        chosen[near] = solved.chosen
    return chosen


def _bound(solved: Solved | None, value: int, certificate: Certificate, radius: int) -> int:
    """Return what no plan can exceed, when the solver has had all that is within the radius."""
    if solved is None or not np.isfinite(solved.bound):
        return certificate.bound // certificate.scale
    if solved.proved:
        return value
    beyond = (certificate.bound - radius - 1) // certificate.scale
    return max(value, int(np.floor(solved.bound + 1e-6)), beyond)


def _narrow(face: Face, worth: Ints, value: int, certificate: Certificate) -> Face:
    """Return the face without what no plan of this value can use.

    With no gap the remaining columns and tight rows describe exactly the plans of this value;
    with one, a row that asks for the value is needed as well.
    """
    rows = face.rows.tightened(certificate.is_tight(value))
    if certificate.gap(value) > 0:
        rows = rows.with_least(worth, value)
    return face.keep(certificate.may_hold(value), rows)
