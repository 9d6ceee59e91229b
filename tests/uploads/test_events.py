"""An upload that a worker works off tells the same as an import in one go, and of its end."""

from collections import Counter
from pathlib import Path

from app.db.opened import Database
from app.db.session import session_for
from app.kernel.actor import SYSTEM
from tests.told import told_in
from tests.uploads.conftest import Send, Work

SPIRIT = "pleeggezinnen-spirit.csv"


def told(database: Database) -> Counter[str]:
    with session_for(database.sessions, SYSTEM) as session:
        return Counter(kind for kind, _, _ in told_in(session))


def test_an_upload_and_one_that_is_held(
    own_database: Database, send: Send, work: Work, region: Path
) -> None:
    """Every family that was added, and twice an end: worked off, and held for a person."""
    body = send(region / SPIRIT, aanbieder="spirit")
    work()
    before = told(own_database)
    assert before["import.beeindigd"] == 1
    assert before["pleeggezin.toegevoegd"] > 20
    lines = (region / SPIRIT).read_bytes().splitlines(keepends=True)
    send(b"".join(lines[:5]), aanbieder="spirit", bestandsnaam="half.csv")
    work()
    assert told(own_database) - before == Counter({"import.beeindigd": 1})
    with session_for(own_database.sessions, SYSTEM) as session:
        ends = [data for kind, data, _ in told_in(session) if kind == "import.beeindigd"]
    assert [end["stand"] for end in ends] == ["verwerkt", "aangehouden"]
    assert ends[0]["import"] == body["id"]
