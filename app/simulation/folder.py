"""Puts a region into a folder, file by file, and never over somebody else's files."""

import json
from pathlib import Path

from app.kernel.errors import InputRefused
from app.simulation.family import Family, Provider
from app.simulation.leger_des_heils import write_leger_des_heils
from app.simulation.order import Region
from app.simulation.registrations import write_registrations
from app.simulation.spirit import write_spirit
from app.simulation.vitree import write_vitree
from app.simulation.wsp import write_wsp
from app.simulation.youke import write_youke

README = "LEESMIJ.txt"
MISTAKES = "bekende-fouten.json"
_MARK = "Voorbeeldregio pleegzorg: alles in deze map is verzonnen."


def check_folder(folder: Path) -> None:
    """Raise InputRefused unless a folder is new, empty, or holds an earlier example."""
    try:
        is_taken = folder.exists() and not (folder.is_dir() and _is_ours(folder))
    except (OSError, ValueError) as error:
        raise _not_writable(folder, error) from error
    if is_taken:
        raise InputRefused(
            f"{folder} bestaat al en bevat iets anders dan een voorbeeldregio: "
            "kies een nieuwe map, of maak deze eerst leeg."
        )


def render_region(region: Region) -> dict[str, bytes]:
    """Return the files of a region by name; the same region gives the same bytes."""
    of: dict[Provider, list[Family]] = {provider: [] for provider in Provider}
    for family in region.families:
        of[family.provider].append(family)
    files = {
        "aanmeldingen.jsonl": write_registrations(region.children),
        "pleeggezinnen-spirit.csv": write_spirit(of[Provider.SPIRIT]),
        "pleeggezinnen-youke.json": write_youke(of[Provider.YOUKE]),
        "pleeggezinnen-wsp.xlsx": write_wsp(of[Provider.WSP]),
        "pleeggezinnen-leger-des-heils.csv": write_leger_des_heils(of[Provider.LEGER_DES_HEILS]),
        "pleeggezinnen-vitree.xml": write_vitree(of[Provider.VITREE], region.order.snapshot_day),
        README: _readme(region).encode(),
    }
    if region.mistakes:
        files[MISTAKES] = _list_mistakes(region).encode()
    return files


def write_region(region: Region, folder: Path) -> None:
    """Write a region into a folder; raises InputRefused when that may not or cannot be done."""
    check_folder(folder)
    files = render_region(region)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / MISTAKES).unlink(missing_ok=True)
        # The mark goes first: a run that is broken off leaves a folder that may be written again.
        for name in sorted(files, key=lambda name: name != README):
            (folder / name).write_bytes(files[name])
    except OSError as error:
        raise _not_writable(folder, error) from error


def _is_ours(folder: Path) -> bool:
    if not any(folder.iterdir()):
        return True
    note = folder / README
    return note.is_file() and note.read_bytes().startswith(_MARK.encode())


def _not_writable(folder: Path, error: Exception) -> InputRefused:
    return InputRefused(
        f"In {folder} is niet te schrijven ({getattr(error, 'strerror', None) or error}): "
        "kies een andere map."
    )


def _readme(region: Region) -> str:
    order = region.order
    command = (
        f"pleegzorg example MAP --children {order.children} --families {order.families} "
        f"--seed {order.seed} --peildatum {order.snapshot_day}"
    )
    wrong = ""
    if region.mistakes:
        command += f" --fouten {order.mistakes}"
        wrong = f"Met opzet fout zijn {order.mistakes} gezinnen: zie {MISTAKES}.\n"
    return (
        f"{_MARK}\n"
        "Niemand hierin bestaat. BSN's beginnen met 999 en zijn van niemand; de postcodegebieden\n"
        "bestaan, de adressen niet.\n\n"
        f"{order.children} wachtende kinderen en {order.families} pleeggezinnen, "
        f"peildatum {order.snapshot_day}, zaad {order.seed}.\n{wrong}\n"
        f"Dezelfde map opnieuw maken:\n  {command}\n"
    )


def _list_mistakes(region: Region) -> str:
    entries = [
        {"aanbieder": mistake.provider, "gezin": mistake.reference, "fout": mistake.kind}
        for mistake in region.mistakes
    ]
    return json.dumps(entries, indent=1, ensure_ascii=False)
