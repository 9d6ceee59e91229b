"""A stored registration as it would be told again, to change a part of it."""

from typing import Any

from app.intake.queries import StoredRegistration
from app.intake.schemas import RegistrationIn
from app.intake.views import show_registration


def tell_again(stored: StoredRegistration) -> dict[str, Any]:
    """Return what a registration says by Dutch name, as JSON; without the BSN, which stays."""
    names = {field.alias or key for key, field in RegistrationIn.model_fields.items()}
    shown = show_registration(stored).model_dump(mode="json", by_alias=True)
    return {name: value for name, value in shown.items() if name in names}
