"""Idempotency-Key: a request that is sent again gets the first answer again.

Key and answer are stored in the transaction of the work itself: either both are there, or neither.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Annotated, Any

from fastapi import Depends, Header, Request
from fastapi.responses import JSONResponse
from sqlalchemy import delete, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from app.db.encryption import digest_content
from app.http.deps import CurrentActor
from app.kernel.errors import Conflict
from app.models.idempotency import GivenAnswer
from app.settings import load_settings

KEPT = timedelta(days=1)

IdempotencyKey = Annotated[
    str | None,
    Header(
        alias="Idempotency-Key",
        min_length=1,
        max_length=100,
        pattern="^[!-~]+$",
        description="Zelf gekozen sleutel: bij herhaling krijgt u hetzelfde antwoord.",
    ),
]


@dataclass(frozen=True, slots=True)
class Answer:
    """What a route answers: status, a body that JSON can hold, and headers."""

    status: int
    body: Any
    headers: dict[str, str] = field(default_factory=dict)

    def respond(self) -> JSONResponse:
        """Return it as an HTTP response."""
        return JSONResponse(self.body, status_code=self.status, headers=self.headers)


@dataclass(frozen=True, slots=True)
class Once:
    """A request's key and digest, and who sent it."""

    actor: str
    key: str | None
    digest: str

    def perform(self, session: Session, work: Callable[[], Answer]) -> JSONResponse:
        """Do the work and keep its answer, or give the answer that was kept.

        A second request with the same key waits for the first one's transaction. Raises Conflict
        when the key was used for another request.
        """
        if self.key is None:
            return work().respond()
        if not self._is_first(session):
            return self._repeat(session)
        answer = work()
        row = session.get_one(GivenAnswer, (self.actor, self.key))
        row.status, row.body, row.headers = answer.status, answer.body, answer.headers
        session.flush()
        return answer.respond()

    def _is_first(self, session: Session) -> bool:
        # By the database's clock, as the row was made: one process whose clock is a day ahead would
        # let go of every answer, and the next repetition would be done again.
        session.execute(delete(GivenAnswer).where(GivenAnswer.created_at < func.now() - KEPT))
        # Blocks on a key that another transaction has just taken, until that one ends.
        taken = session.execute(
            insert(GivenAnswer)
            .values(actor=self.actor, key=self.key, digest=self.digest, headers={})
            .on_conflict_do_nothing()
            .returning(GivenAnswer.key)
        )
        return taken.first() is not None

    def _repeat(self, session: Session) -> JSONResponse:
        row = session.scalars(
            select(GivenAnswer).where(GivenAnswer.actor == self.actor, GivenAnswer.key == self.key)
        ).one()
        if row.digest != self.digest or row.status is None:
            raise Conflict(
                "Idempotency-Key: is al gebruikt voor een ander verzoek; kies een nieuwe."
            )
        return Answer(
            row.status, row.body, {**row.headers, "Idempotent-Replayed": "true"}
        ).respond()


async def _once(request: Request, actor: CurrentActor, key: IdempotencyKey = None) -> Once:
    # In which role and for whom: somebody who changed organisations today may not read the answer
    # that was made for the former one.
    asker = (actor.role.value, str(actor.provider_id or ""), actor.organisation or "")
    parts = (request.method, request.url.path, request.url.query, *asker)
    content = "\n".join(parts) + "\n" + hashlib.sha256(await request.body()).hexdigest()
    # Keyed: of a plain digest the BSN in a body could be found by trying them all.
    return Once(actor.name, key, digest_content(content, load_settings()))


IdempotentRequest = Annotated[Once, Depends(_once)]
