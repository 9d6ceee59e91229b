"""The region in figures, for who manages it."""

from fastapi import APIRouter

router = APIRouter()
