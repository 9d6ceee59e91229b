"""Sessions of the screens: begun at signing in, found by their cookie, ended by time or by hand."""

import json
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from app.kernel.clock import now
from app.models import KeptForm, ScreenSession
from app.security.sealed import name_of, new_secret, seal, unseal

LASTS = timedelta(hours=12)  # whatever happens
IDLE = timedelta(minutes=30)
# For how long after its end a session may still leave a form behind.
_REMEMBERED = timedelta(hours=12)
_FORM_LASTS = timedelta(hours=1)
_NOTED_EVERY = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Tokens:
    """What a session acts with; expires: seconds since 1970. id_token: to sign out with.

    subject: whose they are, once that is known.
    """

    access: str
    expires: float
    subject: str = ""
    refresh: str | None = None
    id_token: str | None = None


@dataclass(frozen=True, slots=True)
class Unsent:
    """A form that could not be handled: where it was meant for, what it held, whose it was."""

    path: str
    fields: list[tuple[str, str]]
    maker: str


def begin(session: Session, tokens: Tokens) -> str:
    """Begin a session and return the secret for its cookie; the old ones go first."""
    forget_old(session)
    secret, moment = new_secret(), now()
    session.add(
        ScreenSession(
            key_hash=name_of(secret),
            sealed=_sealed(secret, tokens),
            seen_at=moment,
            ends_at=moment + LASTS,
        )
    )
    return secret


def find(session: Session, secret: str) -> Tokens | None:
    """Return the tokens of a session that still goes on, and note that it was used."""
    row = _row(session, secret)
    if row is None or not _goes_on(row, now()):
        return None
    opened = unseal(secret, row.sealed)
    if opened is None:
        return None
    if now() - row.seen_at > _NOTED_EVERY:
        _change(session, row, seen_at=now())
    return Tokens(**json.loads(opened))


def renew(session: Session, secret: str, tokens: Tokens) -> None:
    """Keep the tokens that came in the place of the old ones."""
    row = _row(session, secret)
    if row is not None:
        _change(session, row, sealed=_sealed(secret, tokens))


def end(session: Session, secret: str) -> None:
    """End a session for good."""
    session.execute(delete(ScreenSession).where(ScreenSession.key_hash == name_of(secret)))


def keep_form(session: Session, unsent: Unsent) -> str:
    """Keep a form for who comes back; return a secret for a cookie of its own."""
    secret = new_secret()
    content = json.dumps(asdict(unsent)).encode()
    ends = now() + _FORM_LASTS
    session.add(KeptForm(key_hash=name_of(secret), sealed=seal(secret, content), ends_at=ends))
    return secret


def maker_of(session: Session, ended: str) -> str | None:
    """Return who was signed in in a session that has ended."""
    row = _row(session, ended)
    opened = unseal(ended, row.sealed) if row is not None else None
    return json.loads(opened)["subject"] or None if opened is not None else None


def find_form(session: Session, secret: str) -> Unsent | None:
    """Return a form that was kept."""
    row = session.scalar(select(KeptForm).where(KeptForm.key_hash == name_of(secret)))
    opened = unseal(secret, row.sealed) if row is not None and row.ends_at > now() else None
    if opened is None:
        return None
    given = json.loads(opened)
    return Unsent(given["path"], [(k, v) for k, v in given["fields"]], given["maker"])


def drop_form(session: Session, secret: str) -> None:
    """Forget a form that was kept."""
    session.execute(delete(KeptForm).where(KeptForm.key_hash == name_of(secret)))


def forget_old(session: Session) -> None:
    """Delete what ended long enough ago."""
    session.execute(delete(ScreenSession).where(ScreenSession.ends_at < now() - _REMEMBERED))
    session.execute(delete(KeptForm).where(KeptForm.ends_at < now()))


def _row(session: Session, secret: str) -> ScreenSession | None:
    return session.scalar(select(ScreenSession).where(ScreenSession.key_hash == name_of(secret)))


def _goes_on(row: ScreenSession, moment: datetime) -> bool:
    return row.ends_at > moment and row.seen_at + IDLE > moment


def _sealed(secret: str, tokens: Tokens) -> bytes:
    return seal(secret, json.dumps(asdict(tokens)).encode())


def _change(session: Session, row: ScreenSession, **values: object) -> None:
    # Past the unit of work: two pages of one browser that note it at once do not matter.
    session.execute(update(ScreenSession).where(ScreenSession.id == row.id).values(**values))
