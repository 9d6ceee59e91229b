"""The crisis desk: six fields, tonight's beds, calls."""

from fastapi import APIRouter

router = APIRouter()
