"""Errors of the database say what is wrong, and never whose data were in the row."""

import psycopg
import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from app.db.opened import parse_url
from app.db.session import make_engine
from app.kernel.errors import NotReady
from app.settings import Settings
from tests.rows import make_family, make_registration


def all_texts(error: BaseException | None) -> str:
    texts = []
    while error is not None:
        texts += [str(error), repr(error)]
        error = error.__cause__ or error.__context__
    return "\n".join(texts)


def test_a_refused_row_stays_out_of_the_error(session: Session) -> None:
    """PostgreSQL adds "Failing row contains (...)": that is a family's name, address and all."""
    with pytest.raises(DBAPIError) as caught:
        make_family(session, reference="SPI-1", name="Van Geheim", max_siblings=0)
    assert "ck_family_max_siblings" in str(caught.value)
    assert "Geheim" not in all_texts(caught.value)


def test_a_doubled_key_stays_out_of_the_error(session: Session) -> None:
    """PostgreSQL adds "Key (number)=(...) already exists"."""
    make_registration(session, number="AM-GEHEIM")
    with pytest.raises(DBAPIError) as caught:
        make_registration(session, number="AM-GEHEIM")
    assert "uq_registration_number" in str(caught.value)
    assert "GEHEIM" not in all_texts(caught.value)


def test_a_value_of_the_wrong_type_stays_out_of_the_error(session: Session) -> None:
    """PostgreSQL quotes the value itself: invalid input syntax for type integer."""
    with pytest.raises(DBAPIError) as caught:
        session.execute(text("SELECT CAST(:value AS integer)"), {"value": "Geheim"})
    assert "Geheim" not in all_texts(caught.value)
    assert isinstance(caught.value.orig, psycopg.errors.InvalidTextRepresentation)


@pytest.mark.parametrize(
    "url", ["postgresql://u:geheim@h:abc/x", "geheim", "mysql://u:geheim@h/x", ""]
)
def test_a_wrong_url_is_one_sentence_without_the_password(url: str) -> None:
    """The URL is not repeated, whatever is wrong with it."""
    with pytest.raises(NotReady, match="postgresql://") as caught:
        parse_url(url)
    assert "geheim" not in str(caught.value)


def test_a_login_that_may_not_work_as_the_application_is_told_so(
    session: Session, settings: Settings
) -> None:
    """One sentence with what the administrator must do, not the driver's traceback."""
    engine = make_engine(session.get_bind().engine.url, role="bestaat_niet")
    with pytest.raises(NotReady, match="GRANT bestaat_niet TO"):
        engine.connect()
    engine.dispose()
