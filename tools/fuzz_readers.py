"""Fuzz the readers and parsers with atheris: `make fuzz-readers`, or some by name.

Run: `python -m tools.fuzz_readers [SECONDS] [TARGET ...]`, so many seconds for each target, one
after the other. What is found on the way is kept in FOUND and used again by the next time; of that
`--keep TARGET` brings into the corpus of the tests what reaches code that nothing there reaches.
Ends with 1 when an input broke a property; the input is then named and stays in FOUND.
"""

import importlib.util
import os
import re
import resource
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

ROOT = Path(__file__).parents[1]
CORPUS = ROOT / "tests" / "fuzz" / "corpus"
FOUND = Path(os.environ.get("PLEEGZORG_FUZZ", Path(tempfile.gettempdir()) / "pleegzorg-fuzz"))
SECONDS = 600
# Slower than this on one input is a hang; more memory than this is no bounded reader.
SLOWEST, MEMORY = 20, 1500
_DONE = re.compile(r"#(\d+)\s+\w+\s+cov: (\d+) ft: (\d+) corp: (\d+)")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one target: seconds that it ran, inputs tried, branches and features reached."""

    target: str
    seconds: float
    tried: int
    branches: int
    features: int
    broke: tuple[Path, ...]

    def __str__(self) -> str:
        """Return a row of a table."""
        broke = " ".join(map(str, self.broke)) or "nothing"
        return (
            f"| {self.target} | {self.seconds:.0f} | {self.tried} | {self.branches} | "
            f"{self.features} | {broke} |"
        )


def main() -> int:
    """Return 0 when no input broke anything."""
    if importlib.util.find_spec("atheris") is None:
        print("SKIPPED fuzzing the readers: atheris is not there for this machine or this Python")
        return 0
    asked = sys.argv[1:]
    if asked[:1] == ["--keep"]:
        for target in asked[1:]:
            _keep(target)
        return 0
    seconds = int(asked.pop(0)) if asked and asked[0].isdigit() else SECONDS
    outcomes = []
    print("| target | seconds | tried | branches | features | broke |\n|---|---|---|---|---|---|")
    for target in asked or sorted(folder.name for folder in CORPUS.iterdir()):
        outcomes.append(_fuzz(target, seconds))
        print(outcomes[-1], flush=True)
    return 1 if any(outcome.broke for outcome in outcomes) else 0


def _fuzz(target: str, seconds: int) -> Outcome:
    grown, broke = FOUND / target, FOUND / "broke" / target
    grown.mkdir(parents=True, exist_ok=True)
    broke.mkdir(parents=True, exist_ok=True)
    begun, before = monotonic(), set(broke.iterdir())
    told = _drive(
        target, f"-max_total_time={seconds}", f"-artifact_prefix={broke}/",
        str(grown), str(CORPUS / target),
    )  # fmt: skip
    reached = [tuple(map(int, found)) for found in _DONE.findall(told)]
    tried, branches, features, _ = reached[-1] if reached else (0, 0, 0, 0)
    new = tuple(sorted(set(broke.iterdir()) - before))
    return Outcome(target, monotonic() - begun, tried, branches, features, new)


def _keep(target: str) -> None:
    """Bring into the corpus the smallest inputs that reach something new, and say how many."""
    before = len(list((CORPUS / target).iterdir()))
    _drive(target, "-merge=1", "-use_counters=0", str(CORPUS / target), str(FOUND / target))
    print(f"{target}: {before} -> {len(list((CORPUS / target).iterdir()))}")


def _drive(target: str, *options: str) -> str:
    bounds = (f"-timeout={SLOWEST}", f"-rss_limit_mb={most_memory()}", "-max_len=20000")
    done = subprocess.run(
        [sys.executable, "-m", "tests.fuzz.drive", target, *bounds, *options],
        check=False, cwd=ROOT, capture_output=True, text=True, errors="replace",
    )  # fmt: skip
    (FOUND / f"{target}.log").write_text(done.stderr, encoding="utf-8")
    return done.stderr


def most_memory() -> int:
    """Return how many MB a target may come to hold.

    Linux counts the most that whoever started a process ever held as held by that process too.
    """
    return MEMORY + resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


if __name__ == "__main__":
    sys.exit(main())
