"""Less between the processes of a run: what the one that prints dots does nothing with.

A worker tells of each test that it begins, that its fixtures stand, how it went, that they are
gone, and that it is over: packing and reading that took longer than many a test. How a test went is
told, and so is all that did not pass.
"""

from collections.abc import Callable
from typing import Any

import pytest

Send = Callable[..., None]


def tell_less(config: pytest.Config) -> None:
    """In a worker, leave untold what nobody asked to see; elsewhere do nothing."""
    asked = config.option
    if asked.verbose > 0 or asked.durations or asked.xmlpath or {"A", "P"} & {*asked.reportchars}:
        return
    for plugin in config.pluginmanager.get_plugins():
        if type(plugin).__name__ == "WorkerInteractor":
            plugin.sendevent = _without_what_passed(plugin.sendevent)


def _without_what_passed(send: Send) -> Send:
    def send_the_rest(name: str, **told: Any) -> None:
        if not _is_idle(name, told.get("data", {})):
            send(name, **told)

    return send_the_rest


def _is_idle(name: str, report: dict[str, Any]) -> bool:
    if name == "testreport":
        return report["outcome"] == "passed" and report["when"] != "call"
    return name in ("logstart", "logfinish")
