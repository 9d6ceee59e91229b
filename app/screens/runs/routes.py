"""A run: what it did, whom it could not place and why."""

from fastapi import APIRouter

from app.screens.runs.answers import router as answers
from app.screens.runs.listing import router as listing
from app.screens.runs.overview import router as overview
from app.screens.runs.recruitment_table import router as recruitment_table
from app.screens.runs.unplaced import router as unplaced

router = APIRouter()
for part in (listing, overview, unplaced, recruitment_table, answers):
    router.include_router(part)
