"""Providers as configuration: added and renamed by an administrator, with a line of history."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from app.kernel.actor import Actor
from app.kernel.clock import today_in_amsterdam
from app.kernel.errors import Conflict, InputRefused, NotFound
from app.models import Provider, ProviderChange, ProviderChangeKind, RetiredCode
from app.providers import NamedProvider, active_codes, find_provider
from app.reference.queries import lock_providers

CODE = r"^[a-z][a-z0-9-]{1,39}$"
DIALECTS = ("spirit", "youke", "wsp", "leger-des-heils", "vitree")
_WRONG_CODE = (
    "code: begint met een kleine letter en heeft verder alleen kleine letters, cijfers en "
    "streepjes, 2 tot 40 tekens; kies een andere."
)


@dataclass(frozen=True, slots=True)
class Renaming:
    """What a provider is called from a day on; None: as it was."""

    name: str | None
    code: str | None
    on_day: date


def add_provider(
    session: Session, *, actor: Actor, code: str, name: str, dialect: str | None = None
) -> Provider:
    """Add a provider; raises InputRefused for a wrong code, Conflict for one that is taken.

    dialect: whose export its own one looks like; None: it tells its families over the API.
    """
    _check(code, name)
    if dialect is not None and dialect not in DIALECTS:
        raise InputRefused(f"dialect: is er niet; kies uit {', '.join(DIALECTS)}, of laat het weg.")
    if find_provider(session, code) is not None:
        raise Conflict("code: is of was al van een aanbieder; kies een andere.")
    provider = Provider(code=code, name=name.strip(), dialect=dialect)
    session.add(provider)
    session.flush()
    note_change(
        session, provider, kind=ProviderChangeKind.ADDED, on_day=today_in_amsterdam(), actor=actor
    )
    return provider


def rename_provider(session: Session, *, actor: Actor, code: str, wish: Renaming) -> Provider:
    """Give a provider another name, another code, or both; its old code goes on to be understood.

    Raises NotFound, InputRefused, or Conflict where the new code is or was another provider's.
    """
    provider = require_active(session, code).provider
    lock_providers(session, provider.id)
    require_day(wish.on_day)
    name, new_code = wish.name or provider.name, wish.code or provider.code
    _check(new_code, name)
    if (name, new_code) == (provider.name, provider.code):
        raise InputRefused("naam, code: zo heet deze aanbieder al; geef wat er anders wordt.")
    if new_code != provider.code:
        _retire_code(session, provider, new_code, wish.on_day)
    provider.name, provider.code = name.strip(), new_code
    note_change(session, provider, kind=ProviderChangeKind.RENAMED, on_day=wish.on_day, actor=actor)
    return provider


def require_active(session: Session, code: str) -> NamedProvider:
    """Return a provider that has not merged into another, by a code that it has or had.

    Raises NotFound for an unknown one, Conflict for one that is now part of another.
    """
    named = find_provider(session, code)
    if named is None:
        known: Collection[str] = active_codes(session)
        raise NotFound(f"Aanbieder '{code}' is hier niet bekend: kies uit {', '.join(known)}.")
    if named.source is not named.provider:
        raise Conflict(
            f"Aanbieder '{code}' is opgegaan in '{named.provider.code}': gebruik die code."
        )
    return named


def require_day(on_day: date) -> None:
    """Raise InputRefused for a day that has yet to come: what is said here holds at once."""
    if on_day > today_in_amsterdam():
        raise InputRefused("per: ligt in de toekomst; voer dit uit op de dag zelf of daarna.")


def note_change(
    session: Session,
    provider: Provider,
    *,
    kind: ProviderChangeKind,
    on_day: date,
    actor: Actor,
    into: Provider | None = None,
    clearance_lapses: bool | None = None,
    families: int = 0,
) -> None:
    """Write a line of the history of a provider, with its code and name as they now are."""
    session.add(
        ProviderChange(
            provider_id=provider.id, kind=kind, on_day=on_day, code=provider.code,
            name=provider.name, into_id=into.id if into else None,
            clearance_lapses=clearance_lapses, families=families, actor=actor.name,
        )
    )  # fmt: skip
    session.flush()


def _check(code: str, name: str) -> None:
    if not re.fullmatch(CODE, code):
        raise InputRefused(_WRONG_CODE)
    if not name.strip() or len(name) > 100 or not name.isprintable():
        raise InputRefused("naam: is leeg, te lang of onleesbaar; geef een naam tot 100 tekens.")


def _retire_code(session: Session, provider: Provider, new_code: str, on_day: date) -> None:
    holder = find_provider(session, new_code)
    if holder is not None and holder.source is not provider:
        raise Conflict("code: is of was al van een andere aanbieder; kies een andere.")
    # Back to a code of before: the one in between is understood as well.
    if session.get(RetiredCode, provider.code) is None:
        session.add(RetiredCode(code=provider.code, provider_id=provider.id, retired_on=on_day))
