"""Every evening by itself: the crisis list as a file to print, and the older ones gone."""

import os
from datetime import datetime
from pathlib import Path

from app.crisis.paper import page
from app.crisis.views import show_list
from app.db.session import SessionMaker, session_for
from app.kernel.actor import SYSTEM
from app.kernel.clock import AMSTERDAM, now
from app.log.events import Event
from app.log.write import log

FROM_HOUR = 17  # in Amsterdam: before whoever is on duty at night begins
KEPT = 2  # this evening's, and the one before while the new one is printed
_PREFIX = "crisislijst-"


def write_by_night(sessions: SessionMaker, folder: Path, at: datetime | None = None) -> Path | None:
    """Write this evening's list once, for its owner alone; return it, or None when not now.

    Names and numbers of families stand in it, so only the newest are kept. Two workers write the
    same file, whole. A folder where nothing can be written is told in the log: work goes on.
    """
    here = (at or now()).astimezone(AMSTERDAM)
    out = folder / f"{_PREFIX}{here.date()}.html"
    if here.hour < FROM_HOUR or out.exists():
        return None
    with session_for(sessions, SYSTEM) as session:
        listed = show_list(session)
    try:
        _write(out, page(listed))
        for old in sorted(folder.glob(f"{_PREFIX}*.html"))[:-KEPT]:
            old.unlink(missing_ok=True)
    except OSError as error:
        log(Event.CRISIS_LIST_FAILED, error=type(error).__name__)
        return None
    log(Event.CRISIS_LIST_WRITTEN, homes=len(listed.homes))
    return out


def _write(out: Path, text: str) -> None:
    part = out.with_name(f"{out.name}.{os.getpid()}.deel")
    part.unlink(missing_ok=True)
    opened = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(opened, "w", encoding="utf-8") as file:
            file.write(text)
        part.replace(out)
    except OSError:
        part.unlink(missing_ok=True)
        raise
