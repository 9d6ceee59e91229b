"""The file of a child: registering in steps, reading, correcting."""

from fastapi import APIRouter

from app.screens.registrations import corrections, drafts, ending, file, legal, steps

router = APIRouter()
# Those with a name of their own in the address before those that take any.
for room in (drafts, file, legal, corrections, ending, steps):
    router.include_router(room.router)
