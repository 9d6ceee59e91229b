"""The best plan of a face for one more goal, with the proof that none is better."""

from dataclasses import dataclass, replace

import numpy as np

from app.matching.certificate import Certificate, certify
from app.matching.face import Face
from app.matching.model import Solved, solve_whole
from app.matching.pricing import Priced, relax_priced
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


def optimise(
    face: Face,
    worth: Ints,
    seed: int,
    near: Bools | None = None,
    *,
    before: Priced | None = None,
) -> Best:
    """Return the most worth that a plan of the face can have; worth in whole numbers, (v,).

    near, before: see relax_priced; they only save time.
    """
    if not worth.any():
        return Best(0, 0, face)
    unit = int(np.gcd.reduce(worth))
    worth = worth // unit
    priced = relax_priced(face, worth, seed, near, before=before)
    certificate = certify_prices(priced, worth)
    face, bound = close_gap(priced, worth, certificate, seed)
    value = int(worth[face.incumbent].sum())
    narrowed = face.narrow(worth, certificate, is_proved=value >= bound)
    return Best(value * unit, bound * unit, narrowed)


def take_bound(face: Face, worth: Ints, known: Certificate, bound: int) -> Best | None:
    """Return the incumbent as the best plan of the face if a bound found before proves that."""
    value = int(worth[face.incumbent].sum())
    if value < bound:
        return None
    return Best(value, value, face.narrow(worth, known, is_proved=True))


def certify_prices(priced: Priced, worth: Ints) -> Certificate:
    """Return what the prices of a relaxation prove."""
    return certify(priced.face.rows, worth, priced.price, priced.face.child_row)


def close_gap(priced: Priced, worth: Ints, certificate: Certificate, seed: int) -> tuple[Face, int]:
    """Return the face with its best plan as incumbent, and the bound on its value.

    First only columns that the relaxation saw, and near to its prices; if the plan that the solver
    finds with those shows that others could matter, again with all of these.
    """
    face = priced.face.improve(worth, np.rint(priced.value) > 0)
    ceiling = certificate.bound // certificate.scale
    near, is_all = nearest(priced, certificate), False
    while (value := int(worth[face.incumbent].sum())) < ceiling:
        within = certificate.may_hold(value)
        is_all = is_all or not np.any(within & ~near)
        near = within if is_all else near & within
        solved = _solve_near(face, worth, near | face.incumbent, seed)
        face = face.improve(worth, _spread(solved, near | face.incumbent))
        value = int(worth[face.incumbent].sum())
        if is_all or (solved is not None and not solved.proved):
            return face, min(ceiling, _bound(solved, value, certificate, is_all))
        is_all = True
    return face, value


def try_near(priced: Priced, worth: Ints, near: Bools, seed: int) -> Face:
    """Return the face with a plan of the near columns as incumbent, if it is better."""
    face = priced.face.improve(worth, np.rint(priced.value) > 0)
    near = near | face.incumbent
    return face.improve(worth, _spread(_solve_near(face, worth, near, seed), near))


def nearest(priced: Priced, certificate: Certificate) -> Bools:
    """Return the columns nearest to the prices, of those that the relaxation saw."""
    seen = np.flatnonzero(priced.active)
    count = _FIRST_TRY * len(np.unique(priced.face.child_row))
    near = np.zeros(len(priced.active), dtype=np.bool_)
    near[seen[np.argsort(-certificate.reduced[seen], kind="stable")[:count]]] = True
    return near


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


def _bound(solved: Solved | None, value: int, certificate: Certificate, is_all: bool) -> int:
    """Return what no plan can exceed, given that the solver has had every column that matters."""
    ceiling = certificate.bound // certificate.scale
    if solved is None or not is_all or not np.isfinite(solved.bound):
        return ceiling
    if solved.proved:  # a plan that the solver's tolerances let through is a bound, not a plan
        return max(value, solved.value)
    return max(value, int(np.floor(solved.bound + 1e-6)))
