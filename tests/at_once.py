"""Things that people do at the same moment, each on a connection of its own."""

import threading
from collections.abc import Callable

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.db.opened import Database
from app.db.session import session_for
from app.kernel.actor import Actor, ActorRole
from app.kernel.errors import Conflict

Work = Callable[[Session, Actor], object]


def at_once(database: Database, *works: Work) -> list[str]:
    """Let each work go in a thread and a transaction of its own; return how each ended, sorted."""
    start, ends = threading.Barrier(len(works)), []

    def perform(work: Work, number: int) -> None:
        actor = Actor(name=f"coordinator {number}", role=ActorRole.COORDINATOR)
        try:
            with session_for(database.sessions, actor) as session:
                session.execute(select(1))
                start.wait(timeout=60)
                work(session, actor)
            ends.append("gelukt")
        except Conflict:
            ends.append("geweigerd")
        except Exception as error:  # noqa: BLE001  (a thread's error would be lost)
            ends.append(repr(error))

    threads = [threading.Thread(target=perform, args=(w, n)) for n, w in enumerate(works)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)
    return sorted(ends)
