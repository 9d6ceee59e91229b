"""The proposals for a child, explained, compared and asked about."""

from fastapi import APIRouter

from app.screens.proposals import (
    choices_pages,
    compare_page,
    list_page,
    one_page,
    summary_page,
    what_if_page,
    why_not_page,
)

router = APIRouter()
for page in (
    list_page,
    one_page,
    compare_page,
    why_not_page,
    choices_pages,
    what_if_page,
    summary_page,
):
    router.include_router(page.router)
