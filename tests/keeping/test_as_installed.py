"""The installation of docs/operations.md, step by step, in earnest: all but the containers."""

from collections.abc import Iterator
from datetime import timedelta
from ipaddress import ip_address
from pathlib import Path
from time import monotonic, sleep

import httpx2
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
)

from app.kernel.clock import now
from tests.chaos.postgres import OwnServer, own_server
from tests.families.telling import TOLD
from tests.keeping.composed import (
    Composed,
    has_openssl,
    make_logins,
    make_secrets,
    postgres_programs,
)
from tests.security.issuer import MODULE, Issuer, run_issuer
from tools.live import free_address

CLIENTS = """
[clients.spirit-systeem]
rollen = ["aanbieder-systeem"]
aanbieder = "spirit"
"""
# As the image of PostgreSQL: whoever is on its machine is trusted, over TCP a password is asked.
_WHO_MAY = "local all all trust\nhost all all 127.0.0.1/32 scram-sha-256\n"

pytestmark = [
    pytest.mark.soak,
    pytest.mark.skipif(not MODULE.is_dir(), reason="node tools are missing: run `make node` first"),
    pytest.mark.skipif(not has_openssl(), reason="openssl is missing: install it"),
]


@pytest.fixture(scope="module")
def server() -> Iterator[OwnServer]:
    """A PostgreSQL that asks for passwords over TCP, as that of the compose file does."""
    _, port = free_address()
    with own_server(port=port) as server:
        (server.data / "pg_hba.conf").write_text(_WHO_MAY)
        with server.connect() as connection:
            connection.execute("SELECT pg_reload_conf()")
        yield server


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate of this machine that trusts itself, with its key."""
    return self_signed(tmp_path_factory.mktemp("tls") / "eigen.pem")


@pytest.fixture(scope="module")
def issuer(certificate: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Issuer]:
    with run_issuer(tmp_path_factory.mktemp("sleutels"), tls=certificate) as running:
        yield running


@pytest.fixture(scope="module")
def prepared(
    server: OwnServer, issuer: Issuer, certificate: Path, tmp_path_factory: pytest.TempPathFactory
) -> Composed:
    """Steps 1 to 4: secrets, settings, and the logins of the database."""
    folder = tmp_path_factory.mktemp("machine")
    for name in ("instellingen", "reservekopie", "crisislijst"):
        (folder / name).mkdir()
    make_secrets(folder)
    (folder / "instellingen/toegang.toml").write_text(CLIENTS)
    programs = postgres_programs()
    make_logins(folder, server, programs=programs)
    variables = {
        "PLEEGZORG_ISSUER": issuer.address, "SSL_CERT_FILE": str(certificate),
        "PLEEGZORG_PG_BIN": str(programs), "PLEEGZORG_DATA_FOLDER": str(folder / "geen"),
    }  # fmt: skip
    assert server.port is not None
    return Composed(folder, server.port, variables)


@pytest.fixture(scope="module")
def installed(prepared: Composed) -> Composed:
    """The same with its tables; roles that a test took away are there again."""
    prepared.run("migrate")
    return prepared


def self_signed(file: Path) -> Path:
    """Write a certificate for 127.0.0.1 that is its own authority, and its key after it."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "proef")])
    own = x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now() - timedelta(days=1))
        .not_valid_after(now() + timedelta(days=1))
        .add_extension(own, critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    file.write_bytes(made.public_bytes(Encoding.PEM) + private)
    return file


def wait_until_ready(address: str) -> None:
    """Wait until the service says that it can take requests."""
    end = monotonic() + 90
    while monotonic() < end:
        try:
            if httpx2.get(f"{address}/v1/gereedheid").status_code == 200:
                return
        except httpx2.HTTPError:
            pass
        sleep(0.2)
    raise AssertionError("the service does not get ready")


def test_a_role_that_is_missing_is_named(prepared: Composed, server: OwnServer) -> None:
    """As after an upgrade that brings one; the script that makes it leaves what is there."""
    with server.connect() as owner:
        owner.execute("DROP ROLE pleegzorg_eraser")
    with pytest.raises(AssertionError, match="pleegzorg_eraser ontbreekt"):
        prepared.run("migrate")
    make_logins(prepared.folder, server, programs=postgres_programs())


def test_it_serves_in_earnest(installed: Composed, issuer: Issuer) -> None:
    """The issuer over TLS, passwords, secret files; a provider's system tells of a family."""
    address, port = free_address()
    with installed.running("api", "serve", "--port", str(port)), installed.running("worker"):
        wait_until_ready(address)
        url = f"{address}/v1/pleeggezinnen/spirit/SPI-1"
        token = {"Authorization": f"Bearer {issuer.token('spirit-systeem')}"}
        assert httpx2.put(url, json=TOLD).status_code == 401
        made = httpx2.put(url, json=TOLD, headers=token)
        assert made.status_code == 201, made.text
        assert httpx2.get(url, headers=token).status_code == 200
        foreign = f"{address}/v1/pleeggezinnen/youke/YOU-1"
        assert httpx2.get(foreign, headers=token).status_code in {403, 404}
        installed.run("worker", "worker", "--controleer")
    told = installed.run("backup")
    assert "Reservekopie van" in told


def test_what_was_backed_up_can_be_put_back(installed: Composed, server: OwnServer) -> None:
    """By who owns the database server, with the key that never was on the machine."""
    installed.run("backup")
    url = f"postgresql://postgres@/pleegzorg?host={server.folder}&port={server.port}"
    told = installed.run(
        "backup", "restore", "/reservekopie", "--controleer",
        "--sleutel", str(installed.folder / "reserve.key"), "--naar", url,
    )  # fmt: skip
    assert "tabellen" in told


def test_the_key_of_this_machine_opens_nothing(installed: Composed) -> None:
    """Nobody makes tokens in earnest but the issuer."""
    with pytest.raises(AssertionError, match="ontwikkeling"):
        installed.run("api", "token", "coordinator")
