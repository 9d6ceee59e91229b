"""How many connections of this process's pool are in use."""

from sqlalchemy import Engine, event

from app.db.session import SessionMaker
from app.telemetry.catalogue import Metric
from app.telemetry.meters import set_to


def watch_pool(sessions: SessionMaker) -> None:
    """Keep the figure up to date from now on."""
    engine = sessions.kw.get("bind")
    if not isinstance(engine, Engine):
        return
    taken = [0]

    def changed(by: int) -> None:
        # Two threads at once may read one too many; the next change sets it right.
        taken[0] += by
        set_to(Metric.POOL_TAKEN, max(0, taken[0]))

    event.listen(engine, "checkout", lambda *_: changed(1))
    event.listen(engine, "checkin", lambda *_: changed(-1))
