"""The room of support."""

from fastapi import APIRouter

from app.screens.steun import placement, rounds, watch

router = APIRouter()
for part in (watch, placement, rounds):
    router.include_router(part.router)
