"""The work of an operation and its commit in one turn of a thread.

FastAPI gives a thread to the operation, one to look at what it returned, and `_opened` one to the
commit: with seven questions a page, twenty-one times that threads take over from each other.
"""

import inspect
from collections.abc import Callable
from functools import wraps
from typing import Any

from fastapi.concurrency import run_in_threadpool
from sqlalchemy.orm import Session

COMMIT = "commit"  # under which a session's info holds what ends its request


def in_one_turn(operation: Callable[..., Any]) -> Callable[..., Any]:
    """Return an operation that commits the session that it is given once it has done its work.

    Before its answer is looked at: one that does not hold to the contract is a fault of ours, and
    what was done stands. Operations that are asynchronous are returned as they are.
    """
    if not inspect.isfunction(operation) or inspect.iscoroutinefunction(operation):
        return operation

    @wraps(operation)
    async def worked(**given: Any) -> Any:
        return await run_in_threadpool(_work, operation, given)

    return worked


def _work(operation: Callable[..., Any], given: dict[str, Any]) -> Any:
    answer = operation(**given)
    for value in given.values():
        if isinstance(value, Session):
            # Gone where the request was given up meanwhile: the first half was rolled back then.
            value.info.pop(COMMIT, value.rollback)()
    return answer
