"""One way in for all five dialects."""

from collections.abc import Callable, Mapping
from pathlib import Path

from app.families.canonical import FamilyReading
from app.families.readers.leger_des_heils import read_leger_des_heils
from app.families.readers.recognise import check_provider
from app.families.readers.spirit import read_spirit
from app.families.readers.vitree import read_vitree
from app.families.readers.wsp import read_wsp
from app.families.readers.youke import read_youke
from app.kernel.errors import InputRefused

READERS: Mapping[str, Callable[[Path], FamilyReading]] = {
    "spirit": read_spirit,
    "youke": read_youke,
    "wsp": read_wsp,
    "leger-des-heils": read_leger_des_heils,
    "vitree": read_vitree,
}


def read_export(provider: str, path: Path) -> FamilyReading:
    """Return what the full export of one provider says.

    provider: a code of READERS. Raises InputRefused, one Dutch sentence, when the file as a whole
    cannot be read; a wrong row never raises but stands in the reading's refusals.
    """
    if provider not in READERS:
        known = ", ".join(READERS)
        raise InputRefused(f"Aanbieder '{provider}' is niet bekend: kies uit {known}.")
    check_provider(provider, path)
    return READERS[provider](path)
