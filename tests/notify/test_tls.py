"""The certificate must be that of the name, although the connection goes to an address."""

import socket
import ssl
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from app.kernel.clock import now
from app.models import Outcome
from app.notify import sending
from app.notify.sending import post
from tests.notify.receiver import open_receiver

NAME = "koppeling.spirit.example"
Certify = Callable[[str], ssl.SSLContext]


@pytest.fixture
def certify(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Certify:
    """Return what makes a server's side with a certificate for a name, which we then trust."""

    def make(name: str) -> ssl.SSLContext:
        path = tmp_path / "certificaat.pem"
        path.write_bytes(_self_signed(name))
        monkeypatch.setattr(sending, "_trusted", lambda: ssl.create_default_context(cafile=path))
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(path)
        return context

    return make


def _self_signed(name: str) -> bytes:
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    made = (
        x509.CertificateBuilder(issuer_name=subject, subject_name=subject)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now() - timedelta(days=1))
        .not_valid_after(now() + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    return private + made.public_bytes(serialization.Encoding.PEM)


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every name lead to this machine."""
    real = socket.getaddrinfo

    def found(_: str, port: int, *rest: Any, **more: Any) -> Any:
        return real("127.0.0.1", port, *rest, **more)

    monkeypatch.setattr(socket, "getaddrinfo", found)


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(
    ("certified", "outcome"),
    [(NAME, Outcome.DELIVERED), ("elders.example", Outcome.NO_ANSWER)],
)
def test_only_the_name_that_was_given(certify: Certify, certified: str, outcome: Outcome) -> None:
    """Of another name nothing is sent, though it answers at the same address."""
    with open_receiver(certify(certified)) as receiver:
        url = receiver.url.replace("127.0.0.1", NAME)
        reply = post(url, b"{}", {"webhook-id": "1"}, anywhere=True)
    assert reply.outcome is outcome
    hosts = [message.headers["host"].partition(":")[0] for message in receiver.received]
    assert hosts == ([NAME] if outcome is Outcome.DELIVERED else [])


def test_who_vouches_for_itself_is_not_trusted(
    certify: Certify, here: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the authorities that everybody trusts."""
    real = sending._trusted
    tls = certify(NAME)
    monkeypatch.setattr(sending, "_trusted", real)
    with open_receiver(tls) as receiver:
        url = receiver.url.replace("127.0.0.1", NAME)
        assert post(url, b"{}", {}, anywhere=True).outcome is Outcome.NO_ANSWER
    assert receiver.received == []
