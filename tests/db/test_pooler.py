"""Behind PgBouncer connections change hands: nothing may be left on one for whoever comes next."""

import pytest
from sqlalchemy import text

from app.db.opened import Database, open_database, require_humble
from app.db.roles import APPLICATION
from app.db.session import make_engine
from app.kernel.errors import NotReady
from app.settings import Settings


def test_the_login_must_be_the_role_itself(database: Database) -> None:
    """A role that was taken stays with the connection, or is lost with it."""
    behind = Settings(DATABASE_URL=None, behind_pgbouncer=True)
    url = database.url.render_as_string(hide_password=False)
    with pytest.raises(NotReady, match="PgBouncer"), open_database(behind, url=url):
        pass
    own = database.url.set(username=APPLICATION).render_as_string(hide_password=False)
    with open_database(behind, url=own) as opened, opened.sessions() as session:
        assert session.scalar(text("SELECT current_user")) == APPLICATION


@pytest.mark.parametrize("prepares", [True, False])
def test_no_statement_is_prepared_on_it(database: Database, *, prepares: bool) -> None:
    """psycopg prepares what it has run five times; another one would run it by the same name."""
    engine = make_engine(database.url, role=APPLICATION, prepares=prepares)
    with engine.connect() as connection:
        for _ in range(8):
            connection.execute(text("SELECT 1 AS gevraagd"))
        found = connection.scalar(text("SELECT count(*) FROM pg_prepared_statements"))
    engine.dispose()
    assert bool(found) is prepares


def test_in_earnest_a_superuser_does_not_serve(database: Database) -> None:
    """What the service takes off it could be put on again by whoever runs SQL of his own."""
    earnest = Settings(
        environment="productie", bsn_key="AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
        DATABASE_URL="postgresql://x", issuer="https://uitgever.example", clients="toegang.toml",
        audit_key="AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
    )  # fmt: skip
    with pytest.raises(NotReady, match="superuser"):
        require_humble(database, earnest)
    own = database.url.set(username=APPLICATION).render_as_string(hide_password=False)
    with open_database(Settings(DATABASE_URL=None), url=own) as opened:
        require_humble(opened, earnest)
