"""The option `--executor`, and what it stands for."""

from enum import StrEnum
from typing import Annotated

import typer

from app.cli.executors import Executor
from app.cli.executors.local import LocalExecutor


class ExecutorName(StrEnum):
    """Where the work runs."""

    LOCAL = "local"
    RAY = "ray"


ExecutorOption = Annotated[
    ExecutorName,
    typer.Option(
        "--executor", help="Waar het werk draait: processen hier, of een Ray-cluster (RAY_ADDRESS)."
    ),
]


def open_executor(name: ExecutorName) -> Executor:
    """Return the executor of a name; use it as a context. InputRefused where Ray is missing."""
    if name is ExecutorName.LOCAL:
        return LocalExecutor()
    from app.cli.executors.cluster import RayExecutor

    return RayExecutor()
