"""Recognising whose export a file is by how it begins, to help who chose the wrong one."""

from pathlib import Path

from app.kernel.errors import InputRefused
from app.kernel.files import BYTE_ORDER_MARK, open_input

_HEAD_BYTES = 4096
_BEGINNINGS = (
    (b"Gezinsnummer;", "spirit"),
    (b"ID,GEZIN,", "leger-des-heils"),
    (b"[", "youke"),
    (b"<", "vitree"),
    (b"PK\x03\x04", "wsp"),
)
NAMES = {
    "spirit": "Spirit",
    "youke": "Youké",
    "wsp": "William Schrikker Pleegzorg (WSP)",
    "leger-des-heils": "het Leger des Heils",
    "vitree": "Vitree",
}


def check_provider(provider: str, path: Path) -> None:
    """Raise InputRefused when a file looks like something else than this provider's export."""
    with open_input(path) as stream:
        head = stream.read(_HEAD_BYTES).removeprefix(BYTE_ORDER_MARK).lstrip()
    if head.startswith(b"{") and b'"aanmeldnummer"' in head:
        raise InputRefused(
            f"Bestand {path.name} lijkt een lijst aanmeldingen: "
            "stuur het in als aanmeldingen, niet als pleeggezinnen."
        )
    found = recognise(head)
    if found and found != provider:
        raise InputRefused(
            f"Bestand {path.name} lijkt de export van {NAMES[found]}, niet van "
            f"{NAMES[provider]}: stuur het in als die van {NAMES[found]}, of kies het goede "
            "bestand."
        )


def recognise(head: bytes) -> str | None:
    """Return the code of the provider whose exports begin like this, or None."""
    return next((code for start, code in _BEGINNINGS if head.startswith(start)), None)
