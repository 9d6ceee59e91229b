"""The option `--executor`, and what it stands for."""

from enum import StrEnum
from typing import Annotated

import typer

from app.cli.executors import Executor
from app.cli.executors.local import LocalExecutor


class ExecutorName(StrEnum):
    """Where the work runs."""

    LOCAL = "local"


ExecutorOption = Annotated[
    ExecutorName,
    typer.Option("--executor", help="Waar het werk draait: processen op deze machine."),
]


def open_executor(_name: ExecutorName) -> Executor:
    """Return the executor of a name; use it as a context."""
    return LocalExecutor()
