"""A run: what it did, whom it could not place and why."""

from fastapi import APIRouter

router = APIRouter()
