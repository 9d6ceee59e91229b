"""Progress on the terminal: one bar a step, and nothing at all where nobody watches."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn

Advance = Callable[[int], None]


class Steps:
    """A list of steps under each other; each has a bar that ends full."""

    def __init__(self, console: Console) -> None:
        self._progress = Progress(
            TextColumn("{task.description}", table_column=None),
            BarColumn(bar_width=24),
            TaskProgressColumn(),
            TimeElapsedColumn(),
            console=console,
        )

    def __enter__(self) -> "Steps":
        self._progress.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._progress.stop()

    @contextmanager
    def step(self, name: str, total: int = 1) -> Iterator[Advance]:
        """Show a step while it runs; call what comes back to move its bar."""
        task = self._progress.add_task(name.ljust(34), total=total)
        yield lambda done: self._progress.update(task, completed=done)
        self._progress.update(task, completed=total)
