"""Reads and sends the .http files in openapi/examples, as editors with an HTTP client do.

Run: `python -m tools.http_files http://127.0.0.1:8000 openapi/examples/*.http`.

A file holds requests parted by lines that begin with `###`. `@name = value` makes a variable,
`{{name}}` uses it, `{{$guid}}` is a fresh id, `{{$localDatetime 'YYYY-MM-DD' -9 d}}` the day that
many days (`d`) or years (`y`) from today, `< ./file` sends a file. Four comments are ours:
`# @rol token = coordinator` (or `rol@organisatie`) fills a variable with a token of this machine,
`# @verwacht 201` says which status comes back, `# @bewaar name = Location` (a header) or
`# @bewaar name = json kinderen.0.id` keeps part of the answer as a variable, and
`# @totdat stand = klaar` asks again until a field has one of the values.
"""

import re
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from json import loads
from pathlib import Path
from uuid import uuid4

from app.kernel.actor import ActorRole
from app.kernel.clock import today_in_amsterdam
from app.security.development import make_token
from app.settings import load_settings

_VARIABLE = re.compile(r"\{\{\s*(\$?\w+)\s*\}\}")
_DAY = re.compile(r"\{\{\s*\$localDatetime 'YYYY-MM-DD' (-?\d+) ([dy])\s*\}\}")
_ASSIGNMENT = re.compile(r"^@(\w+)\s*=\s*(.*)$", re.MULTILINE)
_EXPECTED = re.compile(r"^# @verwacht (\d{3})$", re.MULTILINE)
_UNTIL = re.compile(r"^# @totdat (\w+) = (\S+)$", re.MULTILINE)
_ROLE = re.compile(r"^# @rol (\w+) = ([\w-]+)(?:@(\S+))?$", re.MULTILINE)
_KEPT = re.compile(r"^# @bewaar (\w+) = (json )?([\w.-]+)$", re.MULTILINE)
_PATIENCE = 60.0
Variables = dict[str, str]


@dataclass(frozen=True, slots=True)
class Request:
    """One request of a file, its variables not yet filled in."""

    title: str
    head: str
    body: str
    expected: int
    kept: tuple[tuple[str, bool, str], ...]
    until: tuple[str, frozenset[str]] | None


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back."""

    status: int
    headers: dict[str, str]
    body: bytes


class UnexpectedAnswer(AssertionError):
    """An example does not answer what it says."""


def read_requests(text: str) -> Iterator[Request]:
    """Yield the requests of a file in order."""
    for part in re.split(r"^###", text, flags=re.MULTILINE)[1:]:
        title, _, rest = part.partition("\n")
        lines = [line for line in rest.splitlines() if not line.startswith(("#", "@"))]
        head, _, body = "\n".join(lines).strip().partition("\n\n")
        expected = _EXPECTED.search(rest)
        until = _UNTIL.search(rest)
        yield Request(
            title=title.strip(),
            head=head,
            body=body,
            expected=int(expected[1]) if expected else 200,
            kept=tuple((name, bool(json), key) for name, json, key in _KEPT.findall(rest)),
            until=(until[1], frozenset(until[2].split("|"))) if until else None,
        )


def send_file(path: Path, host: str) -> list[str]:
    """Send every request of a file to a host; return their titles.

    Raises UnexpectedAnswer at the first one whose status is not what the file says.
    """
    text = path.read_text(encoding="utf-8")
    variables = {"host": host} | dict(_tokens(text))
    for name, value in _ASSIGNMENT.findall(text):
        variables.setdefault(name, _fill(value, variables))
    titles = []
    for request in read_requests(text):
        answer = _ask(request, variables, path.parent)
        if answer.status != request.expected:
            raise UnexpectedAnswer(
                f"{path.name}, {request.title}: {answer.status} instead of {request.expected}: "
                f"{answer.body[:500].decode(errors='replace')}"
            )
        variables.update(_keep(request, answer))
        titles.append(request.title)
    return titles


def _tokens(text: str) -> Iterator[tuple[str, str]]:
    for name, role, organisation in _ROLE.findall(text):
        yield name, make_token(load_settings(), ActorRole(role), organisation=organisation or None)


def _ask(request: Request, variables: Variables, folder: Path) -> Answer:
    end = time.monotonic() + _PATIENCE
    answer = _send(request, variables, folder)
    while request.until and _find(answer, request.until[0]) not in request.until[1]:
        if time.monotonic() > end:
            raise UnexpectedAnswer(f"{request.title}: still {_find(answer, request.until[0])}")
        time.sleep(0.2)
        answer = _send(request, variables, folder)
    return answer


def _send(request: Request, variables: Variables, folder: Path) -> Answer:
    first, *lines = _fill(request.head, variables).splitlines()
    method, url = first.split()[:2]
    headers = dict(line.split(": ", 1) for line in lines)
    body = request.body.strip()
    file = body.removeprefix("< ") if body.startswith("< ") else None
    data = (folder / file).read_bytes() if file else _fill(body, variables).encode() or None
    sent = urllib.request.Request(url, data=data, headers=headers, method=method)  # noqa: S310
    try:
        with urllib.request.urlopen(sent, timeout=60) as answer:  # noqa: S310
            return Answer(answer.status, _lower(answer.headers.items()), answer.read())
    except urllib.error.HTTPError as error:
        return Answer(error.code, _lower(error.headers.items()), error.read())


def _fill(text: str, variables: Variables) -> str:
    dated = _DAY.sub(lambda m: _day(int(m[1]), in_years=m[2] == "y"), text)
    return _VARIABLE.sub(lambda m: str(uuid4()) if m[1] == "$guid" else variables[m[1]], dated)


def _day(offset: int, *, in_years: bool) -> str:
    today = today_in_amsterdam()
    if not in_years:
        return (today + timedelta(days=offset)).isoformat()
    # Of 29 February the day before, so that it exists in every year.
    return today.replace(year=today.year + offset, day=min(today.day, 28)).isoformat()


def _keep(request: Request, answer: Answer) -> Variables:
    return {
        name: _find(answer, key) if is_json else answer.headers[key.lower()]
        for name, is_json, key in request.kept
    }


def _find(answer: Answer, path: str) -> str:
    found = loads(answer.body)
    for step in path.split("."):
        found = found[int(step) if isinstance(found, list) else step]
    return str(found)


def _lower(headers: Iterable[tuple[str, str]]) -> dict[str, str]:
    return {name.lower(): value for name, value in headers}


def main() -> None:
    """Send the files named on the command line."""
    host, *names = sys.argv[1:]
    for name in names:
        for title in send_file(Path(name), host):
            print(f"{Path(name).name}: {title}")


if __name__ == "__main__":
    main()
