"""The model in the solver's own form: the only file that speaks to OR-Tools."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from app.matching.problem import Bools, Floats, Ints
from app.matching.rows import Rows

SOLVER = "HiGHS via OR-Tools MathOpt"
NODE_LIMIT = 200_000  # a limit on work, not on time: the same input stops at the same point


@dataclass(frozen=True, slots=True)
class Relaxed:
    """A solution of the linear relaxation; dual has one number per row."""

    value: Floats
    dual: Floats


@dataclass(frozen=True, slots=True)
class Solved:
    """A solution in whole numbers; bound: no solution is better than this, by the solver."""

    chosen: Bools
    bound: float
    proved: bool


def relax(rows: Rows, worth: Ints, seed: int) -> Relaxed | None:
    """Return the best fractional solution (most worth, columns >= 0), None when there is none."""
    result = _run(_model(rows, worth, whole=False), seed)
    if not result.solutions or not result.solutions[0].HasField("dual_solution"):
        return None
    solution = result.solutions[0]
    return Relaxed(
        value=_dense(solution.primal_solution.variable_values, len(worth)),
        dual=_dense(solution.dual_solution.dual_values, len(rows.lower)),
    )


def solve_whole(rows: Rows, worth: Ints, seed: int) -> Solved | None:
    """Return the best solution in whole numbers, None when there is none."""
    from ortools.math_opt import result_pb2

    result = _run(_model(rows, worth, whole=True), seed)
    if not result.solutions:
        return None
    values = _dense(result.solutions[0].primal_solution.variable_values, len(worth))
    reason = result.termination.reason
    return Solved(
        chosen=values > 0.5,
        bound=result.termination.objective_bounds.dual_bound,
        proved=reason == result_pb2.TERMINATION_REASON_OPTIMAL,
    )


def _model(rows: Rows, worth: Ints, *, whole: bool) -> Any:
    from ortools.math_opt import model_pb2

    number = np.arange(len(worth))
    proto = model_pb2.ModelProto()
    proto.variables.ids.extend(number)
    proto.variables.lower_bounds.extend(np.zeros(len(worth)))
    proto.variables.upper_bounds.extend(np.full(len(worth), 1.0 if whole else np.inf))
    proto.variables.integers.extend(np.full(len(worth), whole))
    proto.objective.maximize = True
    filled = np.flatnonzero(worth)
    proto.objective.linear_coefficients.ids.extend(filled)
    proto.objective.linear_coefficients.values.extend(worth[filled].astype(np.float64))
    proto.linear_constraints.ids.extend(np.arange(len(rows.lower)))
    proto.linear_constraints.lower_bounds.extend(rows.lower)
    proto.linear_constraints.upper_bounds.extend(rows.upper)
    matrix = proto.linear_constraint_matrix
    order = np.lexsort((rows.column, rows.row))  # the form that MathOpt asks for
    matrix.row_ids.extend(rows.row[order])
    matrix.column_ids.extend(rows.column[order])
    matrix.coefficients.extend(rows.coefficient[order].astype(np.float64))
    return proto


LP_SOLVER = "GLOP"


def _run(proto: Any, seed: int) -> Any:
    from ortools.math_opt import model_parameters_pb2, parameters_pb2
    from ortools.math_opt.core.python import solver

    whole = bool(proto.variables.integers and proto.variables.integers[0])
    kind = (
        parameters_pb2.SOLVER_TYPE_HIGHS
        if whole or LP_SOLVER == "HIGHS"
        else parameters_pb2.SOLVER_TYPE_GLOP
    )
    parameters = parameters_pb2.SolveParametersProto(random_seed=seed)
    if whole:
        parameters.node_limit = NODE_LIMIT
        parameters.relative_gap_tolerance = 0.0
        parameters.absolute_gap_tolerance = 0.0
        # Chances count in millionths: at the usual 1e-6 a millionth would drown in the tolerance.
        for name in ("mip_feasibility_tolerance", "primal_feasibility_tolerance"):
            parameters.highs.double_options[name] = 1e-9
    return solver.solve(
        proto,
        kind,
        parameters_pb2.SolverInitializerProto(),
        parameters,
        model_parameters_pb2.ModelSolveParametersProto(),
        None,
        _no_callback(),
        None,
        None,
    )


def _no_callback() -> Any:
    from ortools.math_opt import callback_pb2

    return callback_pb2.CallbackRegistrationProto()


def _dense(sparse: Any, size: int) -> Floats:
    values = np.zeros(size)
    values[np.fromiter(sparse.ids, np.int64, len(sparse.ids))] = np.fromiter(
        sparse.values, np.float64, len(sparse.values)
    )
    return values
