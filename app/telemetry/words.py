"""Which words a label may hold; anything else becomes `anders`, and so says nothing."""

from collections.abc import Iterable

from app.telemetry.catalogue import Label

OTHER = "anders"
_WORDS: dict[Label, set[str]] = {
    Label.METHOD: {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"},
    Label.STATUS: {str(status) for status in range(100, 600)},
    Label.REASON: {"token", "rol", "vol", "fout", "gestopt"},
    Label.OUTCOME: {"gelukt", "mislukt", "afgebroken"},
    # By those who know them: routes when the service is made, tasks and states by their tables.
    Label.ROUTE: set(),
    Label.TASK: set(),
    Label.STATE: set(),
}


def admit(label: Label, words: Iterable[str]) -> None:
    """Let a label hold words of a closed list; the caller vouches that they are about nobody."""
    _WORDS[label] |= set(words)


def word_for(label: Label, value: str) -> str:
    """Return the value where the label may hold it, or `anders`."""
    return value if value in _WORDS[label] else OTHER


def admitted(label: Label) -> frozenset[str]:
    """Return the words that a label may hold now."""
    return frozenset(_WORDS[label])
