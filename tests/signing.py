"""Tokens for tests against the whole service, signed with this machine's own key."""

from functools import lru_cache

from app.kernel.actor import ActorRole
from app.security.development import make_token
from app.settings import load_settings


@lru_cache
def bearer(
    *roles: ActorRole, organisation: str | None = None, subject: str = "toets"
) -> dict[str, str]:
    """Return the header of somebody in roles; of staff where none is named."""
    wanted = roles or (ActorRole.INTAKE, ActorRole.COORDINATOR)
    token = make_token(load_settings(), *wanted, organisation=organisation, subject=subject)
    return {"Authorization": f"Bearer {token}"}
