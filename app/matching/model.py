"""The model in the solver's own form: the only file that speaks to OR-Tools."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from app.matching.problem import Bools, Floats, Ints
from app.matching.rows import Rows

SOLVER = "GLOP en HiGHS via OR-Tools MathOpt"
_AT_LOWER, _BASIC = 2, 5  # MathOpt's BasisStatusProto
NODE_LIMIT = 200_000  # a limit on work, not on time: the same input stops at the same point


@dataclass(frozen=True, slots=True)
class Basis:
    """Where a linear solve ended, to begin the next one from: a status per column and per row."""

    column: Ints
    row: Ints

    def grown(self, kept: Ints, columns: int, rows: int) -> "Basis":
        """Return the basis of a model with more columns and rows; kept: where the old ones went."""
        column = np.full(columns, _AT_LOWER, dtype=np.int64)
        column[kept] = self.column
        row = np.full(rows, _BASIC, dtype=np.int64)
        row[: len(self.row)] = self.row
        return Basis(column, row)


@dataclass(frozen=True, slots=True)
class Relaxed:
    """A solution of the linear relaxation; dual has one number per row, basis may be missing."""

    value: Floats
    dual: Floats
    basis: Basis | None = None


@dataclass(frozen=True, slots=True)
class Solved:
    """A solution in whole numbers; bound: no solution is better than this, by the solver."""

    chosen: Bools
    value: int
    bound: float
    proved: bool


def relax(
    rows: Rows, worth: Ints, seed: int, start: Basis | None = None, *, has_new_rows: bool = False
) -> Relaxed:
    """Return the best fractional solution: most worth, columns >= 0.

    has_new_rows: the start keeps the prices good, and breaks some rows that it did not know yet.

    Should the solver give no prices, they are zero: a certificate from them is weak, yet valid.
    """
    from ortools.math_opt import parameters_pb2

    parameters = parameters_pb2.SolveParametersProto(random_seed=seed)
    if start is not None:  # presolve would throw the start away
        parameters.presolve = parameters_pb2.EMPHASIS_OFF
        parameters.lp_algorithm = (
            parameters_pb2.LP_ALGORITHM_DUAL_SIMPLEX
            if has_new_rows
            else parameters_pb2.LP_ALGORITHM_PRIMAL_SIMPLEX
        )
    model = _model(rows, worth, whole=False)
    result = _run(model, parameters, parameters_pb2.SOLVER_TYPE_GLOP, start)
    if not result.solutions or not result.solutions[0].HasField("dual_solution"):
        return Relaxed(np.zeros(len(worth)), np.zeros(len(rows.lower)))
    solution = result.solutions[0]
    return Relaxed(
        value=_dense(solution.primal_solution.variable_values, len(worth)),
        dual=_dense(solution.dual_solution.dual_values, len(rows.lower)),
        basis=_basis(solution.basis, len(worth), len(rows.lower)),
    )


def _basis(found: Any, columns: int, rows: int) -> Basis | None:
    if len(found.variable_status.ids) != columns or len(found.constraint_status.ids) != rows:
        return None
    return Basis(
        np.array(found.variable_status.values, dtype=np.int64),
        np.array(found.constraint_status.values, dtype=np.int64),
    )


def solve_whole(rows: Rows, worth: Ints, seed: int) -> Solved | None:
    """Return the best solution in whole numbers, None when none is found."""
    from ortools.math_opt import parameters_pb2, result_pb2

    model = _model(rows, worth, whole=True)
    result = _run(model, _exact_parameters(seed), parameters_pb2.SOLVER_TYPE_HIGHS)
    if not result.solutions:
        return None
    values = _dense(result.solutions[0].primal_solution.variable_values, len(worth))
    return Solved(
        chosen=values > 0.5,
        value=int(worth[values > 0.5].sum()),
        bound=result.termination.objective_bounds.dual_bound,
        proved=result.termination.reason == result_pb2.TERMINATION_REASON_OPTIMAL,
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


def _run(proto: Any, parameters: Any, kind: int, start: Basis | None = None) -> Any:
    from ortools.math_opt import callback_pb2, model_parameters_pb2, parameters_pb2
    from ortools.math_opt.core.python import solver

    more = model_parameters_pb2.ModelSolveParametersProto()
    if start is not None:
        _set_basis(more.initial_basis, start)
    return solver.solve(
        proto,
        kind,
        parameters_pb2.SolverInitializerProto(),
        parameters,
        more,
        None,
        callback_pb2.CallbackRegistrationProto(),
        None,
        None,
    )


def _set_basis(basis: Any, start: Basis) -> None:
    for status, values in (
        (basis.variable_status, start.column),
        (basis.constraint_status, start.row),
    ):
        status.ids.extend(np.arange(len(values)))
        status.values.extend(values.tolist())


def _exact_parameters(seed: int) -> Any:
    """Return parameters that leave no room for a plan that is a millionth better."""
    from ortools.math_opt import parameters_pb2

    parameters = parameters_pb2.SolveParametersProto(
        random_seed=seed,
        node_limit=NODE_LIMIT,
        relative_gap_tolerance=0.0,
        absolute_gap_tolerance=0.0,
    )
    # Chances count in millionths: at the usual 1e-6 a millionth would drown in the tolerance.
    for name in ("mip_feasibility_tolerance", "primal_feasibility_tolerance"):
        parameters.highs.double_options[name] = 1e-8
    return parameters


def _dense(sparse: Any, size: int) -> Floats:
    values = np.zeros(size)
    values[np.fromiter(sparse.ids, np.int64, len(sparse.ids))] = np.fromiter(
        sparse.values, np.float64, len(sparse.values)
    )
    return values
