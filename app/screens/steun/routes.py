"""The room of support."""

from fastapi import APIRouter

from app.screens.steun import placement, rounds, support, watch

router = APIRouter()
for part in (watch, placement, rounds, support):
    router.include_router(part.router)
