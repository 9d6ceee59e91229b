"""What `pleegzorg audit` does: with the worker's role, which may read the log and seal it."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from app.audit.exporting import export_csv, export_jsonl
from app.audit.keys import key_id, known_keys, load_seal_key
from app.audit.noted import COMMAND_CLIENT, note_work
from app.audit.sealing import seal_lines
from app.audit.seals import newest_seal
from app.audit.verifying import Verified, note_check, verify_chain
from app.cli.audit import TOLD_FORM
from app.cli.console import ERR, OUT
from app.cli.who import who_commands
from app.cli.written import require_writable, write_parts
from app.db.opened import Database, open_database
from app.db.roles import WORKER
from app.db.session import session_for
from app.kernel.actor import SYSTEM
from app.kernel.clock import now
from app.kernel.errors import InputRefused
from app.log.write import configure_logs
from app.settings import load_settings

WHOLE, BROKEN, TOO_OLD = 0, 1, 3
_TOLD = re.compile(r"([1-9][0-9]{0,17}):([0-9a-f]{64})")
_KINDS = {".csv": export_csv, ".jsonl": export_jsonl}


@contextmanager
def _opened(url: str | None) -> Iterator[Database]:
    with open_database(load_settings(), url=url, role=WORKER) as database:
        yield database


def seal_now(url: str | None) -> None:
    """Seal, and print the last seal and the public key."""
    settings = load_settings()
    configure_logs()
    with _opened(url) as database:
        with session_for(database.sessions, SYSTEM) as session:
            note_work(session, "verzegelLogboek", client=COMMAND_CLIENT, actor=who_commands())
        key = load_seal_key(settings)
        done = seal_lines(database.sessions, key, patience=10)
        with session_for(database.sessions, SYSTEM) as session:
            last = newest_seal(session)
    OUT.print(f"{done.lines} regels verzegeld met {done.seals} zegels.")
    if done.is_behind:
        ERR.print("Er wordt nog geschreven: de rest volgt bij de volgende keer.")
    if last is not None:
        OUT.print(f"Laatste zegel: {last.number}:{last.digest}", soft_wrap=True)
    OUT.print(f"Openbare sleutel {key_id(key.public)}: {_base64(key.public)}", soft_wrap=True)


def verify_now(url: str | None, *, told: str | None, most_minutes: int) -> int:
    """Verify, print what was seen, and return the exit code."""
    kept = _told(told)
    with _opened(url) as database:
        with session_for(database.sessions, SYSTEM) as session:
            found = verify_chain(session, known_keys(load_settings()), told=kept)
        with session_for(database.sessions, SYSTEM) as session:
            note_check(session, found)
            note_work(session, "controleerLogboek", client=COMMAND_CLIENT, actor=who_commands())
    _print(found)
    if found.broken is not None:
        return BROKEN
    limit = now() - timedelta(minutes=most_minutes)
    if found.oldest is not None and found.oldest < limit:
        ERR.print(f"De oudste onverzegelde regel is ouder dan {most_minutes} minuten: kijk of er "
                  "een worker draait.", soft_wrap=True)  # fmt: skip
        return TOO_OLD
    return WHOLE


def export_now(url: str | None, out: Path) -> None:
    """Write the whole log; that it was taken along stands in it as well."""
    if out.suffix not in _KINDS:
        raise InputRefused(f"--out: {out.name} eindigt niet op .csv of .jsonl.")
    require_writable(out)
    with _opened(url) as database:
        # First: an export that cannot be noted is not made.
        with session_for(database.sessions, SYSTEM) as session:
            note_work(
                session, "exporteerLogboekOpOpdracht", client=COMMAND_CLIENT, actor=who_commands()
            )
        with session_for(database.sessions, SYSTEM) as session:
            parts = write_parts(out, _KINDS[out.suffix](session), mode=0o600)
    ERR.print(f"{parts} regels staan in {out}.")


def _told(text: str | None) -> tuple[int, str] | None:
    if text is None:
        return None
    found = _TOLD.fullmatch(text.strip())
    if found is None:
        raise InputRefused(f"--laatste-zegel: schrijf het zoals `audit seal` het gaf, {TOLD_FORM}.")
    return int(found[1]), found[2]


def _print(found: Verified) -> None:
    if found.broken is None:
        OUT.print(f"De keten is heel: {found.seals} zegels, {found.lines} regels.")
        if found.forgotten:
            OUT.print(f"Van {found.forgotten} zegels zijn de regels na vijf jaar vergeten.")
    else:
        broken = found.broken
        line = f", regel {broken.line}" if broken.line is not None else ""
        ERR.print(f"[bold red]De keten is gebroken[/] bij zegel {broken.seal}{line}: {broken.why}.",
                  soft_wrap=True)  # fmt: skip
        OUT.print(f"Daarvoor: {found.seals} zegels en {found.lines} regels heel.")
    if found.last is not None:
        OUT.print(f"Laatste hele zegel: {found.last[0]}:{found.last[1]}", soft_wrap=True)
    if found.broken is None:
        oldest = found.oldest
        age = f", de oudste {int((now() - oldest).total_seconds())} s" if oldest else ""
        OUT.print(f"Nog niet verzegeld: {found.unsealed} regels{age}.")


def _base64(public: bytes) -> str:
    from base64 import b64encode

    return b64encode(public).decode()
