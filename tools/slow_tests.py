"""Which tests are left to `make test-all`: those that took more processor time than a fast run has.

`python -m tools.slow_tests` runs the suite once, alone on the machine, and writes tests/slow.txt.
Processor time and not wall time, so that a busy machine changes little; the time of processes that
a test starts counts as well.
"""

import os
import sys
from collections.abc import Generator
from pathlib import Path

import pytest

LIST = Path(__file__).parent.parent / "tests" / "slow.txt"
SECONDS = 0.15


class _Clock:
    """A plugin that notes the tests that take long."""

    def __init__(self) -> None:
        self.slow: dict[str, float] = {}

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Generator[None, object, object]:
        before = _spent()
        result = yield
        taken = _spent() - before
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
