"""What a provider's code stands for: its successor too, when it was renamed or has merged.

Every room that is given a code asks here, so that a code that was once handed out goes on to be
understood everywhere (paths, uploads, tokens, the command line).
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.models import Provider, RetiredCode


@dataclass(frozen=True, slots=True)
class NamedProvider:
    """A provider as somebody named it.

    provider: who has the families now. source: whose system the code stands for, the same unless
    that provider has merged since. retired_on: since when another code is the right one, or None.
    """

    asked: str
    provider: Provider
    source: Provider
    retired_on: date | None


def find_provider(session: Session, code: str) -> NamedProvider | None:
    """Return what a code stands for, or None for one that never was a provider's."""
    source, retired_on = _by_code(session, code)
    if source is None:
        return None
    provider = source
    while provider.merged_into_id is not None:
        retired_on = retired_on or provider.merged_on
        provider = session.get_one(Provider, provider.merged_into_id)
    return NamedProvider(code, provider, source, retired_on)


def find_providers(session: Session, codes: Collection[str]) -> dict[str, NamedProvider]:
    """Return what each of several codes stands for, without those that never were a provider's.

    In one question for the codes that are in use, which nearly all are.
    """
    used = select(Provider).where(Provider.code.in_(codes), Provider.merged_into_id.is_(None))
    found = {row.code: NamedProvider(row.code, row, row, None) for row in session.scalars(used)}
    for code in set(codes) - found.keys():
        named = find_provider(session, code)
        if named is not None:
            found[code] = named
    return found


def current_code(session: Session, code: str) -> str:
    """Return the code that is now used for a code; an unknown one is returned as it is."""
    named = find_provider(session, code)
    return named.provider.code if named else code


def active_codes(session: Session) -> list[str]:
    """Return the codes of the providers that have not merged into another, in their order."""
    statement = select(Provider.code).where(Provider.merged_into_id.is_(None))
    return list(session.scalars(statement.order_by(Provider.code)))


def lock_provider(session: Session, provider_id: UUID) -> None:
    """Let one change of a provider's families as a whole go at a time, until the commit."""
    session.execute(select(func.pg_advisory_xact_lock(provider_id.int % (1 << 63))))


def _by_code(session: Session, code: str) -> tuple[Provider | None, date | None]:
    found = session.scalar(select(Provider).where(Provider.code == code))
    if found is not None:
        return found, None
    retired = session.get(RetiredCode, code)
    if retired is None:
        return None, None
    return session.get_one(Provider, retired.provider_id), retired.retired_on
