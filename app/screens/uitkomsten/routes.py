"""What is learnt from outcomes, whether chances hold, and whether groups are treated alike."""

from fastapi import APIRouter

from app.screens.uitkomsten.boards import router as boards
from app.screens.uitkomsten.weights import router as weights

router = APIRouter()
for part in (boards, weights):
    router.include_router(part)
