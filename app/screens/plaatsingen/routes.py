"""The placements: which children live where, what waits for somebody, how each went."""

from fastapi import APIRouter

from app.screens.plaatsingen import acts, listing, page, records

router = APIRouter()
for part in (listing, records, acts, page):
    router.include_router(part.router)
