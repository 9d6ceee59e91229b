"""Spirit's export of the region that the screens show, and the worker that takes it up."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from app.cli.example import make_order
from app.db.opened import Database
from app.db.roles import WORKER
from app.db.session import make_engine, make_sessions
from app.simulation.folder import write_region
from app.simulation.region import draw_region
from app.worker import run_worker
from tests.screens.served import DAY

FILE = "pleeggezinnen-spirit.csv"


class Export:
    """The rows of a file, to be changed; the first is the header."""

    def __init__(self, folder: Path) -> None:
        order = make_order(children=30, families=60, seed=3, peildatum=DAY, fouten=2)
        write_region(draw_region(order), folder)
        text = (folder / FILE).read_text("utf-8-sig")
        self.header, *self.rows = [line.split(";") for line in text.splitlines()]

    def set(self, row: int, column: str, value: str) -> str:
        """Change a cell; return the number of the family."""
        self.rows[row][self.header.index(column)] = value
        return self.rows[row][self.header.index("Gezinsnummer")]

    def content(self) -> bytes:
        """Return the file as Spirit's system writes it."""
        lines = [";".join(row) for row in (self.header, *self.rows)]
        return ("\r\n".join(lines) + "\r\n").encode("utf-8-sig")


def changed_export(folder: Path) -> tuple[Export, str, str]:
    """Return an export with a family that changed and one that will be refused: their numbers."""
    export = Export(folder)
    good = [n for n in range(len(export.rows)) if _is_good(export, n)]
    export.set(good[0], "Bijgewerkt", "02-11-2026 10:00")
    changed = export.set(good[0], "Rookt", _other(export, good[0], "Rookt"))
    refused = export.set(good[1], "Postcode", "geen postcode")
    return export, changed, refused


def _is_good(export: Export, row: int) -> bool:
    cells = dict(zip(export.header, export.rows[row], strict=True))
    return cells["Status"] == "actief" and cells["Leeftijd tot en met"].isdigit()


def _other(export: Export, row: int, column: str) -> str:
    return "nee" if export.rows[row][export.header.index(column)] == "ja" else "ja"


def work(database: Database) -> None:
    """Perform every job that is queued, in the worker's own role.

    In a thread: a test that holds a browser has an event loop of its own.
    """
    engine = make_engine(database.url, role=WORKER)
    own = Database(database.url, make_sessions(engine), WORKER)
    with ThreadPoolExecutor(1) as beside:
        beside.submit(run_worker, own, wait=False).result()
    engine.dispose()
