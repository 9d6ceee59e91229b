"""What Schemathesis is told besides the contract, read by it as a module of hooks.

Every request that creates gets an Idempotency-Key of its own. One that was drawn twice is answered
as the first time, also when what it made was deleted since: that is what the key is for, and looks
like a resource that is gone as soon as it is made (ST302).
"""

import re
from typing import Any
from uuid import uuid4

import schemathesis

_KEY = "Idempotency-Key"
_GOOD = re.compile(r"[\x21-\x7e]{8,}")


@schemathesis.hook
def before_call(_context: Any, case: Any, _kwargs: Any) -> None:
    """Give a request with a good key another one; a bad key is what is being tried."""
    told = (case.headers or {}).get(_KEY)
    if isinstance(told, str) and _GOOD.fullmatch(told):
        case.headers[_KEY] = str(uuid4())
