"""The region of these tests is that of the proposals."""

from tests.screens.proposals.conftest import number, region

__all__ = ["number", "region"]
