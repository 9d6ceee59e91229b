"""What a sealed text says, for a judge with SQL of its own."""

from collections.abc import Iterable

from app.db.keyring import current_ring
from app.db.sealing import open_text

# With the row that each is sealed for.
CALL_BACKS = "SELECT id::text, call_back FROM crisis_report"


def opened(shown: str, *, use: str, owner: object) -> str:
    """Return the text of a column (`table.column`) of the row that owns it."""
    return open_text(current_ring(), shown, use=use, owner=str(owner)).decode()


def call_backs(rows: Iterable[tuple[object, ...]]) -> list[tuple[str, str]]:
    """Return of what `CALL_BACKS` gave the id and the number of each report."""
    use = "crisis_report.call_back"
    return [(str(id_), opened(str(shown), use=use, owner=id_)) for id_, shown in rows]
