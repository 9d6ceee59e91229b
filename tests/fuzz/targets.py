"""Every target by name, as `make fuzz-readers` and the kept corpus know it."""

from collections.abc import Callable, Mapping
from pathlib import Path

from tests.fuzz import parsers, readers, tokens

CORPUS = Path(__file__).parent / "corpus"
TARGETS: Mapping[str, Callable[[bytes], None]] = {
    **{provider: readers.export(provider) for provider in readers.FILES},
    "wsp-blad": readers.part_of_workbook(readers.SHEET),
    "wsp-teksten": readers.part_of_workbook(readers.TEXTS),
    "aanmeldingen": readers.registrations,
    "historie": readers.history,
    "postcode": parsers.postcodes,
    "datum": parsers.days,
    "waarde": parsers.values,
    "cursor": parsers.cursors,
    "soort": parsers.beginnings,
    "token": tokens.unsigned,
    "token-kop": tokens.headed,
    "token-inhoud": tokens.signed,
}


def kept(target: str) -> list[Path]:
    """Return the kept inputs of a target."""
    return sorted((CORPUS / target).iterdir())
