"""Yes/no columns packed into one number a row, so that a need meets an offer in one operation."""

import numpy as np

from app.matching.problem import Bools, Ints

MAX_COLUMNS = 62


def pack(table: Bools) -> Ints:
    """Return one number a row of a table (n, columns): bit j stands for column j.

    Raises ValueError above 62 columns: a signed number of 64 bits holds no more.
    """
    columns = table.shape[1]
    if columns > MAX_COLUMNS:
        raise ValueError(f"{columns} columns do not fit in one number")
    powers = np.left_shift(np.int64(1), np.arange(columns, dtype=np.int64))
    return np.asarray(table.astype(np.int64) @ powers, dtype=np.int64)
