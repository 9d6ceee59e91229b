"""Where messages may go: never, outside development, to a machine behind our own walls.

A name is resolved when a message is sent, and the connection goes to the very address that was
judged: a name that points elsewhere a moment later gains nothing.
"""

import ipaddress
import re
import socket
from ipaddress import IPv4Address, IPv6Address
from urllib.parse import SplitResult, urlsplit

from app.kernel.errors import InputRefused
from app.settings import Settings

_MAIL = re.compile(r"[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}(\.[A-Za-z0-9-]{1,63})+")
# Addresses of version 6 with one of version 4 inside, which a gateway may follow (RFC 6052, 8215).
_TRANSLATED = tuple(map(ipaddress.IPv6Network, ("64:ff9b::/96", "64:ff9b:1::/48")))


class AddressNotAllowed(Exception):
    """A name does not lead, or not only, to addresses where messages may go."""


def is_anywhere(settings: Settings) -> bool:
    """Return whether messages may go to any address, without TLS too: on a laptop."""
    return settings.environment == "ontwikkeling"


def check_url(url: str, settings: Settings) -> None:
    """Raise InputRefused unless webhooks may be sent to a URL, as far as it tells by itself."""
    parts = _split(url)
    schemes = ("https", "http") if is_anywhere(settings) else ("https",)
    if parts is None or parts.scheme not in schemes or not parts.hostname:
        raise InputRefused(f"adres: geef een URL die begint met {' of '.join(schemes)}://.")
    if parts.username is not None or parts.password is not None or parts.fragment:
        raise InputRefused("adres: laat naam, wachtwoord en # weg; berichten zijn ondertekend.")
    literal = _literal(parts.hostname)
    if literal is not None and not is_anywhere(settings) and not is_public(literal):
        raise InputRefused("adres: dit adres is niet openbaar; geef er een op internet.")


def _split(url: str) -> SplitResult | None:
    if not url.isascii() or re.search(r"[\s\x00-\x1f\x7f\\]", url):
        return None
    try:
        parts = urlsplit(url)
        _ = parts.port  # raises for one that is no number
    except ValueError:
        return None
    return parts


def check_mail_address(address: str) -> None:
    """Raise InputRefused unless something looks like an e-mail address."""
    if not _MAIL.fullmatch(address):
        raise InputRefused("adres: is geen e-mailadres; geef naam@organisatie.nl.")


def resolve(host: str, port: int, *, anywhere: bool) -> str:
    """Return the address to connect to; raises AddressNotAllowed, and OSError for no such name.

    Of several addresses none may be private: which one is used would be chance.
    """
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    addresses = [ipaddress.ip_address(str(entry[4][0]).partition("%")[0]) for entry in found]
    if not anywhere and not all(map(is_public, addresses)):
        raise AddressNotAllowed
    return str(addresses[0])


def is_public(address: IPv4Address | IPv6Address) -> bool:
    """Return whether an address is on the internet, and what it may carry inside is too."""
    if not address.is_global or address.is_multicast or address.is_reserved:
        return False
    if isinstance(address, IPv4Address):
        return True
    inner = address.ipv4_mapped or address.sixtofour
    if any(address in network for network in _TRANSLATED):
        inner = IPv4Address(int(address) & 0xFFFFFFFF)
    is_tunnel = address.teredo is not None
    return not is_tunnel and (inner is None or is_public(inner))


def _literal(host: str) -> IPv4Address | IPv6Address | None:
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None
