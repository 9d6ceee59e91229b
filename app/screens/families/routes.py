"""A provider's own families, its imports and what is asked of it."""

from fastapi import APIRouter

from app.screens.families.availability import router as availability
from app.screens.families.confirming import router as confirming
from app.screens.families.detail import router as detail
from app.screens.families.imports import router as imports
from app.screens.families.listing import router as listing
from app.screens.families.questions import router as questions
from app.screens.families.upload import router as upload

router = APIRouter()
# The imports first: their addresses look like those of a family.
for part in (upload, imports, listing, confirming, availability, detail, questions):
    router.include_router(part)
