"""Answers that were given to requests with an Idempotency-Key."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, func
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Base
from app.db.sealed import SealedJson


class GivenAnswer(Base):
    """The answer to the first request with a key; a repetition gets the same one.

    digest: keyed digest of method, path, query and body, so that a key is not taken for another
    request. status is None only inside the transaction that is still working on it. An answer is
    kept for a day; the next request with a key clears the older ones away.
    """

    __tablename__ = "given_answer"

    actor: Mapped[str] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    digest: Mapped[str]
    status: Mapped[int | None]
    headers: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    body: Mapped[Any] = mapped_column(
        SealedJson("given_answer.body", owner="key", is_binary=False), nullable=True
    )
    created_at: Mapped[datetime] = mapped_column(server_default=func.now(), index=True)
