"""The steps from a call to a placement, and the decision."""

from fastapi import APIRouter

router = APIRouter()
