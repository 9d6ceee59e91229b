"""The same model given whole to a solver, as one weighted sum, without anything of ours."""

from typing import Any

import numpy as np

from app.matching.model import _dense, _model, _run
from app.matching.problem import Ints
from app.matching.rows import Rows


def highs(rows: Rows, worth: Ints, worths: list[Ints]) -> str:
    """Return what HiGHS comes to with its own settings and a gap of nothing."""
    from ortools.math_opt import parameters_pb2

    return _solve(rows, worth, worths, (parameters_pb2.SOLVER_TYPE_HIGHS, None))


def cp_sat(rows: Rows, worth: Ints, worths: list[Ints], seconds: float) -> str:
    """Return what CP-SAT comes to within so many seconds."""
    from ortools.math_opt import parameters_pb2

    return _solve(rows, worth, worths, (parameters_pb2.SOLVER_TYPE_CP_SAT, seconds))


def _solve(rows: Rows, worth: Ints, worths: list[Ints], solver: tuple[int, float | None]) -> str:
    from ortools.math_opt import parameters_pb2, result_pb2

    kind, seconds = solver
    parameters = parameters_pb2.SolveParametersProto(
        relative_gap_tolerance=0.0, absolute_gap_tolerance=0.0
    )
    if seconds is not None:
        parameters.time_limit.FromMilliseconds(int(seconds * 1000))
    result = _run(_model(rows, worth, whole=True), parameters, kind)
    if not result.solutions:
        return "geen plan gevonden"
    chosen = _values(result, len(worth)) > 0.5
    is_proved = result.termination.reason == result_pb2.TERMINATION_REASON_OPTIMAL
    placed = sum(int(some[chosen].sum()) for some in worths[:3])
    proof = "optimaal" if is_proved else "niet bewezen"
    return f"{placed} geplaatst, {-int(worths[-1][chosen].sum()) / 1e6} ({proof})"


def _values(result: Any, size: int) -> Any:
    return np.asarray(_dense(result.solutions[0].primal_solution.variable_values, size))
