"""The proposals for a child, explained, compared and asked about."""

from fastapi import APIRouter

router = APIRouter()
