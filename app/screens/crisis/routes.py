"""The crisis desk: six fields, tonight's beds, calls."""

from fastapi import APIRouter

from app.screens.crisis import after, desk, new, numbers, paper, report

router = APIRouter()
# What has a name of its own goes before what is read as an id.
for part in (desk, new, paper, numbers, report, after):
    router.include_router(part.router)
