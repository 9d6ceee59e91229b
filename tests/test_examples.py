"""The examples beside the contract are really sent, to the service as it really runs."""

import re
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from app.kernel.clock import today_in_amsterdam
from app.settings import Settings
from tools.fuzz import load_and_match
from tools.http_files import UnexpectedAnswer, read_requests, send_file
from tools.live import Service, run_service
from tools.openapi import CONTRACT

EXAMPLES = sorted((CONTRACT.parent / "examples").glob("*.http"))


@pytest.fixture(scope="module")
def service(settings: Settings) -> Iterator[Service]:
    """The example region is loaded; a worker runs beside the service."""
    with run_service(settings, options=("--with-worker",)) as running:
        load_and_match(running.database)
        yield running


@pytest.mark.soak
@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_every_example_answers_what_it_says(service: Service, path: Path) -> None:
    """Every request of the file comes back with the status that stands beside it."""
    titles = send_file(path, service.address)
    assert titles == [request.title for request in read_requests(path.read_text("utf-8"))]
    assert len(titles) >= 4


class _NotThere(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_error(404, self.path)

    def log_message(self, *_: object) -> None:
        """Stay quiet."""


@pytest.fixture
def empty_service() -> Iterator[str]:
    """A service that has nothing at all."""
    with ThreadingHTTPServer(("127.0.0.1", 0), _NotThere) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def test_another_answer_is_told(empty_service: str, tmp_path: Path) -> None:
    """An example that no longer holds fails, with its title and the status that came."""
    path = tmp_path / "fout.http"
    path.write_text("### Bestaat niet\nGET {{host}}/v1/bestaat-niet\n", encoding="utf-8")
    with pytest.raises(UnexpectedAnswer, match=r"fout\.http, Bestaat niet: 404 instead of 200"):
        send_file(path, empty_service)


def test_a_file_of_requests_is_read() -> None:
    """Title, head, body, and our three comments."""
    ours = "# @verwacht 201\n# @bewaar x = json a.0\n# @totdat s = p|q\n"
    text = f"@a = 1\n### T\n{ours}POST u\nA: b\n\n{{}}\n"
    (request,) = read_requests(text)
    assert (request.title, request.head, request.body) == ("T", "POST u\nA: b", "{}")
    assert (request.expected, request.kept) == (201, (("x", True, "a.0"),))
    assert request.until == ("s", frozenset({"p", "q"}))


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_no_example_grows_old(path: Path) -> None:
    """Days that rules compare with today are written from today; else an example ends one day."""
    lines = path.read_text("utf-8").splitlines()
    dated = [line for line in lines if re.search(r'"(?!per|peildatum)\w+": "\d{4}-\d\d-\d\d', line)]
    assert dated == []


def test_days_are_told_from_today(empty_service: str, tmp_path: Path) -> None:
    """A day before and years before; the address of the request shows what came of it."""
    path = tmp_path / "dagen.http"
    days = "{{$localDatetime 'YYYY-MM-DD' -1 d}}/{{$localDatetime 'YYYY-MM-DD' -6 y}}"
    path.write_text(f"### Dagen\nGET {{{{host}}}}/{days}\n", encoding="utf-8")
    today = today_in_amsterdam()
    with pytest.raises(UnexpectedAnswer, match=f"/{today - timedelta(days=1)}/{today.year - 6}-"):
        send_file(path, empty_service)
