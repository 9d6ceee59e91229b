"""Nobody sees another provider's rows, even through a query that forgets its filter."""

from collections.abc import Iterator
from datetime import date

import pytest
from sqlalchemy import Connection, delete, insert, select, text, update
from sqlalchemy.exc import ProgrammingError
from sqlalchemy.orm import Session

from app.db.opened import Database
from app.db.roles import WORKER
from app.db.session import act_as, make_engine
from app.kernel.actor import SYSTEM, Actor, ActorRole
from app.kernel.clock import now
from app.kernel.words import CareForm, Gender, Rhythm, SiblingWish
from app.models import (
    BegunPair,
    ChangeKind,
    Child,
    ChildBsn,
    Family,
    FamilyForm,
    ImportBatch,
    ImportChange,
    ImportChunk,
    ImportContent,
    ImportKind,
    ImportState,
    Place,
    Placement,
    Provider,
    Registration,
    SiblingPairWish,
)
from tests.rows import make_family, make_placement, make_registration


def provider_id(session: Session, code: str) -> object:
    return session.scalar(select(Provider.id).where(Provider.code == code))


@pytest.fixture
def two_families(session: Session) -> Session:
    make_family(session, provider="spirit", reference="SPI-1")
    make_family(session, provider="youke", reference="YOU-1")
    make_registration(session, number="AM-1", bsn="999530410")
    session.commit()
    return session


def as_provider(session: Session, code: str) -> None:
    own = provider_id(session, code)
    session.commit()
    act_as(session, Actor(name="koppeling", role=ActorRole.PROVIDER_SYSTEM, provider_id=own))


def test_a_provider_sees_only_its_own_families(two_families: Session) -> None:
    """A SELECT without any WHERE gives a provider its own families and nothing else."""
    as_provider(two_families, "spirit")
    assert list(two_families.scalars(select(Family.reference))) == ["SPI-1"]


def test_what_hangs_on_a_family_follows_it(two_families: Session) -> None:
    """Places of another provider's family are as invisible as the family."""
    as_provider(two_families, "youke")
    owners = set(two_families.scalars(select(Place.family_id)))
    assert owners == set(two_families.scalars(select(Family.id)))


@pytest.mark.parametrize(
    ("table", "key"),
    [("family_form", "family_id"), ("place", "family_id"), ("occupation", "place_id"),
     ("import_finding", "import_id"), ("import_change", "import_id")],
)  # fmt: skip
def test_writing_a_row_looks_up_one_owner(two_families: Session, table: str, key: str) -> None:
    """The check of an INSERT finds its owner by key: reading all of them each time is quadratic."""
    as_provider(two_families, "spirit")
    two_families.execute(text("SET LOCAL enable_seqscan = off"))
    question = f"EXPLAIN INSERT INTO {table} ({key}) VALUES (gen_random_uuid())"
    plan = "\n".join(two_families.scalars(text(question)))
    assert f"Index Cond: (id = {table}.{key})" in plan


def test_a_provider_sees_no_child(two_families: Session) -> None:
    """Registrations and BSNs do not come out for a provider."""
    as_provider(two_families, "spirit")
    assert two_families.scalars(select(Registration.number)).all() == []
    assert two_families.scalars(select(ChildBsn.child_id)).all() == []


def test_a_provider_sees_a_child_while_its_own_family_is_asked(two_families: Session) -> None:
    """The step, the registration and where the child lives, not the wishes; after a no no child."""
    child = two_families.scalars(select(Registration.id)).one()
    family = two_families.scalar(select(Family.id).where(Family.reference == "SPI-1"))
    day = date(2026, 11, 1)
    two_families.add_all([
        BegunPair(
            registration_id=child, family_id=family, rhythm=Rhythm.FULL_TIME, is_request=True,
            begun_on=day, held_until=day, actor="x",
        ),
        SiblingPairWish(registration_id=child, other_number="AM-2", wish=SiblingWish.APART),
    ])  # fmt: skip
    make_placement(two_families, registration_id=child, family_id=family, since=day, until=day)
    two_families.commit()
    tables = (BegunPair, Placement, SiblingPairWish)
    assert [len(two_families.scalars(select(t)).all()) for t in tables] == [1, 1, 1]
    as_provider(two_families, "spirit")
    assert [len(two_families.scalars(select(t)).all()) for t in tables] == [1, 1, 0]
    assert two_families.scalars(select(Registration.number)).all() == ["AM-1"]
    as_provider(two_families, "youke")
    assert [len(two_families.scalars(select(t)).all()) for t in tables] == [0, 0, 0]
    assert two_families.scalars(select(Registration.id)).all() == []
    act_as(two_families, SYSTEM)
    two_families.commit()
    said_no = {"state": "nee", "no_by": "gezin", "ended_at": now()}
    pair = two_families.scalars(select(BegunPair)).one()
    pair.reason = "past niet"
    for name, value in said_no.items():
        setattr(pair, name, value)
    two_families.commit()
    as_provider(two_families, "spirit")
    assert two_families.scalars(select(Registration.id)).all() == []


def test_a_referrer_sees_what_its_own_organisation_registered(two_families: Session) -> None:
    """Of another organisation's child it sees and writes neither registration nor name."""
    two_families.execute(update(Registration).values(owner_organisation="gi-a"))
    two_families.commit()
    seen = {}
    for organisation in ("gi-a", "gi-b", None):
        act_as(two_families, Actor("v", ActorRole.REFERRER, organisation=organisation))
        two_families.commit()
        tables = (Registration, Child, ChildBsn, Family)
        seen[organisation] = [len(two_families.scalars(select(t)).all()) for t in tables]
    assert seen == {"gi-a": [1, 1, 0, 0], "gi-b": [0, 0, 0, 0], None: [0, 0, 0, 0]}
    for organisation, written in (("gi-b", 0), ("gi-a", 1)):
        act_as(two_families, Actor("v", ActorRole.REFERRER, organisation=organisation))
        two_families.commit()
        moved = update(Registration).values(municipality="Diemen")
        assert two_families.execute(moved).rowcount == written


@pytest.mark.parametrize("role", [ActorRole.MANAGER, ActorRole.ADMINISTRATOR, ActorRole.AUDITOR])
def test_who_is_no_staff_writes_nothing_about_people(
    two_families: Session, role: ActorRole
) -> None:
    """Figures, settings and audits change no row of a child or a family; only an auditor reads."""
    act_as(two_families, Actor(name="x", role=role))
    two_families.commit()
    tables = (Registration, Child, Family)
    seen = [len(two_families.scalars(select(t)).all()) for t in tables]
    assert seen == ([1, 1, 2] if role is ActorRole.AUDITOR else [0, 0, 0])
    assert two_families.scalars(select(ChildBsn)).all() == []
    assert two_families.execute(update(Family).values(smokes=True)).rowcount == 0


def test_a_provider_cannot_write_for_another(two_families: Session) -> None:
    """An INSERT under another provider's id is refused by the database itself."""
    other = provider_id(two_families, "youke")
    as_provider(two_families, "spirit")
    with pytest.raises(ProgrammingError, match="row-level security"):
        make_family(two_families, provider_id=other, reference="YOU-2")


def test_a_provider_cannot_write_on_another_family(two_families: Session) -> None:
    """What hangs on another provider's family can be neither added nor moved there."""
    other = two_families.scalar(select(Family.id).where(Family.reference == "YOU-1"))
    as_provider(two_families, "spirit")
    with pytest.raises(ProgrammingError, match="row-level security"):
        two_families.execute(insert(FamilyForm).values(family_id=other, form=CareForm.CRISIS))


def test_a_coordinator_sees_no_bsn(two_families: Session) -> None:
    """A coordinator reads registrations, but not the table of BSNs."""
    act_as(two_families, Actor(name="c", role=ActorRole.COORDINATOR))
    two_families.commit()
    assert two_families.scalars(select(Registration.number)).all() == ["AM-1"]
    assert two_families.scalars(select(ChildBsn.child_id)).all() == []


def test_nobody_named_sees_nothing(two_families: Session) -> None:
    """A session that forgot to say who asks gets no personal data at all."""
    two_families.info.pop("actor")
    two_families.commit()
    two_families.execute(text("SELECT set_config('pleegzorg.role', '', true)"))
    assert two_families.scalars(select(Family.reference)).all() == []


def test_the_application_owns_nothing(connection: Connection) -> None:
    """The role that the service works as is no superuser and cannot bypass a policy."""
    row = connection.execute(
        text("SELECT rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user")
    ).one()
    assert tuple(row) == (False, False)
    owned = connection.scalar(
        text("SELECT count(*) FROM pg_tables WHERE tableowner = current_user")
    )
    assert owned == 0


def test_every_table_has_row_level_security(connection: Connection) -> None:
    """No table of ours was forgotten; a new one without a policy fails here."""
    open_tables = connection.scalars(
        text("""SELECT relname FROM pg_class WHERE relkind = 'r' AND NOT relrowsecurity
                AND relnamespace = 'public'::regnamespace
                AND relname NOT LIKE 'procrastinate%' AND relname <> 'alembic_version'""")
    ).all()
    assert open_tables == []


@pytest.fixture
def as_worker(database: Database) -> Iterator[Session]:
    """A session with the worker's role, on behalf of the system; nothing of it stays."""
    engine = make_engine(database.url, role=WORKER)
    with Session(engine) as session:
        act_as(session, SYSTEM)
        yield session
        session.rollback()
    engine.dispose()


def test_the_worker_may_not_read_a_bsn(as_worker: Session) -> None:
    """The worker finds a child by the digest of its BSN, but never sees what is encrypted."""
    assert as_worker.execute(select(ChildBsn.child_id, ChildBsn.digest)).all() == []
    with pytest.raises(ProgrammingError, match="permission denied"):
        as_worker.scalars(select(ChildBsn.ciphertext)).all()


def test_the_worker_puts_a_bsn_away(as_worker: Session) -> None:
    """It performs imports of registrations, so it may store a BSN and replace it."""
    child = Child(first_name="Noor", born_on=date(2020, 5, 1), gender=Gender.GIRL)
    as_worker.add(child)
    as_worker.flush()
    row = {"child_id": child.id, "ciphertext": b"x", "digest": b"y"}
    as_worker.execute(insert(ChildBsn).values(row))
    as_worker.execute(delete(ChildBsn).where(ChildBsn.child_id == child.id))


def test_the_worker_removes_no_family_and_no_child(as_worker: Session) -> None:
    """What an import leaves out is asked about; nothing that stands is ever deleted by it."""
    for table in (Family, Place, Child, Registration):
        with pytest.raises(ProgrammingError, match="permission denied"):
            as_worker.execute(delete(table))
        as_worker.rollback()


def test_uploads_are_put_in_but_not_read_back(two_families: Session) -> None:
    """The application stores what comes in; only the worker takes it out again."""
    for sealed in (ImportContent.sealed, ImportChunk.sealed):
        with pytest.raises(ProgrammingError, match="permission denied"):
            two_families.scalars(select(sealed)).all()
        two_families.rollback()


def import_of(session: Session, code: str | None) -> ImportBatch:
    batch = ImportBatch(
        kind=ImportKind.FAMILIES if code else ImportKind.REGISTRATIONS,
        provider_id=provider_id(session, code) if code else None,
        state=ImportState.RECEIVED, file="x", sha256="0", actor="x",
        read=0, added=0, changed=0, unchanged=0, refused=0, to_confirm=0,
    )  # fmt: skip
    session.add(batch)
    session.flush()
    return batch


def test_an_upload_follows_its_import(two_families: Session) -> None:
    """A provider puts nothing into another provider's import, and does not see it is there."""
    other = import_of(two_families, "youke")
    piece = insert(ImportContent).values(import_id=other.id, ordinal=0, sealed=b"x")
    two_families.execute(piece)
    as_provider(two_families, "spirit")
    assert two_families.scalars(select(ImportContent.ordinal)).all() == []
    with pytest.raises(ProgrammingError, match="row-level security"):
        two_families.execute(piece.values(ordinal=1))


def test_a_provider_sees_the_changes_of_its_own_imports(two_families: Session) -> None:
    """Not those of another provider's import, nor of registrations; and it adds none to them."""
    imports = {code: import_of(two_families, code).id for code in ("spirit", "youke", None)}
    for code, import_id in imports.items():
        row = {"import_id": import_id, "ordinal": 1, "kind": ChangeKind.ADDED, "number": str(code)}
        two_families.execute(insert(ImportChange).values(row))
    as_provider(two_families, "spirit")
    assert two_families.scalars(select(ImportChange.number)).all() == ["spirit"]
    for other in ("youke", None):
        row = {"import_id": imports[other], "ordinal": 2, "kind": "nieuw", "number": "SPI-9"}
        with pytest.raises(ProgrammingError, match="row-level security"):
            two_families.execute(insert(ImportChange).values(row))
        two_families.rollback()


def test_a_listed_change_stays(two_families: Session, as_worker: Session) -> None:
    """Neither the application nor the worker may change or remove what an import did."""
    for session in (two_families, as_worker):
        for statement in (update(ImportChange).values(number="x"), delete(ImportChange)):
            with pytest.raises(ProgrammingError, match="permission denied"):
                session.execute(statement)
            session.rollback()
