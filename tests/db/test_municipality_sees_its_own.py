"""A municipality meets its own self-evaluation in the database, and nothing of anything else."""

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.exc import ProgrammingError
from sqlalchemy.orm import Session

from app.db.opened import Database
from app.db.session import act_as, as_system
from app.jobs import make_queue
from app.kernel.actor import SYSTEM, Actor, ActorRole
from app.main import ROUTERS
from tests.answered import answered, handed_in
from tests.doors import open_door
from tests.rows import make_registration
from tests.security.world import make_world, tell_world

OWN, OTHER = "0363", "0384"
AMSTERDAM = Actor("wie van de gemeente is", ActorRole.MUNICIPALITY, organisation=OWN)
SURVEY = {"survey_form", "survey_response"}
# Open to every role, and about nobody: providers and postcodes, versions of keys, marks of time.
ABOUT_NOBODY = {
    "backup_made", "event_horizon", "key_version", "postcode_area", "provider", "provider_change",
    "provider_contract", "retired_code",
}  # fmt: skip
# Of the queue and of migrations; there every role is alike (docs/databaserollen.md).
WITHOUT_ROWS = {
    "alembic_version", "procrastinate_events", "procrastinate_jobs",
    "procrastinate_periodic_defers", "procrastinate_workers",
}  # fmt: skip
# By their own name: what they sent themselves. And the log, to which everybody only adds.
OWN_NAME, ADDED = {"given_answer"}, {"audit_event", "key_version"}
TABLES = text(
    "SELECT relname FROM pg_class WHERE relkind IN ('r', 'p', 'v', 'm') "
    "AND relnamespace = 'public'::regnamespace ORDER BY 1"
)
# Policies that give something (no restrictive one) to the role that the service works as.
POLICIES = text("""
    SELECT polrelid::regclass::text, polcmd::text,
           pg_get_expr(polqual, polrelid), pg_get_expr(polwithcheck, polrelid)
      FROM pg_policy WHERE polpermissive AND polroles = '{0}' ORDER BY 1, 2
""")


def counted(session: Session, table: str) -> int | None:
    """Return how many rows the asker sees; None where the service may not read the table."""
    nested = session.begin_nested()
    try:
        return int(session.scalar(text(f"SELECT count(*) FROM {table}")) or 0)
    except ProgrammingError as error:
        assert "permission denied" in str(error)
        nested.rollback()
        return None


def test_of_all_tables_it_sees_rows_in_its_own_alone(
    session: Session, connection: Connection, database: Database
) -> None:
    """In a region with something of everything, also of a referrer that goes by the same code."""
    world = make_world(session)
    session.commit()
    door = open_door(connection, *ROUTERS)
    door.v1.state.queue = make_queue(database.conninfo())  # type: ignore[attr-defined]
    tell_world(door, world)
    make_registration(session, number="AM-ZELFDE-CODE", owner_organisation=OWN)
    tables = session.scalars(TABLES).all()
    filled = {table for table in tables if counted(session, table)}
    session.commit()
    act_as(session, AMSTERDAM)
    seen = {table: n for table in tables if (n := counted(session, table))}
    assert len(filled) > 40, (len(filled), " ".join(sorted(filled)))
    assert {"child", "registration", "family", "placement", "survey_form"} <= filled
    assert set(seen) - ABOUT_NOBODY - WITHOUT_ROWS == SURVEY
    assert {seen[table] for table in SURVEY} == {1}
    with as_system(session):  # what the service does for it is still done
        assert session.scalar(text("SELECT count(*) FROM registration"))


def test_no_policy_of_another_table_lets_the_role_in(session: Session) -> None:
    """Also of tables that are empty here, and for writing: each policy names who it is for."""
    open_to_all, of_role = set(), set()
    for table, kind, judged, checked in session.execute(POLICIES):
        for said in (judged, checked):
            if said is None:
                continue
            if "'gemeente'" in said:
                of_role.add(table)
            elif "'pleegzorg.role'::text, true) = " not in said:
                open_to_all.add((table, kind))
    assert of_role == SURVEY
    assert {table for table, kind in open_to_all if kind == "r"} == ABOUT_NOBODY
    assert {table for table, kind in open_to_all if kind != "r"} == OWN_NAME | ADDED


@pytest.fixture
def two(session: Session) -> Session:
    """Two municipalities with a year each; Amsterdam asks."""
    answered(session, OWN, 2025)
    handed_in(session, OTHER, 2025, "nee")
    session.commit()
    act_as(session, AMSTERDAM)
    return session


def test_a_query_that_forgets_its_filter_reaches_its_own_alone(two: Session) -> None:
    """Reading and changing."""
    for table in SURVEY:
        codes = two.scalars(text(f"SELECT DISTINCT municipality_code FROM {table}")).all()
        assert codes == [OWN], table
    changed = two.execute(text("UPDATE survey_form SET saved_by = 'x'"))
    assert changed.rowcount == 1  # type: ignore[attr-defined]
    two.commit()
    act_as(two, SYSTEM)
    told = two.execute(text("SELECT municipality_code, saved_by FROM survey_form ORDER BY 1")).all()
    assert [tuple(row) for row in told] == [(OWN, "x"), (OTHER, "x")]


FORM = (
    "INSERT INTO survey_form (municipality_code, year, questionnaire, state, saved_by, saved_at,"
    " version) VALUES ('{code}', 2026, 'x', 'concept', 'x', now(), 1)"
)
ANSWER = (
    "INSERT INTO survey_response (municipality_code, year, question, version, answers, actor, role)"
    " VALUES ('{code}', 2025, 5, 9, '{{ja}}', '{actor}', '{role}')"
)
NAME = AMSTERDAM.name


@pytest.mark.parametrize(
    ("statement", "is_taken"),
    [
        (FORM.format(code=OWN), True),
        (FORM.format(code=OTHER), False),
        (ANSWER.format(code=OWN, actor=NAME, role="gemeente"), True),
        (ANSWER.format(code=OTHER, actor=NAME, role="gemeente"), False),
        (ANSWER.format(code=OWN, actor="een ander", role="gemeente"), False),
        (ANSWER.format(code=OWN, actor=NAME, role="regiomanager"), False),
        (f"UPDATE survey_form SET municipality_code = '{OTHER}', year = 2024", False),
    ],
)
def test_it_writes_in_its_own_name_for_itself(
    two: Session, statement: str, *, is_taken: bool
) -> None:
    """The database refuses another municipality, and an answer in the name of somebody else."""
    if is_taken:
        two.execute(text(statement))
        return
    with pytest.raises(ProgrammingError, match="row-level security"):
        two.execute(text(statement))


@pytest.mark.parametrize("organisation", [None, "", "0"])
def test_without_a_code_there_is_nothing(two: Session, organisation: str | None) -> None:
    """Not even what has no municipality."""
    two.commit()
    act_as(two, Actor("x", ActorRole.MUNICIPALITY, organisation=organisation))
    assert {counted(two, table) for table in SURVEY} == {0}
