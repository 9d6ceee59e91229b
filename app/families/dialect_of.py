"""Which of the readers reads the export of a provider, whatever it is called now."""

from sqlalchemy.orm import Session

from app.kernel.errors import InputRefused
from app.models import Provider
from app.providers import active_codes, find_provider

_NO_DIALECT = (
    "De export van deze aanbieder wordt hier niet gelezen: stuur de gezinnen over de API "
    "(pleeggezinnen/_bulk), of laat de beheerder vastleggen op welke hij lijkt."
)


def dialect_of(session: Session, code: str) -> str:
    """Return the dialect behind a code; raises InputRefused for an unknown one, or without one."""
    named = find_provider(session, code)
    if named is None:
        known = ", ".join(active_codes(session))
        raise InputRefused(f"Aanbieder '{code}' is niet bekend: kies uit {known}.")
    return require_dialect(named.source)


def require_dialect(source: Provider) -> str:
    """Return the dialect of a provider's own system; raises InputRefused where it has none."""
    if source.dialect is None:
        raise InputRefused(_NO_DIALECT)
    return source.dialect
