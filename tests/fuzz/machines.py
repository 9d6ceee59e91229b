"""Running a state machine against the database: each example is rolled back at its end."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import RuleBasedStateMachine, run_state_machine_as_test
from sqlalchemy import Connection, Engine, text
from sqlalchemy.orm import Session

from app.db.session import act_as
from app.kernel.actor import SYSTEM
from tests.cases import ALL


class OnDatabase(RuleBasedStateMachine):
    """A machine with a connection whose rows are gone at its end; `fill` begins it."""

    engine: Engine

    def __init__(self) -> None:
        super().__init__()
        self.connection: Connection = self.engine.connect()
        self._outer = self.connection.begin()
        self.fill()

    def fill(self) -> None:
        """Make the rows and the door that the machine begins with."""
        raise NotImplementedError

    @contextmanager
    def session(self) -> Iterator[Session]:
        """Yield a session of the system on the machine's connection, committed at its end."""
        with Session(self.connection, join_transaction_mode="create_savepoint") as opened:
            act_as(opened, SYSTEM)
            yield opened
            opened.commit()

    def rows_of(self, *tables: str) -> dict[str, set[str]]:
        """Return the rows of tables as text; in no order, for a place on disk is used again."""
        with self.session() as session:
            return {
                name: set(session.scalars(text(f"SELECT t::text FROM {name} t"))) for name in tables
            }

    def teardown(self) -> None:
        """Let go of all that the example wrote."""
        self._outer.rollback()
        self.connection.close()


def run_machine(
    kind: type[OnDatabase], engine: Engine, *, examples: int, soak: int, steps: int
) -> None:
    """Run a machine on a database: so many examples in `make test`, more in `make soak`."""
    asked = soak if os.environ.get(ALL) else examples
    run_state_machine_as_test(
        type(kind.__name__, (kind,), {"engine": engine}),
        settings=settings(
            max_examples=asked,
            stateful_step_count=steps,
            deadline=None,
            # Making a failure small takes minutes of a database: only where minutes are asked for.
            phases=[p for p in Phase if asked == soak or p is not Phase.shrink],
            suppress_health_check=list(HealthCheck),
        ),
    )
