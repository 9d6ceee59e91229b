"""Past what a referrer may see and write, for one question or one act; the rest is its own work.

A number or a BSN may be taken by a child that it must not see, and brothers and sisters may be
registered by others. What it writes of its registration goes under its own name: the database
refuses that of another (ADR 0060).
"""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.orm import Session

from app.db.session import as_system
from app.kernel.actor import Actor, ActorRole


@contextmanager
def past_own(session: Session) -> Iterator[None]:
    """Let what is inside meet the rows of everybody where a referrer asks; never one in another.

    To hold as little as can be: no registration is written in it, but that its child's placement is
    secret (`write.set_secrecy`).
    """
    actor: Actor | None = session.info.get("actor")
    if actor is None or actor.role is not ActorRole.REFERRER:
        yield
        return
    session.flush()  # what waits to be written is the referrer's own
    with as_system(session):
        yield
