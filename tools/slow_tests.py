"""Which tests are left to `make test-all`: those that took longer than a fast run has.

`python -m tools.slow_tests` runs the suite once, alone on the machine, and writes tests/slow.txt.
Processor time or the clock, whichever is more: a test that waits for the database, or for what it
started, keeps a run waiting as well. On a busy machine the list grows too long.
"""

import os
import sys
from collections.abc import Generator
from pathlib import Path
from time import perf_counter

import pytest

LIST = Path(__file__).parent.parent / "tests" / "slow.txt"
SECONDS = 0.15


class _Clock:
    """A plugin that notes the tests that take long."""

    def __init__(self) -> None:
        self.slow: dict[str, float] = {}

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Generator[None, object, object]:
        before, began = _spent(), perf_counter()
        result = yield
        taken = max(_spent() - before, perf_counter() - began)
        if taken > SECONDS:
            self.slow[item.nodeid] = taken
        return result


def main() -> int:
    """Return what pytest returned."""
    clock = _Clock()
    code = pytest.main(["-q", "-m", "not soak"], plugins=[clock])
    LIST.write_text("".join(f"{name}\n" for name in sorted(clock.slow)), encoding="utf-8")
    return int(code)


def _spent() -> float:
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


if __name__ == "__main__":
    sys.exit(main())
