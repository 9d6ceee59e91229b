"""Registrations of before, as look-ahead reads them: households, since the first was stored."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import UUID

import numpy as np
import pytest
from sqlalchemy import URL, update
from sqlalchemy.orm import Session

from app.cli.arrivals import read_arrivals
from app.db.opened import Database
from app.db.session import session_for
from app.kernel.actor import SYSTEM
from app.kernel.words import CARE_FORMS, URGENCIES, CareForm, SiblingWish, Urgency
from app.learning.history import FILE
from app.matching.policy import load_policy, parse_policy
from app.models import Registration, RegistrationState, SiblingGroup
from app.proposals.past_rows import read_past
from app.proposals.queries import find_run
from app.proposals.runs import perform_run, request_run
from app.proposals.schemas_tradeoffs import Tradeoffs
from app.settings import Settings
from tests.databases import copied
from tests.learning.rows import HISTORY
from tests.region import DAY
from tests.rows import make_family, make_registration

AHEAD = parse_policy(
    load_policy("maximaal").text
    + "\n[vooruitzien]\ntoekomsten = 3\ndagen = 28\nwaarde_plaatsing = 0.5\n",
    source="vooruit.toml",
)
PLACED = RegistrationState.PLACED


def store(session: Session, number: str, on: date, **changes: object) -> None:
    make_registration(session, number=number, registered_on=on, **changes)


def stored_since(session: Session, day: date) -> None:
    """As if the service has been there since a day."""
    began = datetime(day.year, day.month, day.day, 9, tzinfo=UTC)
    session.execute(update(Registration).values(created_at=began))


def test_who_no_longer_waits_is_read_once_a_household(session: Session) -> None:
    """Placed, closed and withdrawn; a pair is one; a pair of whom one waits is with who waits."""
    for code in ("BZ-1", "BZ-2"):
        session.add(SiblingGroup(code=code, wish=SiblingWish.TOGETHER))
    session.flush()
    group = {g.code: g.id for g in session.query(SiblingGroup)}
    store(session, "AM-1", date(2026, 3, 1), state=PLACED, urgency=Urgency.CRISIS)
    store(session, "AM-2", date(2026, 4, 1), state=RegistrationState.WITHDRAWN)
    for number, urgency in (("AM-3", Urgency.REGULAR), ("AM-4", Urgency.URGENT)):
        store(
            session, number, date(2026, 5, 1), state=PLACED, urgency=urgency,
            sibling_group_id=group["BZ-1"], sibling_wish=SiblingWish.TOGETHER,
            care_form=CareForm.SHORT_TERM,
        )  # fmt: skip
    pair = {"sibling_group_id": group["BZ-2"], "sibling_wish": SiblingWish.TOGETHER}
    store(session, "AM-5", date(2026, 5, 2), state=PLACED, **pair)
    store(session, "AM-6", date(2026, 5, 2), **pair)
    store(session, "AM-7", date(2025, 1, 1), state=PLACED)  # came before the service was there
    store(session, "AM-8", date(2026, 11, 9), state=PLACED)  # and after the day
    stored_since(session, date(2026, 2, 1))
    past = read_past(session, DAY)
    assert past.since.tolist() == [date(2026, 2, 1)]
    assert past.came_on.tolist() == [date(2026, 3, 1), date(2026, 4, 1), date(2026, 5, 1)]
    wanted = [URGENCIES.index(u) for u in (Urgency.CRISIS, Urgency.REGULAR, Urgency.URGENT)]
    assert past.urgency.tolist() == wanted
    assert past.care_form[2] == CARE_FORMS.index(CareForm.SHORT_TERM)
    assert not past.is_placement.any()


def test_nothing_stored_tells_nothing(session: Session) -> None:
    """No registration at all: the waiting list would speak, and there is none."""
    assert not len(read_past(session, DAY).since)


@pytest.fixture
def known(settings: Settings, reference: URL) -> Iterator[Database]:
    def fill(session: Session) -> None:
        make_family(session, reference="SPI-1")
        store(session, "AM-1", date(2026, 10, 1))
        for nth in range(40):
            store(session, f"AM-{nth + 10}", date(2026, 9, 1), state=PLACED)
        stored_since(session, date(2026, 8, 1))

    with copied(settings, reference, fill) as opened:
        yield opened


def ahead_of(database: Database, run_id: UUID) -> dict[str, object]:
    with session_for(database.sessions, SYSTEM) as session:
        told = find_run(session, run_id).tradeoffs
    assert told is not None
    assert Tradeoffs.model_validate(told).ahead is not None
    found: dict[str, object] = told["vooruitzien"]
    return found


def ask_ahead(database: Database) -> UUID:
    with session_for(database.sessions, SYSTEM) as session:
        return request_run(session, actor=SYSTEM, policy=AHEAD, snapshot_day=DAY)


def test_a_run_says_from_what_it_learnt_and_over_how_long(known: Database) -> None:
    """41 households in the 92 days that the service was there: its own registrations."""
    run_id = ask_ahead(known)
    perform_run(known.sessions, actor=SYSTEM, run_id=run_id)
    told = ahead_of(known, run_id)
    assert (told["bron"], told["dagen"], told["gezien"]) == ("aanmeldingen", 92, 41)
    assert "alle aanmeldingen van de regio, over 92 dagen (41 gezien)" in str(told["zin"])


def test_where_the_service_is_new_a_folder_s_history_counts(
    small: Database, tmp_path: Path
) -> None:
    """And where there is neither, the waiting list, as before."""
    lines = HISTORY.read_text(encoding="utf-8").splitlines(keepends=True)
    (tmp_path / FILE).write_text("".join(lines[:301]), encoding="utf-8")
    past = read_arrivals(tmp_path, AHEAD, DAY)
    assert past is not None
    assert len(past) == 300
    assert past.is_placement.all()
    assert np.all(past.urgency == -1)
    runs = []
    for arrivals in (past, None):
        runs.append(ask_ahead(small))
        perform_run(small.sessions, actor=SYSTEM, run_id=runs[-1], past=arrivals)
    assert [ahead_of(small, run)["bron"] for run in runs] == ["plaatsingshistorie", "wachtlijst"]


def test_a_folder_without_a_usable_history_tells_nothing(tmp_path: Path) -> None:
    """None there, one that cannot be read, or a policy that does not look ahead."""
    assert read_arrivals(tmp_path, AHEAD, DAY) is None
    (tmp_path / FILE).write_text("iets;anders\n1;2\n", encoding="utf-8")
    assert read_arrivals(tmp_path, AHEAD, DAY) is None
    assert read_arrivals(HISTORY.parent, load_policy("maximaal"), DAY) is None
