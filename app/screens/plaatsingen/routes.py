"""The placements: which children live where, what waits for somebody, how each went."""

from fastapi import APIRouter

from app.screens.plaatsingen import acts, listing, page, records, taking_over

router = APIRouter()
for part in (listing, taking_over, records, acts, page):
    router.include_router(part.router)
