"""The file of a child: registering in steps, reading, correcting."""

from fastapi import APIRouter

router = APIRouter()
