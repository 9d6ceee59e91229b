"""The file of a child: registering in steps, reading, correcting."""

from fastapi import APIRouter

from app.screens.registrations import (
    corrections,
    drafts,
    ending,
    file,
    follow,
    legal,
    search,
    steps,
    stopping,
)

router = APIRouter()
# Those with a name of their own in the address before those that take any.
for room in (drafts, stopping, search, file, legal, corrections, ending, follow, steps):
    router.include_router(room.router)
