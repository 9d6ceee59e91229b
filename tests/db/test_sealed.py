"""Sealed columns: written and read like others, bound to their row, refused where not possible."""

from collections.abc import Iterator

import pytest
from sqlalchemy import func, insert, literal, select, text, union_all, update
from sqlalchemy.exc import IntegrityError, InvalidRequestError
from sqlalchemy.orm import Session

from app.db.bulk import insert_rows, update_rows
from app.db.sealed import refuse_plain
from app.db.sealing import SealBroken
from app.kernel.ids import new_id
from app.kernel.words import Gender
from app.models import Child, Registration, StepMove
from tests.rows import make_family, make_registration


@pytest.fixture
def reads_no_plain() -> Iterator[None]:
    """As a process on a database that refuses plain text."""
    refuse_plain()
    yield
    refuse_plain(refuse=False)


def stored(session: Session, table: str, column: str) -> list[str]:
    return list(session.scalars(text(f"SELECT {column}::text FROM {table} ORDER BY id")))


def test_a_text_is_read_back_and_not_there_to_read(session: Session) -> None:
    """Also through an alias, a subquery, a label, and a UNION."""
    made = make_registration(session, number="AM-1", child_voice="Ik wil bij Kees blijven.")
    assert stored(session, "registration", "child_voice")[0].startswith("pz1.1.")
    voice = Registration.child_voice
    session.expire_all()
    assert session.get_one(Registration, made.id).child_voice == "Ik wil bij Kees blijven."
    inner = select(Registration.id, voice.label("voice")).subquery()
    both = union_all(select(Registration.id, voice.label("voice")), select(inner)).subquery()
    for asked in (select(voice), select(voice.label("x")), select(inner.c.voice)):
        assert session.scalars(asked).one() == "Ik wil bij Kees blijven."
    assert set(session.scalars(select(both.c.voice))) == {"Ik wil bij Kees blijven."}


@pytest.mark.parametrize("told", ["", " ", "é\n\t€ 🙂", "pz1.1.abc", "x" * 5000])
def test_any_text_comes_back_as_it_was(session: Session, told: str) -> None:
    """Empty, odd, long, or looking like something sealed."""
    make_registration(session, number="AM-1", child_voice=told)
    session.expire_all()
    assert session.scalars(select(Registration.child_voice)).one() == told


def test_nothing_stays_null_and_documents_keep_their_shape(session: Session) -> None:
    """NULL is seen by the rules of the database; a document comes back as it went in."""
    make_registration(session, number="AM-1", prevention={"jimOvergeslagen": "wil niet", "n": [1]})
    make_registration(session, number="AM-2")
    session.expire_all()
    told = session.scalars(select(Registration.prevention).order_by(Registration.number)).all()
    assert told == [{"jimOvergeslagen": "wil niet", "n": [1]}, None]
    assert "wil niet" not in stored(session, "registration", "prevention")[0]
    assert session.scalars(select(Registration.mentor.is_(None))).all() == [True, True]


def test_a_list_is_sealed_as_one(session: Session) -> None:
    """How many arguments there are is not seen either."""
    kind = StepMove.__table__.c.pros.type
    sealed = kind.seal(["warm", "dichtbij"], "rij")  # type: ignore[attr-defined]
    assert len(sealed) == 1
    assert kind.open(f'["{sealed[0]}"]', "rij") == ["warm", "dichtbij"]  # type: ignore[attr-defined]
    assert kind.open('["van", "voor"]', "rij") == ["van", "voor"]  # type: ignore[attr-defined]


def test_many_rows_at_once_are_each_bound_to_their_own(session: Session) -> None:
    """In bulk, in one statement of several rows, and by an UPDATE of many."""
    rows = [
        {"id": new_id(), "first_name": name, "born_on": "2020-05-01", "gender": Gender.GIRL}
        for name in ("Noor", "Lina", "Sem")
    ]
    insert_rows(session, Child, [row | {"name_digest": b"x"} for row in rows[:1]])
    session.execute(insert(Child).values([row | {"name_digest": b"x"} for row in rows[1:]]))
    names = select(Child.first_name).order_by(Child.id)
    assert session.scalars(names).all() == ["Noor", "Lina", "Sem"]
    session.execute(update(Child), [{"id": row["id"], "first_name": "Jip"} for row in rows[:2]])
    update_rows(session, Child, [{"id": rows[2]["id"], "first_name": "Bo"}], raise_version=False)
    session.execute(update(Child).where(Child.id == rows[0]["id"]).values(first_name="Mo"))
    session.expire_all()
    assert session.scalars(names).all() == ["Mo", "Jip", "Bo"]


def test_texts_of_two_rows_cannot_be_swapped(session: Session) -> None:
    """Nor those of two columns of one row: what is sealed for one opens as no other."""
    for number in ("AM-1", "AM-2"):
        make_registration(session, number=number, child_voice=f"van {number}")
    swap = "UPDATE registration a SET child_voice = b.child_voice FROM registration b"
    swap += " WHERE a.id <> b.id"
    session.execute(text(swap))
    session.expire_all()
    with pytest.raises(SealBroken, match=r"registration\.child_voice, sleutelversie 1"):
        session.scalars(select(Registration.child_voice)).all()
    session.execute(text("UPDATE registration SET mentor = staying_now"))
    with pytest.raises(SealBroken):
        session.scalars(select(Registration.mentor)).all()


def test_what_cannot_be_compared_or_bound_is_refused_aloud(session: Session) -> None:
    """A condition on a sealed text would find nothing, in silence."""
    family = make_family(session, reference="S-1")
    for wrong in (
        select(Child.id).where(Child.first_name == "Noor"),
        select(func.coalesce(Child.first_name, "")),
        select(select(Child.first_name).limit(1).scalar_subquery()),
    ):
        with pytest.raises(InvalidRequestError, match=r"child\.first_name is sealed"):
            session.execute(wrong)
    with pytest.raises(InvalidRequestError, match=r"family\.name is sealed"):
        session.execute(update(family.__class__).values(name="x"))


def test_the_database_refuses_plain_text(session: Session) -> None:
    """Whoever writes past the service writes it sealed, or not at all."""
    make_registration(session, number="AM-1")
    for change in (
        "UPDATE child SET first_name = 'Noor'",
        "UPDATE child SET name_digest = NULL",
        "UPDATE registration SET prevention = '{\"a\": 1}'",
    ):
        with pytest.raises(IntegrityError, match="_sealed"), session.begin_nested():
            session.execute(text(change))


def test_plain_text_is_read_only_until_all_is_sealed(
    session: Session, reads_no_plain: None
) -> None:
    """Afterwards a text that somebody put there in the open is no text of ours."""
    kind = Registration.__table__.c.child_voice.type
    with pytest.raises(SealBroken):
        kind.open("zomaar tekst", "rij")  # type: ignore[attr-defined]
    refuse_plain(refuse=False)
    assert kind.open("zomaar tekst", "rij") == "zomaar tekst"  # type: ignore[attr-defined]
    assert session.scalar(select(literal(1))) == 1
