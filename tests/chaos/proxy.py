"""A TCP proxy between api and database, that cuts, keeps silent or is slow when a test says so."""

import socket
import struct
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from threading import Event, Thread
from time import sleep

# Closed with what was not sent thrown away: the other end sees a reset, as of a cable pulled out.
_RESET = struct.pack("ii", 1, 0)
_AT_ONCE = 65_536


@dataclass(slots=True)
class Proxy:
    """Where it listens, and how the network is now.

    when: a question asked of each piece on its way to the database; once it says yes, everything
    is cut: after the piece has arrived, or before where `loses` is set.
    """

    port: int
    target: int
    delay: float = 0.0
    loses: bool = False
    when: Callable[[bytes], bool] | None = None
    _speaks: Event = field(default_factory=Event)
    _open: list[socket.socket] = field(default_factory=list)
    _is_cut: bool = False

    def cut(self) -> None:
        """Break every connection, and take no new one."""
        self._is_cut = True
        for one in self._open:
            with suppress(OSError):
                one.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
                one.shutdown(socket.SHUT_RDWR)
        self._open.clear()

    def silence(self) -> None:
        """Take everything and pass nothing on, and say nothing of it."""
        self._speaks.clear()

    def mend(self) -> None:
        """Let the network be whole again."""
        self._is_cut, self.when, self.delay, self.loses = False, None, 0.0, False
        self._speaks.set()

    def serve(self, listener: socket.socket) -> None:
        """Take connections until the listener is closed."""
        while True:
            try:
                client, _ = listener.accept()
            except OSError:
                return
            if self._is_cut:
                client.close()
                continue
            server = socket.create_connection(("127.0.0.1", self.target))
            self._open += [client, server]
            for source, sink, is_asking in ((client, server, True), (server, client, False)):
                Thread(target=self._pump, args=(source, sink), kwargs={"asks": is_asking},
                       daemon=True).start()  # fmt: skip

    def _pump(self, source: socket.socket, sink: socket.socket, *, asks: bool) -> None:
        with suppress(OSError):
            while piece := source.recv(_AT_ONCE):
                self._speaks.wait()
                sleep(self.delay)
                ends = asks and self.when is not None and self.when(piece)
                if ends:
                    self._speaks.clear()  # whatever is answered goes nowhere
                if not (ends and self.loses):
                    sink.sendall(piece)
                if ends:
                    sleep(0.3)  # the server has done it by then
                    self.cut()
        for one in (source, sink):
            with suppress(OSError):
                one.close()


@contextmanager
def open_proxy(target: int) -> Iterator[Proxy]:
    """Open a proxy to a port of this machine, on a free port."""
    listener = socket.create_server(("127.0.0.1", 0))
    proxy = Proxy(listener.getsockname()[1], target)
    proxy.mend()
    thread = Thread(target=proxy.serve, args=(listener,), daemon=True)
    thread.start()
    try:
        yield proxy
    finally:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        proxy.mend()
        proxy.cut()
        thread.join(5)
