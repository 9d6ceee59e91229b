"""Property tests that look at fewer drawn cases in `make test` than in `make soak`."""

import os
from collections.abc import Callable
from typing import Any, TypeVar

import pytest
from hypothesis import settings

ALL = "PLEEGZORG_ALLE_GEVALLEN"
Test = TypeVar("Test", bound=Callable[..., None])


def cases(number: int, *, soak: int, **more: Any) -> Callable[[Test], Test]:
    """Draw so many cases for a test, and where all are asked for (`make soak`) more.

    more: other settings of Hypothesis.
    """
    asked = soak if os.environ.get(ALL) else number

    def decorate(test: Test) -> Test:
        return pytest.mark.drawn(settings(max_examples=asked, deadline=None, **more)(test))

    return decorate
