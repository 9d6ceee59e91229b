"""How long things hold, of which some are seen no longer: Kaplan and Meier's estimate. Pure.

Source: Kaplan and Meier (1958); the variance by Greenwood (1926); who is seen from later on: Tsai,
Jewell and Wang (1987).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Numbers = NDArray[np.float64] | NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Survival:
    """The estimate at each of k times at which something broke, in order; shapes (k,).

    at: the time; at_risk: still seen just before it; broken: at that time. kept: the share that
    holds beyond it. spread: Greenwood's sum, the variance of kept over its square; inf where
    nothing holds any more.
    """

    at: Floats
    at_risk: Floats
    broken: Floats
    kept: Floats
    spread: Floats


def kaplan_meier(
    time: Numbers, broken: Numbers, gone: Numbers, entered: Numbers | None = None
) -> Survival:
    """Return the estimate of n groups, shapes (n,), in any order; times may stand more than once.

    time: how long a group was seen. gone: how many it counts; broken: how many of those broke then,
    the others were seen no longer. At one time breaking comes before being seen no longer. entered:
    from what time on a group was seen, that time included; without it from the beginning.
    """
    at, where = np.unique(np.asarray(time, dtype=np.float64), return_inverse=True)
    fell = np.bincount(where, weights=broken, minlength=len(at)).astype(np.float64)
    left = np.bincount(where, weights=gone, minlength=len(at))
    at_risk = left.sum() - np.concatenate([[0.0], np.cumsum(left)[:-1]])[: len(at)]
    if entered is not None:
        order = np.argsort(entered, kind="stable")
        begun = np.concatenate([[0.0], np.cumsum(np.asarray(gone)[order])])
        here = begun[np.searchsorted(np.asarray(entered)[order], at, side="right")]
        at_risk = at_risk - (left.sum() - here)
    some = fell > 0
    at, fell, at_risk = at[some], fell[some], at_risk[some]
    with np.errstate(divide="ignore"):
        added = fell / (at_risk * (at_risk - fell))
    return Survival(at, at_risk, fell, np.cumprod(1 - fell / at_risk), np.cumsum(added))
