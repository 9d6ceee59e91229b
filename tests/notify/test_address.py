"""Messages go to the internet, and never behind our own walls."""

import ipaddress
import socket
from typing import Any

import pytest

from app.kernel.errors import InputRefused
from app.models import Outcome
from app.notify import sending
from app.notify.address import AddressNotAllowed, check_mail_address, check_url, is_public, resolve
from app.notify.sending import post
from app.settings import Settings


@pytest.fixture
def earnest(settings: Settings) -> Settings:
    """Settings outside development, as far as they matter here."""
    return settings.model_copy(update={"environment": "productie"})


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1",
        "0.0.0.0", "224.0.0.1", "255.255.255.255", "192.0.2.1", "198.18.0.1", "240.0.0.1",
        "::", "::1", "fe80::1", "fc00::1", "fd12::1", "ff02::1", "2001:db8::1",
        "::ffff:10.0.0.1", "::ffff:127.0.0.1", "64:ff9b::a00:1", "64:ff9b:1::a00:1",
        "2002:a00:1::1", "2002:7f00:1::", "2001:0:5ef5:79fb:0:59d:a0a0:a0a0",
    ],
)  # fmt: skip
def test_what_is_not_on_the_internet_is_refused(address: str) -> None:
    """Private, loopback, link-local, shared, reserved; also where it hides in a version 6."""
    assert not is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize(
    "address", ["8.8.8.8", "145.97.0.1", "2a00:1450:400e::1", "2002:808:808::"]
)
def test_what_is_on_the_internet_is_not(address: str) -> None:
    """Public addresses of either version."""
    assert is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize(
    "url",
    [
        "http://aanbieder.example/", "ftp://aanbieder.example/", "https://", "https:///pad",
        "https://127.0.0.1/", "https://[::1]/", "https://10.0.0.1:8443/",
        "https://naam:geheim@aanbieder.example/", "https://aanbieder.example/#x",
        "https://aanbieder.example:poort/", "https://aanbieder.example/ x", "javascript:1",
        "https://aanbieder.example\\@10.0.0.1/", "https://[::1/",
    ],
)  # fmt: skip
def test_a_url_that_cannot_be_is_refused_at_once(url: str, earnest: Settings) -> None:
    """Outside development; the sentence does not repeat what was sent."""
    with pytest.raises(InputRefused, match=r"^adres: ") as caught:
        check_url(url, earnest)
    assert "example" not in str(caught.value)


def test_a_laptop_takes_its_own_machine(settings: Settings, earnest: Settings) -> None:
    """In development http and loopback will do; elsewhere https on the internet."""
    check_url("http://127.0.0.1:8080/x", settings)
    check_url("https://koppeling.aanbieder.example:8443/x?y=1", earnest)


@pytest.mark.parametrize(
    "address", ["jan", "jan@", "@x.nl", "jan@x", "a b@x.nl", "jan@x.nl\nBcc: y@z.nl"]
)
def test_a_wrong_mail_address_is_refused(address: str) -> None:
    """Also one that would add a header to a mail."""
    with pytest.raises(InputRefused, match=r"^adres: "):
        check_mail_address(address)


def lead_to(monkeypatch: pytest.MonkeyPatch, *addresses: str) -> None:
    def found(*_: Any, **__: Any) -> list[Any]:
        return [(0, 0, 0, "", (address, 443)) for address in addresses]

    monkeypatch.setattr(socket, "getaddrinfo", found)


def test_a_name_that_leads_behind_the_walls_gets_no_message(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Also when only one of its addresses does; no connection is made."""
    lead_to(monkeypatch, "8.8.8.8", "10.0.0.1")
    with pytest.raises(AddressNotAllowed):
        resolve("aanbieder.example", 443, anywhere=False)
    monkeypatch.setattr(sending, "_answer_of", lambda *_, **__: pytest.fail("it connected"))
    reply = post("https://aanbieder.example/", b"{}", {}, anywhere=False)
    assert (reply.outcome, reply.status) == (Outcome.NOT_ALLOWED, None)


def test_the_connection_goes_to_the_address_that_was_judged(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The name is asked once, and stays in Host and in what the certificate must say."""
    lead_to(monkeypatch, "8.8.8.8")
    tried: dict[str, Any] = {}

    def note(
        url: Any, _: bytes, headers: dict[str, str], *, name: str, patience: float
    ) -> tuple[int, str | None]:
        tried.update(url=str(url), host=headers["Host"], name=name)
        return 204, None

    monkeypatch.setattr(sending, "_answer_of", note)
    assert post("https://aanbieder.example:8443/x?y=1", b"{}", {}, anywhere=False).is_good
    assert tried == {
        "url": "https://8.8.8.8:8443/x?y=1",
        "host": "aanbieder.example:8443",
        "name": "aanbieder.example",
    }
