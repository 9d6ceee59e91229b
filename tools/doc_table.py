"""Tables in the docs that are made from the code: between two marks, so that prose stays free."""

from collections.abc import Iterable, Sequence
from pathlib import Path

DOCS = Path(__file__).parents[1] / "docs"


def render(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a Markdown table; a bar inside a cell is kept as text."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(_cell(cell) for cell in line) + " |" for line in lines)


def put(text: str, name: str, table: str) -> str:
    """Return a document with the table between its marks; raises ValueError when they lack."""
    begin, end = f"<!-- table: {name} -->", f"<!-- end of table: {name} -->"
    if text.count(begin) != 1 or text.count(end) != 1 or text.index(begin) > text.index(end):
        raise ValueError(f"the document needs '{begin}' and, after it, '{end}', each once")
    before, rest = text.split(begin)
    return f"{before}{begin}\n{table}\n{end}{rest.split(end)[1]}"


def write(page: str, name: str, table: str) -> None:
    """Put a table in a page of the docs."""
    path = DOCS / page
    path.write_text(put(path.read_text(encoding="utf-8"), name, table), encoding="utf-8")
    print(f"docs/{page}: table '{name}' is up to date")


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
