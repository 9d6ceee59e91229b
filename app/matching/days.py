"""The days that a place is asked for: from when, how late it may begin, and for how long."""

import numpy as np

from app.matching.policy import Policy
from app.matching.problem import Days, Problem

_DAYS_A_MONTH = 365.25 / 12


def day_of_need(problem: Problem) -> Days:
    """Return per child the later of the snapshot day and the day it needs a place, shape (n,)."""
    return np.asarray(np.fmax(problem.children.needed_from, problem.snapshot_day))


def latest_start(problem: Problem, policy: Policy) -> Days:
    """Return per child the last day on which its place may begin, shape (n,)."""
    slack = np.array(policy.slack_days)[problem.children.urgency].astype("timedelta64[D]")
    return np.asarray(day_of_need(problem) + slack)


def last_day(problem: Problem) -> Days:
    """Return per child until when it is expected to need its place, shape (n,).

    Of whom nobody expects anything only the first day is known.
    """
    months = np.nan_to_num(problem.children.expected_months)
    days = np.ceil(months * _DAYS_A_MONTH).astype(np.int64).astype("timedelta64[D]")
    return np.asarray(day_of_need(problem) + days)
