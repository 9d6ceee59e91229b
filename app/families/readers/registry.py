"""One way in for all five dialects."""

from collections.abc import Callable, Mapping
from pathlib import Path

from app.families.canonical import FamilyReading
from app.families.readers.leger_des_heils import stream_leger_des_heils
from app.families.readers.recognise import check_provider
from app.families.readers.spirit import stream_spirit
from app.families.readers.stream import FamilyStream, collect
from app.families.readers.vitree import stream_vitree
from app.families.readers.wsp import stream_wsp
from app.families.readers.youke import stream_youke
from app.kernel.errors import InputRefused

READERS: Mapping[str, Callable[[Path], FamilyStream]] = {
    "spirit": stream_spirit,
    "youke": stream_youke,
    "wsp": stream_wsp,
    "leger-des-heils": stream_leger_des_heils,
    "vitree": stream_vitree,
}


def stream_export(provider: str, path: Path) -> FamilyStream:
    """Return what the full export of one provider says, to be read family by family.

    provider: a code of READERS. Raises InputRefused, one Dutch sentence, when the file as a whole
    cannot be read; a wrong row never raises but ends up in the stream's refusals.
    """
    if provider not in READERS:
        known = ", ".join(READERS)
        raise InputRefused(f"Aanbieder '{provider}' is niet bekend: kies uit {known}.")
    check_provider(provider, path)
    return READERS[provider](path)


def read_export(provider: str, path: Path) -> FamilyReading:
    """Return what the full export of one provider says, all of it at once."""
    return collect(stream_export(provider, path))
