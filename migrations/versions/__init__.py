"""Alembic migrations, dated."""
