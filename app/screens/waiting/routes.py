"""Who waits: the list, its filters, its export."""

from fastapi import APIRouter

router = APIRouter()
