"""A connection that does not wait for ever for a server that does not answer.

A cut network tells nobody: what was sent is never answered, and libpq waits. So each question gets
a limit; past it the connection is given up, as if the server had closed it.
"""

from typing import Any, TypeVar

import psycopg
from psycopg import generators
from psycopg.abc import PQGen
from psycopg.pq.abc import PGresult

# Seconds. A request that takes longer has gone wrong; a worker's steps may ask more at once.
OF_A_REQUEST, OF_A_WORKER = 30.0, 600.0
_LOOK = 0.1  # how often to look whether the time is up

# For the network that is really cut: the kernel gives up what is not acknowledged. Two processes on
# one machine do not notice them.
OF_THE_NETWORK: dict[str, Any] = {
    "connect_timeout": 5,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 25_000,
}
# The same at the other end: a server that does not notice who is gone keeps what it had locked.
TELL_SERVER = "SET tcp_keepalives_idle = 10; SET tcp_keepalives_interval = 5; " \
              "SET tcp_keepalives_count = 3; SET tcp_user_timeout = 25000"  # fmt: skip

Given = TypeVar("Given")


class PatientConnection(psycopg.Connection[Any]):
    """A connection with a limit in seconds to what it waits for; None: no limit."""

    patience: float | None = None

    def wait(
        self, gen: PQGen[Given], interval: float = _LOOK, timeout: float | None = None
    ) -> Given:
        """Wait for an answer; past the limit close, and raise OperationalError."""
        if timeout is not None or self.patience is None:
            return super().wait(gen, interval, timeout)
        try:
            return super().wait(gen, interval, self.patience)
        except psycopg.errors._WaitTimeout as error:
            self.pgconn.finish()
            raise psycopg.OperationalError("the database does not answer in time") from error

    def ask(self, words: bytes) -> PGresult:
        """Send statements as they are, in one message; return the last result, or the first error.

        Past SQLAlchemy and psycopg's own transactions: for what stands before every request.
        """
        self.pgconn.send_query(words)
        last: PGresult = self.wait(generators.execute(self.pgconn))[-1]
        return last
