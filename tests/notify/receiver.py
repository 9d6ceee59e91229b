"""A subscriber: a real HTTP server in a thread, that answers what a test tells it to."""

import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from time import sleep
from typing import Any


@dataclass
class Received:
    """One message as it came in."""

    headers: dict[str, str]
    body: bytes


@dataclass
class Receiver:
    """What came in, and what to answer next: statuses in turn, then 204."""

    url: str = ""
    statuses: list[int] = field(default_factory=list)
    received: list[Received] = field(default_factory=list)
    location: str | None = None
    retry_after: str | None = None
    drips: bool = False
    pause: float = 0.0

    def ids(self) -> list[str]:
        """Return the id of each message, in the order of coming in."""
        return [message.headers["webhook-id"] for message in self.received]


@contextmanager
def open_receiver(tls: ssl.SSLContext | None = None) -> Iterator[Receiver]:
    """Open a receiver on a free port of this machine; tls: with a certificate, for https."""
    receiver = Receiver()
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(receiver))
    if tls is not None:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    scheme = "https" if tls else "http"
    receiver.url = f"{scheme}://127.0.0.1:{server.server_port}/pleegzorg"
    thread = Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield receiver
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def _handler(receiver: Receiver) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            headers = {name.lower(): value for name, value in self.headers.items()}
            receiver.received.append(Received(headers, body))
            sleep(receiver.pause)
            if receiver.drips:
                self._drip()
                return
            self.send_response(receiver.statuses.pop(0) if receiver.statuses else 204)
            if receiver.retry_after:
                self.send_header("Retry-After", receiver.retry_after)
            if receiver.location:
                self.send_header("Location", receiver.location)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def _drip(self) -> None:
            # Never idle for long, and never done.
            self.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
            try:
                while receiver.drips:
                    self.wfile.write(b"a")
                    self.wfile.flush()
            except OSError:
                self.close_connection = True

        def log_message(self, *_: Any) -> None:
            pass

    return Handler
