"""A request, the jobs that it queues and the webhooks that these send are one trace."""

import json
from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import text

from app.db.opened import Database
from app.db.session import session_for
from app.kernel.actor import SYSTEM, ActorRole
from app.log.write import configure_logs
from app.main import create_app
from app.settings import Settings
from tests.databases import work_off
from tests.notify.receiver import open_receiver
from tests.notify.subscribing import subscribe_to
from tests.signing import bearer
from tests.telemetry.lines import PARENT, TRACE, logged


@pytest.fixture
def client(loaded_region: Database) -> Iterator[TestClient]:
    with TestClient(create_app(loaded_region), headers=bearer()) as opened:
        yield opened


def a_family(database: Database) -> str:
    with session_for(database.sessions, SYSTEM) as session:
        return str(
            session.scalar(
                text(
                    "SELECT p.code || '/' || f.reference FROM family f JOIN provider p"
                    " ON p.id = f.provider_id WHERE p.code = 'spirit'"
                    " AND f.status = 'actief' ORDER BY f.reference LIMIT 1"
                )
            )
        )


def test_from_request_to_webhook(
    client: TestClient, loaded_region: Database, settings: Settings,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    """Who calls, the request, its job and the message: one trace, each below the one before."""
    configure_logs()
    path = f"/v1/pleeggezinnen/{a_family(loaded_region)}/_bevestig"
    with open_receiver() as receiver, logged(loaded_region, settings) as log:
        subscribe_to(loaded_region, receiver, settings)
        headers = bearer(ActorRole.MATCHER, organisation="spirit")
        etag = client.get(path.removesuffix("/_bevestig"), headers=headers).headers["ETag"]
        answer = client.post(path, headers=headers | {"traceparent": PARENT, "If-Match": etag})
        assert answer.status_code == 200, answer.text
        work_off(loaded_region)
        asked = log.lines("bevestigPleeggezin")[0]
        job = log.lines("gebeurtenissen-afleveren")[0]
    for span in (asked, job):
        assert span.context.trace_id == TRACE
        assert span.context.trace_flags.sampled
    assert f"{asked.parent.span_id:016x}" == "2" * 16
    assert job.parent.span_id == asked.context.span_id
    told = receiver.received[-1].headers["traceparent"]
    assert told == f"00-{TRACE:032x}-{job.context.span_id:016x}-01"
    assert answer.headers["traceresponse"] == f"00-{TRACE:032x}-{asked.context.span_id:016x}-01"
    events = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    mine = [line for line in events if line.get("route", "").endswith("_bevestig")]
    assert [line["trace_id"] for line in mine] == ["1" * 32]


def test_a_run_and_its_job_are_one_trace(
    client: TestClient, loaded_region: Database, settings: Settings
) -> None:
    """The job tells a line for each child and family of the run, below its own."""
    with logged(loaded_region, settings) as log:
        answer = client.post("/v1/matchruns", json={"beleid": "maximaal"})
        work_off(loaded_region)
        asked = log.lines("vraagMatchrunAan")[0]
        lines = log.lines("matchrun", least=2)
    with session_for(loaded_region.sessions, SYSTEM) as session:
        children = session.scalar(text("SELECT count(*) FROM registration WHERE state = 'zoekt'"))
    job = next(line for line in lines if line.parent.span_id == asked.context.span_id)
    persons = [line for line in lines if line.parent.span_id == job.context.span_id]
    kinds = [line.attributes["dpl.core.data_subject_id_type"] for line in persons]
    assert answer.status_code == 202
    assert {line.context.trace_id for line in lines} == {asked.context.trace_id}
    assert kinds.count("urn:pleegzorg:betrokkene:kind") == children
    assert kinds.count("urn:pleegzorg:betrokkene:pleeggezin") > 0


NO_TRACE = f"00-{'0' * 32}-{'2' * 16}-01"


@pytest.mark.parametrize("bad", ["", "onzin", "00-0-0-01", NO_TRACE, f"{PARENT}, {PARENT}"])
def test_a_bad_trace_is_begun_anew(
    client: TestClient, loaded_region: Database, settings: Settings, bad: str
) -> None:
    """It does no harm, and nothing of it is taken over."""
    with logged(loaded_region, settings) as log:
        answer = client.get("/v1/kinderen?aantal=1", headers={"traceparent": bad})
        line = log.lines("lijstKinderen")[0]
    assert answer.status_code == 200
    assert line.parent is None
    assert line.context.trace_id not in (0, TRACE)


def test_a_page_and_what_it_asks_are_one_trace(
    client: TestClient, loaded_region: Database, settings: Settings
) -> None:
    """A screen asks the API in this process: below the page, and not foreign."""
    with logged(loaded_region, settings) as log:
        form = {"rol": "aanmeldpunt", "naar": "/"}
        client.post("/inloggen", data=form, follow_redirects=False)
        client.get("/wachtlijst")
        asked = log.lines("leesWachtlijst")[0]
    page = next(s for s in log.all() if s.context.span_id == asked.parent.span_id)
    assert page.context.trace_id == asked.context.trace_id
    assert page.parent is None
    assert "dpl.core.foreign_operation.processor" not in asked.attributes
