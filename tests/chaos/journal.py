"""What was acknowledged, written to disk before the client goes on: the judge reads only this."""

import json
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import Any


@dataclass(slots=True)
class Journal:
    """Lines of JSON, one for each answer that said yes; who writes waits for it to be written."""

    path: Path
    counts: dict[str, int] = field(default_factory=dict)
    last: tuple[float, float] = (0.0, 0.0)  # begin and end of the last acknowledged write
    faults: list[str] = field(default_factory=list)
    _lock: Lock = field(default_factory=Lock)

    def write(self, kind: str, span: tuple[float, float], **facts: Any) -> None:
        """Keep one acknowledged write; span: when it was first sent and answered."""
        line = json.dumps({"soort": kind, **facts}, ensure_ascii=False)
        with self._lock, self.path.open("a", encoding="utf-8") as file:
            file.write(line + "\n")
            self.counts[kind] = self.counts.get(kind, 0) + 1
            self.last = max(self.last, span, key=lambda one: one[1])

    def count(self, what: str) -> None:
        """Count what is no acknowledged write: an answer that was lost, a 503."""
        with self._lock:
            self.counts[what] = self.counts.get(what, 0) + 1

    def fault(self, sentence: str) -> None:
        """Keep what may not happen."""
        with self._lock:
            self.faults.append(sentence)

    def read(self, kind: str | None = None) -> list[dict[str, Any]]:
        """Return the lines of a kind, or all."""
        if not self.path.exists():
            return []
        lines = [json.loads(line) for line in self.path.read_text(encoding="utf-8").splitlines()]
        return [line for line in lines if kind in (None, line["soort"])]
