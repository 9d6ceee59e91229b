"""Routes worked out once for all apps of a test process.

FastAPI works out what each route asks and answers anew for every app that a router is included in:
seven tenths of a second of work for this service, and nearly every test of a screen makes one.
"""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

# Stands in the place of the app, which FastAPI asks for these; by monkeypatch.setitem, so that they
# are there for one test alone.
OVERRIDES: dict[Callable[..., Any], Callable[..., Any]] = {}
_ASKED = SimpleNamespace(dependency_overrides=OVERRIDES)


def once_per_route(work_out: Any) -> Any:
    """Let a second app with the same router get what was worked out for the first."""
    known: dict[object, Any] = {}

    def work_out_once(_: type, *, original_route: Any, include_context: Any) -> Any:
        given = include_context
        things = (original_route, given.included_router, *given.dependencies)
        key = (*map(_Same, things), given.prefix, given.include_in_schema, given.max_body_size)
        if key not in known:
            given.dependency_overrides_provider = _ASKED
            known[key] = work_out(original_route=original_route, include_context=given)
        return known[key]

    return classmethod(work_out_once)


class _Same:
    """An object that is equal to itself alone; kept, so that no other one gets its id."""

    def __init__(self, thing: object) -> None:
        self.thing = thing

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.thing is self.thing

    def __hash__(self) -> int:
        return id(self.thing)
