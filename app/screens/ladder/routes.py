"""The room of the ladder."""

from fastapi import APIRouter

from app.screens.ladder import child, figures, network, settings

router = APIRouter()
for part in (child, network, settings, figures):
    router.include_router(part.router)
