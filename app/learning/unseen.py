"""What nobody sees of a placement makes hazards converge: the gamma frailty model.

Some placements are shakier than everything recorded says (the quality of the parenting, the
click). Those break down first, so that who still goes on is ever more alike: an effect that is
strong in the first months fades in later years. A multiplier of the hazard with mean 1 and a gamma
distribution stands for it (Vaupel, Manton and Stallard 1979). With H the cumulative hazard at
multiplier 1 and `spread` the variance of the multiplier, a share (1 + spread·H)^(−1/spread) still
goes on.
"""

import numpy as np

from app.matching.problem import Floats

# How far placements that look alike differ: the variance of the multiplier (ADR 0029).
SPREAD = 0.4


def average_hazard(hazard: Floats | float, spread: float) -> Floats:
    """Return the cumulative hazard as it is seen on average: minus the log of who still goes on."""
    return np.asarray(np.log1p(spread * hazard) / spread if spread else hazard)


def hazard_behind(average: float, spread: float) -> float:
    """Return the cumulative hazard at multiplier 1 behind what is seen on average."""
    return float(np.expm1(spread * average) / spread) if spread else average


def what_shows(hazard: float, spread: float) -> float:
    """Return which part of an effect on the log hazard shows in the average hazard, 0..1.

    The slope of log average_hazard on log hazard; 1.0 without spread.
    """
    return float(hazard / ((1 + spread * hazard) * average_hazard(hazard, spread)))
