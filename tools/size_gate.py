"""The size gate: no file over 300 lines, no function over 40; migrations and data apart."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
ROOMS = ("app", "tests", "tools", "benchmarks")
MAX_FILE = 300
MAX_FUNCTION = 40


def find_violations(root: Path) -> Iterator[str]:
    """Yield one sentence for each file or function that is too long."""
    for room in ROOMS:
        for path in sorted((root / room).rglob("*.py")):
            source = path.read_text(encoding="utf-8")
            lines = source.count("\n")
            if lines > MAX_FILE:
                yield f"{path.relative_to(root)}: {lines} lines; over {MAX_FILE} it is two rooms"
            yield from _long_functions(path.relative_to(root), source)


def _long_functions(path: Path, source: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        body = node.body[1:] if ast.get_docstring(node) else node.body
        length = (node.end_lineno or 0) - body[0].lineno + 1 if body else 0
        if length > MAX_FUNCTION:
            yield f"{path}:{node.lineno}: {node.name} has {length} lines; it does two things"


if __name__ == "__main__":
    found = list(find_violations(ROOT))
    print("\n".join(found) or "size gate: all files and functions are within bounds")
    sys.exit(bool(found))
