"""Sending one message over HTTP, to an address that was judged, within a fixed time.

Of what comes back only the status and `Retry-After` count: the body is not read, and a redirect is
not followed.
"""

import ssl
import threading
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urlsplit

import httpx2

from app.kernel.clock import now
from app.models import Outcome
from app.notify.address import AddressNotAllowed, resolve
from app.notify.retry_after import read_retry_after

# Whoever has a message may answer first and work later; a worker does one thing at a time.
PATIENCE = 5.0
GONE = 410


@dataclass(frozen=True, slots=True)
class Reply:
    """How an attempt went; status: of HTTP or SMTP, None where nobody answered.

    retry_after: the seconds for which the subscriber asks to be left in peace; None: it says none.
    """

    outcome: Outcome
    status: int | None = None
    retry_after: float | None = None

    @property
    def is_good(self) -> bool:
        """Return whether the message has arrived."""
        return self.outcome is Outcome.DELIVERED

    @property
    def is_final(self) -> bool:
        """Return whether the subscriber says that it will never take a message again."""
        return self.status == GONE


def post(
    url: str,
    body: bytes,
    headers: dict[str, str],
    *,
    anywhere: bool,
    patience: float = PATIENCE,
) -> Reply:
    """Post a body; anywhere: private addresses will do. patience: seconds for the whole of it."""
    parts = urlsplit(url)
    host, port = parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80)
    try:
        address = resolve(host, port, anywhere=anywhere)
    except AddressNotAllowed:
        return Reply(Outcome.NOT_ALLOWED)
    except (OSError, UnicodeError):
        return Reply(Outcome.NO_ANSWER)
    own = {"Host": parts.netloc, "Content-Length": str(len(body)), **headers}
    try:
        # To the very address that was judged; the certificate must still be that of the name.
        direct = httpx2.URL(url).copy_with(host=address)
        status, asked = _answer_of(direct, body, own, name=host, patience=patience)
    except (httpx2.HTTPError, httpx2.InvalidURL, OSError, RuntimeError):
        return Reply(Outcome.NO_ANSWER)
    is_good = 200 <= status < 300
    if is_good:
        return Reply(Outcome.DELIVERED, status)
    return Reply(Outcome.REFUSED, status, read_retry_after(asked, now()))


@lru_cache
def _trusted() -> ssl.SSLContext:
    # Once: reading all authorities again for each message takes longer than sending it.
    return httpx2.create_ssl_context(trust_env=False)


def _answer_of(
    url: httpx2.URL, body: bytes, headers: dict[str, str], *, name: str, patience: float
) -> tuple[int, str | None]:
    # trust_env=False: a proxy of this machine would reach what we may not.
    with httpx2.Client(trust_env=False, verify=_trusted(), timeout=patience) as client:
        # Each byte may take its time by itself; all of them together may not.
        alarm = threading.Timer(patience, client.close)
        alarm.start()
        try:
            known = {"sni_hostname": name}
            with client.stream(
                "POST", url, content=body, headers=headers, extensions=known
            ) as answer:
                return answer.status_code, answer.headers.get("Retry-After")
        finally:
            alarm.cancel()
