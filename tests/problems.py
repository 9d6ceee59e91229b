"""A run's frozen input, as its row keeps it: sealed for that run."""

from app.db.keyring import current_ring
from app.db.sealing import open_bytes
from app.matching.problem import Problem
from app.models import MatchRun
from app.proposals.snapshot import load_problem


def problem_in(run: MatchRun) -> Problem:
    """Return what a finished run weighed."""
    assert run.problem is not None
    told = open_bytes(current_ring(), run.problem, use="matchrun", owner=str(run.id))
    return load_problem(told)
