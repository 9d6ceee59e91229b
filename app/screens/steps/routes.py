"""The steps of methodical matching with a family, up to the decision."""

from fastapi import APIRouter

from app.screens.steps import begin, child, ending, further, objections, step

router = APIRouter()
for part in (child, begin, step, further, ending, objections):
    router.include_router(part.router)
