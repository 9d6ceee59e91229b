"""Accepting what was received, once: the answer that every door of uploads gives."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request
from fastapi.responses import JSONResponse
from procrastinate import App
from sqlalchemy.orm import Session

from app.http.once import Answer
from app.http.retired import retired_headers
from app.kernel.actor import Actor
from app.providers import find_provider
from app.settings import Settings, load_settings
from app.uploads.receive import Received
from app.uploads.service import accept_upload
from app.uploads.views import show_import

OwnSettings = Annotated[Settings, Depends(load_settings)]


@dataclass(frozen=True, slots=True)
class Accepting:
    """In which transaction, for whom, and with what an upload is accepted."""

    session: Session
    actor: Actor
    queue: App
    settings: Settings


def accept_once(request: Request, received: Received, within: Accepting) -> JSONResponse:
    """Store an upload and answer 202 with where to follow it; the same again for the same key."""

    def work() -> Answer:
        batch = accept_upload(
            within.session,
            actor=within.actor,
            queue=within.queue,
            received=received,
            settings=within.settings,
        )
        body = show_import(within.session, batch).model_dump(mode="json")
        code = received.wish.provider
        named = find_provider(within.session, code) if code else None
        headers = {"Location": f"/v1/imports/{batch.id}", **retired_headers(request, named)}
        return Answer(202, body, headers)

    return received.once.perform(within.session, work)
