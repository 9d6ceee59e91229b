"""Telling a caller that the code of a provider in its address has been replaced by another.

`Deprecation` (RFC 9745) says since when; the successor-version link (RFC 5829) leads to the same
under the new code. Both come with every answer that still works, errors excepted.
"""

from datetime import datetime, time
from urllib.parse import urlencode

from fastapi import Request
from starlette.datastructures import MutableHeaders

from app.kernel.clock import AMSTERDAM
from app.providers import NamedProvider

QUERY = "aanbieder"


def retired_headers(request: Request, named: NamedProvider | None) -> dict[str, str]:
    """Return the headers that name the new code; none where the code in use was given."""
    if named is None or named.retired_on is None:
        return {}
    since = datetime.combine(named.retired_on, time(), AMSTERDAM)
    link = f'<{_renewed(request, named)}>; rel="successor-version"'
    return {"Deprecation": f"@{int(since.timestamp())}", "Link": link}


def note_retired(headers: MutableHeaders, request: Request, named: NamedProvider | None) -> None:
    """Add the headers that name the new code; a link to a next page stays beside them."""
    for name, value in retired_headers(request, named).items():
        headers[name] = f"{headers[name]}, {value}" if name in headers else value


def _renewed(request: Request, named: NamedProvider) -> str:
    new = named.provider.code
    steps = request.url.path.split("/")
    # After the version and the noun: a number may read the same as a code.
    if named.asked in steps[3:]:
        steps[steps.index(named.asked, 3)] = new
    pairs = [
        (name, new if name == QUERY else value)
        for name, value in request.query_params.multi_items()
    ]
    return "/".join(steps) + (f"?{urlencode(pairs)}" if pairs else "")
