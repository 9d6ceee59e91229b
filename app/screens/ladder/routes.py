"""The room of the ladder."""

from fastapi import APIRouter

from app.screens.ladder import child, figures, network, settings, table

router = APIRouter()
for part in (child, network, table, settings, figures):
    router.include_router(part.router)
