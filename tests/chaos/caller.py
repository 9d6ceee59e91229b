"""A client that does not give up: it sends the same again until it is told yes or no."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from threading import Event
from time import monotonic, sleep
from typing import Any
from uuid import uuid4

import httpx2

from app.kernel.actor import ActorRole
from app.security.development import make_token
from app.settings import load_settings
from tests.chaos.journal import Journal

Body = dict[str, Any]
_PATIENCE = 600.0  # seconds for one request, with all its repetitions
_AWAY = (502, 503, 504)


@lru_cache
def as_(role: ActorRole, organisation: str | None = None) -> dict[str, str]:
    """Return the header of somebody in a role."""
    token = make_token(load_settings(), role, organisation=organisation, subject=f"chaos-{role}")
    return {"Authorization": f"Bearer {token}"}


@dataclass(slots=True)
class Told:
    """A final answer; again: an earlier sending may have been done though its answer was lost."""

    answer: httpx2.Response
    again: bool
    span: tuple[float, float]

    @property
    def is_yes(self) -> bool:
        """Return whether it was done."""
        return self.answer.status_code < 300

    @property
    def body(self) -> Any:
        """Return what it says."""
        return self.answer.json()

    @property
    def request(self) -> str | None:
        """Return the id by which the audit log knows it."""
        return self.answer.headers.get("X-Request-Id")


@dataclass(slots=True)
class Caller:
    """One client of the service, with a connection of its own."""

    address: str
    journal: Journal
    stop: Event
    http: httpx2.Client = field(init=False)

    def __post_init__(self) -> None:
        self.http = httpx2.Client(base_url=self.address, timeout=60.0)

    def door(self) -> httpx2.Client:
        """Return through which door the next request goes."""
        return self.http

    def get(self, path: str, who: dict[str, str]) -> Told:
        """Read."""
        return self.send("GET", path, who)

    def post(self, path: str, who: dict[str, str], body: Any = None, **headers: str) -> Told:
        """Do something that has a key: however often it is sent, it is done once."""
        return self.send("POST", path, {**who, "Idempotency-Key": str(uuid4()), **headers}, body)

    def put(
        self, path: str, who: dict[str, str], body: Body, shows: Callable[[Body], bool],
        **condition: str,
    ) -> Told:  # fmt: skip
        """Write on the condition of a version. A repetition that is refused was done already, or
        nobody's write came in between: then what stands there must be what was sent.
        """
        told = self.send("PUT", path, {**who, **condition}, body)
        if told.answer.status_code == 412 and told.again:
            found = self.get(path, who)
            if not (found.is_yes and shows(found.body)):
                self.journal.fault(f"PUT {path}: refused as changed, but not by us")
            return Told(found.answer, told.again, told.span)
        return told

    def send(self, method: str, path: str, headers: dict[str, str], body: Any = None) -> Told:
        """Send until there is a final answer; raises TimeoutError when there is none for long."""
        begin, again = monotonic(), False
        content = {"content": body} if isinstance(body, bytes) else {"json": body}
        while monotonic() - begin < _PATIENCE:
            try:
                answer = self.door().request(
                    method, path, headers=headers, **(content if body is not None else {})
                )
            except httpx2.TransportError:
                self.journal.count("antwoord verloren")
            else:
                if answer.status_code < 500:
                    return Told(answer, again, (begin, monotonic()))
                self._note(answer, method, path)
            again = True
            sleep(0.2)
        raise TimeoutError(f"{method} {path}")

    def _note(self, answer: httpx2.Response, method: str, path: str) -> None:
        kind = answer.headers.get("content-type", "")
        if answer.status_code in _AWAY and "problem+json" in kind:
            self.journal.count("503")
        else:
            self.journal.count("500")
            self.journal.fault(
                f"{method} {path.partition('?')[0]}: {answer.status_code} {answer.text[:200]}"
            )
