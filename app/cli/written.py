"""Files that a command writes: looked at before any work, and written whole or not at all."""

import os
from collections.abc import Iterable
from pathlib import Path

from app.kernel.errors import InputRefused


def require_writable(out: Path, *, option: str = "--out") -> None:
    """Raise InputRefused before any work when the result could not be written."""
    refusal = InputRefused(
        f"{out} kan niet worden geschreven: geef met {option} een bestand in een map waarin u mag "
        "schrijven."
    )
    if (out.exists() and not out.is_file()) or not out.parent.is_dir():
        raise refusal
    try:
        _part_of(out).touch()
        _part_of(out).unlink()
    except OSError as error:
        raise refusal from error


def write_text(out: Path, text: str) -> None:
    """Write a text whole or not at all; raises InputRefused when it cannot be written."""
    write_parts(out, [text])


def write_parts(out: Path, parts: Iterable[str], *, mode: int | None = None) -> int:
    """Write texts one after the other, whole or not at all; return how many there were.

    mode: who may read it, set before anything is in it. Raises InputRefused as write_text.
    """
    part, count = _part_of(out), 0
    try:
        with part.open("w", encoding="utf-8", newline="") as opened:
            if mode is not None:
                part.chmod(mode)
            for count, text in enumerate(parts, start=1):  # noqa: B007
                opened.write(text)
        part.replace(out)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise InputRefused(
            f"{out} kon niet worden geschreven ({error.strerror}): maak ruimte of kies een andere "
            "map, en probeer het opnieuw."
        ) from error
    return count


def _part_of(out: Path) -> Path:
    return out.with_name(f"{out.name}.{os.getpid()}.deel")
