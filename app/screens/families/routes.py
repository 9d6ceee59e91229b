"""A provider's own families, its imports and what is asked of it."""

from fastapi import APIRouter

router = APIRouter()
