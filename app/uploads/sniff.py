"""Whether the first bytes of an upload can be what its Content-Type says, told at the door.

A glance, no more: what the file holds is for the reader, when a worker takes it up.
"""

from collections.abc import Callable, Mapping

from app.kernel.errors import InputRefused, WrongMediaType
from app.kernel.files import BYTE_ORDER_MARK

GLANCE_BYTES = 4096
_PACKED = b"PK\x03\x04"
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")


def _begins(*starts: bytes) -> Callable[[bytes], bool]:
    return lambda head: head.removeprefix(BYTE_ORDER_MARK).lstrip().startswith(starts)


def _is_text(*but_not: bytes) -> Callable[[bytes], bool]:
    is_other = _begins(_PACKED, b"%PDF", *but_not)
    return lambda head: b"\0" not in head and not is_other(head)


_CAN_BE: Mapping[str, Callable[[bytes], bool]] = {
    "text/csv": _is_text(b"<", b"{", b"["),
    "application/json": _begins(b"[", b"{"),
    "application/x-ndjson": _is_text(b"<", b"["),
    "application/xml": _begins(b"<", *_UTF_16),
    "text/xml": _begins(b"<", *_UTF_16),
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": _begins(_PACKED),
}


def check_list(head: bytes) -> None:
    """Raise InputRefused where JSON that must be a list begins as something else."""
    if not _begins(b"[")(head):
        raise InputRefused(
            "body: is geen lijst; stuur de gezinnen tussen [ en ], of één per regel als "
            "application/x-ndjson."
        )


def check_beginning(kind: str, head: bytes) -> None:
    """Raise WrongMediaType when a body begins unlike its media type; octet-stream says nothing."""
    can_be = _CAN_BE.get(kind)
    if can_be is not None and not can_be(head):
        raise WrongMediaType(
            f"Content-Type: de inhoud is geen {kind}; stuur het bestand met zijn eigen soort, of "
            "kies het goede bestand."
        )
