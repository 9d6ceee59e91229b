"""The relaxation of a large face by a part of its columns, priced back against all of them."""

from dataclasses import dataclass

import numpy as np

from app.matching.cuts import Cut, find_cuts
from app.matching.face import Face
from app.matching.model import Basis, relax
from app.matching.problem import Bools, Floats, Ints

_SMALL = 3000  # so few columns are all given to the solver at once
_FIRST = 8  # columns of a child in the first round
_MORE = 3  # and in every next one
_FEW = 200  # with so few columns missing the prices are worth cutting by
_MOST_ROUNDS = 60  # a limit on work: a certificate holds at any prices, only its bound is weaker


@dataclass(frozen=True, slots=True)
class Priced:
    """A relaxation over all columns of a face: the face with the cuts that were found, a value
    per column, a price per row, the columns that the solver saw, shape (v,), and where it ended."""

    face: Face
    value: Floats
    price: Floats
    active: Bools
    basis: Basis | None


def relax_priced(
    face: Face,
    worth: Ints,
    seed: int,
    near: Bools | None = None,
    *,
    before: Priced | None = None,
    is_lean: bool = False,
) -> Priced:
    """Return the relaxation of a face; near: columns that are likely to matter, shape (v,).

    before: a relaxation of the same face for another worth, to go on from. is_lean: begin with the
    near columns alone, and take cuts in from the prices of before, as a large face needs.

    At the end no column left out has anything to add at the prices found, so that leaving it out
    cost nothing.
    """
    active, basis, cuts = _first_columns(face, worth, near, is_lean), None, list[Cut]()
    if before is not None:
        active, basis = before.active.copy(), before.basis
    kept = np.flatnonzero(active)
    for last in [False] * (_MOST_ROUNDS - 1) + [True]:
        at = np.flatnonzero(active)
        if basis is not None:
            basis = basis.grown(np.searchsorted(at, kept), len(at), len(face.rows.lower))
        rows = face.rows.restricted(active)
        relaxed = relax(rows, worth[at], seed, basis, has_new_rows=is_lean and bool(cuts))
        kept, basis = at, relaxed.basis
        value = np.zeros(len(worth))
        value[at] = relaxed.value
        reduced = face.rows.reduced(worth, relaxed.dual)
        missing = ~active & (reduced > _tolerance(worth))
        few = int(missing.sum()) < _FEW
        cuts = find_cuts(face.rows, value) if few else []
        if last or (not missing.any() and not cuts):
            break
        active |= _best(face.child_row, reduced, missing, _MORE)
        face = face.with_cuts(cuts) if cuts else face
    return Priced(face, value, relaxed.dual, active, basis)


def _first_columns(face: Face, worth: Ints, near: Bools | None, is_lean: bool) -> Bools:
    every = np.ones(len(worth), dtype=np.bool_)
    if near is not None and is_lean:
        return near
    if len(worth) <= _SMALL:
        return every
    first = _best(face.child_row, worth.astype(np.float64), every, _FIRST) | face.incumbent
    return first if near is None else first | near


def _tolerance(worth: Ints) -> float:
    """Return what counts as nothing: prices are floating point, the certificate is not."""
    return 1e-9 * max(float(np.abs(worth).max(initial=0)), 1e3)


def _best(group: Ints, score: Floats, allowed: Bools, count: int) -> Bools:
    """Return the `count` allowed columns of each group with the highest score, ties by position."""
    at = np.flatnonzero(allowed)
    at = at[np.lexsort((-score[at], group[at]))]
    begins = np.append(True, group[at][1:] != group[at][:-1]) if len(at) else np.zeros(0, np.bool_)
    rank = np.arange(len(at)) - np.maximum.accumulate(np.where(begins, np.arange(len(at)), 0))
    best = np.zeros(len(score), dtype=np.bool_)
    best[at[rank < count]] = True
    return best
