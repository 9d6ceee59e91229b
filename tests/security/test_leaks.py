"""Names, BSNs and typed texts through every route, command and job: nowhere they may not be.

What is asked is made from the contract, so a new route is asked too; where nothing may be is a list
in `places.py`.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import URL, create_engine
from sqlalchemy.orm import Session
from typer.testing import CliRunner

from app.audit.keys import load_seal_key
from app.audit.noted import Noted, note
from app.audit.sealing import seal_lines
from app.cli.main import build_app
from app.db.opened import Database, open_database
from app.db.roles import WORKER
from app.db.session import session_for
from app.http import deps
from app.intake.example import EXAMPLE
from app.jobs import make_queue, queue_job
from app.kernel.actor import SYSTEM, ActorRole
from app.log.events import Event
from app.log.write import configure_logs, log
from app.main import create_app
from app.security.access import load_access
from app.settings import Settings, load_settings
from app.worker import run_worker
from tests.databases import copied
from tests.doors import OpenGate, signed_in
from tests.security.bodies import body_for
from tests.security.marked import BSN_MARK, KEY, MARK, spoilt
from tests.security.places import PLACES, Seen
from tests.security.test_matrix import METHODS, ROUTES, address
from tests.security.world import OWN, make_world, tell_world
from tests.telemetry.lines import logged

# So many operations must have done their work at least once; else little was tried at all.
LEAST_DONE = 90


@pytest.fixture(scope="module")
def database(settings: Settings, reference: URL) -> Iterator[Database]:
    """A database of its own with the world of the matrix, committed."""
    with copied(settings, reference) as opened:
        yield opened


@pytest.fixture
def seen(database: Database) -> Iterator[Seen]:
    owner = create_engine(database.url)
    with logged(database, load_settings()) as spans:
        yield Seen(owner, load_settings(), spans=spans)
    owner.dispose()


def service(database: Database) -> tuple[TestClient, FastAPI]:
    """The whole service, behind a gate that believes what it is told."""
    app = create_app(database)
    v1: FastAPI = next(r.app for r in app.routes if getattr(r, "path", "") == "/v1")  # type: ignore[attr-defined]
    v1.state.gate = OpenGate(v1.state.sessions)
    return TestClient(app, raise_server_exceptions=False), v1


def ask(client: TestClient, seen: Seen, method: str, url: str, **given: Any) -> int:
    answer = client.request(method, url, **given)
    if answer.status_code >= 400:
        seen.problems.append(f"{answer.text} {dict(answer.headers)}")
    return int(answer.status_code)


def through(client: TestClient, seen: Seen, things: dict[str, str], route: Any) -> Iterator[int]:
    """Ask one operation in every wrong way, and then in the right one."""
    method, path, operation = route
    roles = sorted(load_access().roles_for(operation)) or [ActorRole.COORDINATOR]
    url = address(path, things)
    body = body_for(method, path, operation)
    for role in roles[:1]:
        headers = signed_in(role, OWN.get(role, ""))
        marked = {**headers, "If-Match": f'"{MARK}"', "Idempotency-Key": f"{MARK}{BSN_MARK}"}
        yield ask(
            client, seen, method, f"{url}?{quote(KEY)}={BSN_MARK}&cursor={MARK}", headers=headers
        )
        lost = address(path, dict.fromkeys(things, f"{MARK}{BSN_MARK}"))
        yield ask(client, seen, method, lost, headers=headers, json=body)
        for wrong in spoilt(body) if body is not None else ():
            yield ask(client, seen, method, url, headers=marked, json=wrong)
        if body is not None:
            torn = f'{{"voornaam": "{MARK} {BSN_MARK}"'
            as_json = {**headers, "Content-Type": "application/json"}
            yield ask(client, seen, method, url, headers=as_json, content=torn)
        version = client.get(url, headers=headers).headers.get("etag") if body is not None else None
        right = {**headers, **({"If-Match": version} if version else {})}
        yield ask(client, seen, method, url, headers=right, json=body)


def test_nothing_comes_out_by_any_route(
    database: Database,
    seen: Seen,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Not in logs, error answers, the log of who saw what, jobs, events or mail."""
    configure_logs()
    client, _ = service(database)
    with session_for(database.sessions, SYSTEM) as session:
        world = make_world(session)
    tell_world(client, world)
    routes = sorted(ROUTES, key=lambda route: METHODS.index(route[0]) == METHODS.index("delete"))
    done = {
        route[2]: Counter(status // 100 for status in through(client, seen, world.own, route))
        for route in routes
    }
    assert sum(1 for found in done.values() if found[2]) >= LEAST_DONE, done
    assert not [operation for operation, found in done.items() if found[5]]
    _break_every_commit(monkeypatch)
    for route in routes:
        fail_by_force(client, seen, world.own, route)
    monkeypatch.undo()
    seen.stderr.append(capsys.readouterr().err)
    assert any("request_failed" in told for told in seen.stderr)
    assert_none(seen)


def assert_none(seen: Seen) -> None:
    """Where there is any, say which, each once."""
    found = sorted({(place, near) for place, _, near in seen.leaks()})
    assert not found, "\n".join(f"{place}: {near}" for place, near in found[:30])


def _break_every_commit(patch: pytest.MonkeyPatch) -> None:
    """Let work break at its end, with an error whose text holds a name."""

    def broken(session: Session, *_: Any) -> None:
        session.close()  # as the real one does
        raise RuntimeError(f"{MARK} {BSN_MARK}")

    patch.setattr(deps, "_commit", broken)


def fail_by_force(client: TestClient, seen: Seen, things: dict[str, str], route: Any) -> None:
    method, path, operation = route
    for role in sorted(load_access().roles_for(operation))[:1]:
        headers = signed_in(role, OWN.get(role, ""))
        body = body_for(method, path, operation)
        ask(client, seen, method, address(path, things), headers=headers, json=body)


def test_nothing_comes_out_by_commands_and_jobs(
    database: Database, seen: Seen, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """Files with names, BSNs and texts, also in rows that are refused; then a worker."""
    good = {**EXAMPLE, "aanmeldnummer": "AM-MERK-2", "voornaam": f"{MARK}b", "bsn": None}
    wrong = {**good, "aanmeldnummer": "AM-MERK-3", "geboortedatum": MARK, MARK: BSN_MARK}
    lines = "\n".join(map(json.dumps, (good, wrong)))
    file = tmp_path / "aanmeldingen.jsonl"
    file.write_text(f"{lines}\n{MARK} {BSN_MARK} is geen JSON\n", "utf-8")
    families = tmp_path / "spirit.csv"
    families.write_text(f"Gezinsnummer;Achternaam\nSPI-7;{MARK}\n", "utf-8")
    url = database.url.render_as_string(hide_password=False)
    told = []
    for words in (
        ["intake", str(file)],
        ["sync", "spirit", str(families)],
        ["historie", str(file)],
    ):
        outcome = CliRunner().invoke(build_app(words[0]), [*words, "--database-url", url])
        told.append(outcome.output)
    assert "geweigerd" in told[0]
    seen.problems += told
    client, _ = service(database)
    for name, path in (("aanmeldingen", file), ("pleeggezinnen", families)):
        query = f"soort={name}&bestandsnaam={MARK}.csv&aanbieder=spirit"
        headers = {**signed_in("aanmeldpunt"), "Content-Type": "application/octet-stream"}
        given = {"headers": headers, "content": path.read_bytes()}
        ask(client, seen, "post", f"/v1/imports?{query}", **given)
    with open_database(load_settings(), url=url, role=WORKER) as worker:
        run_worker(worker, wait=False)
        seal_lines(worker.sessions, load_seal_key(load_settings()))
    seen.stderr.append(capsys.readouterr().err)
    assert "worker_started" in seen.stderr[-1]
    assert_none(seen)


def _in_log(seen: Seen, capsys: pytest.CaptureFixture[str], database: Database) -> None:
    log(Event.RUN_STARTED, run_id=f"van {MARK}")
    seen.stderr.append(capsys.readouterr().err)


def _in_answer(seen: Seen, _: Any, database: Database) -> None:
    client, v1 = service(database)
    v1.get("/stuk/{wie}", operation_id="leesGezondheid")(_repeating)
    ask(client, seen, "get", f"/v1/stuk/{MARK}")


def _repeating(wie: str) -> None:
    from app.kernel.errors import InputRefused

    raise InputRefused(f"wie: {wie} is niet bekend.")


def _in_lines(seen: Seen, _: Any, database: Database) -> None:
    with session_for(database.sessions, SYSTEM) as session:
        note(session, Noted("leesKind", "kind", BSN_MARK, None), SYSTEM)


def _in_job(seen: Seen, _: Any, database: Database) -> None:
    with session_for(database.sessions, SYSTEM) as session:
        queue_job(make_queue(""), session, "voor-niemand", naam=MARK)


@pytest.mark.parametrize(
    "put_in",
    [
        ("standaardfout", _in_log),
        ("foutantwoorden", _in_answer),
        ("logboek", _in_lines),
        ("taken", _in_job),
    ],
)
def test_a_mark_that_is_somewhere_is_found(
    settings: Settings,
    reference: URL,
    capsys: pytest.CaptureFixture[str],
    put_in: tuple[str, Callable[..., None]],
) -> None:
    """The search has teeth: put one in, and it names the place."""
    place, put = put_in
    configure_logs()
    with copied(settings, reference) as opened:
        owner = create_engine(opened.url)
        found = Seen(owner, settings.model_copy(update={"data_folder": Path("/bestaat/niet")}))
        assert found.leaks() == []
        put(found, capsys, opened)
        assert {where for where, _, _ in found.leaks()} == {place}
        owner.dispose()
    assert place in PLACES
