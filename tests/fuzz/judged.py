"""What must hold of whatever bytes come in: they are read, or refused in words that repeat nothing.

The seeds hold a made-up word where a file holds names, so that a sentence which repeats what it
refuses is caught. A number of a family or child may be shown, and so may the name of a column that
nobody knows: those are taken out of a sentence before it is looked at.
"""

import atexit
import re
import shutil
import tempfile
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path

from app.kernel.errors import DomainError
from app.kernel.refusal import Notice, Refusal

SECRET = "Qzxvwk"
_SHOWN = re.compile(r"Kolom '[^\n]*' is niet bekend|[Gg]ezin \S+|[Aa]anmelding \S+")


@cache
def folder() -> Path:
    """Return a folder of this process alone, in memory where the system has one."""
    memory = Path("/dev/shm")
    where = tempfile.mkdtemp(prefix="pleegzorg-fuzz-", dir=memory if memory.is_dir() else None)
    atexit.register(shutil.rmtree, where, ignore_errors=True)
    return Path(where)


def as_file(name: str, content: bytes) -> Path:
    """Return a file with some content."""
    path = folder() / name
    path.write_bytes(content)
    return path


def refused_or(read: Callable[[], object]) -> object | None:
    """Return what is read; None for a refusal of ours, which is one sentence that repeats nothing.

    Any other exception goes on: it is what is looked for.
    """
    try:
        return read()
    except DomainError as error:
        check_sentence(str(error))
        return None


def check_told(told: Iterable[Refusal | Notice]) -> None:
    """Check each sentence on a row or a line."""
    for one in told:
        number = one.record if isinstance(one, Refusal) else ""
        check_sentence(one.message.replace(number, "") if number else one.message)


def check_sentence(sentence: str) -> None:
    """Check that a sentence ends as one, can be sent, and repeats nothing of a person."""
    assert sentence.endswith((".", "!")), "a refusal is no sentence"
    sentence.encode()
    assert SECRET.lower() not in _SHOWN.sub("", sentence).lower(), "a refusal repeats the content"
