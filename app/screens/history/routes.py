"""Who saw and changed what, for an auditor."""

from fastapi import APIRouter

router = APIRouter()
