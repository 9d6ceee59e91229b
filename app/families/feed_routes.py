"""The door of the feed: which families changed since a cursor, whoever changed them."""

import re
from collections.abc import Mapping
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response

from app.families.feed_queries import (
    BEGIN,
    ChangedFamily,
    FamilyGone,
    FeedPart,
    Position,
    changed_families,
    families_gone,
    horizon,
)
from app.families.feed_schemas import FamilyChange, FamilyFeed, FeedKind
from app.families.upsert import UNKNOWN_PROVIDER
from app.families.views import Word, show_summary, words_of
from app.http.deps import CurrentActor, DbSession
from app.http.etag import etag_of
from app.http.paging import DEFAULT_SIZE, Cursor, Size, decode_cursor, encode_cursor
from app.http.retired import note_retired
from app.http.secured import SecuredRoute
from app.kernel.addresses import PROVIDER_CODE
from app.kernel.errors import InputRefused, NotFound
from app.providers import find_provider

router = APIRouter(prefix="/pleeggezinnen", tags=["pleeggezinnen"], route_class=SecuredRoute)

_POSITION = re.compile(
    "(?:([0-9]{1,18})/)?([0-9]{1,18})/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})"
)
_FIRST_ERA = "1"  # of cursors that were given out before they named it


@router.get(
    "/_gewijzigd",
    operation_id="lijstGewijzigdePleeggezinnen",
    summary="Bekijk welke pleeggezinnen sinds een cursor zijn gewijzigd",
    responses={404: {"description": "Deze aanbieder bestaat niet, of is niet die van u."}},
)
def read_feed(
    *,
    request: Request,
    response: Response,
    session: DbSession,
    actor: CurrentActor,
    provider: Annotated[str | None, Query(alias="aanbieder", pattern=PROVIDER_CODE)] = None,
    cursor: Cursor = None,
    size: Size = DEFAULT_SIZE,
) -> FamilyFeed:
    """Zonder cursor: alle. Ook wat een ander wijzigde: bevestigd, bezet, navragen, overgedragen.

    Een gezin komt na elke wijziging terug, zoals het dan is; er gaat er geen verloren. Is de dienst
    uit een reservekopie teruggezet, dan komen alle gezinnen nog eenmaal.
    """
    named = find_provider(session, provider) if provider else None
    if provider and (named is None or actor.provider_id not in (None, named.provider.id)):
        raise NotFound(UNKNOWN_PROVIDER)
    note_retired(response.headers, request, named)
    wanted = named.provider.id if named else actor.provider_id
    settled = horizon(session)
    after = _position(cursor, settled.era)
    # One more than asked for tells whether there is a next page.
    part = FeedPart(wanted, after, below=settled.oldest, size=size + 1)
    rows: list[ChangedFamily | FamilyGone] = [*changed_families(session, part)]
    rows += families_gone(session, part)
    rows.sort(key=lambda row: row.position)
    changed = [row.listed for row in rows[:size] if isinstance(row, ChangedFamily)]
    words = words_of(session, [listed.family.id for listed in changed])
    last = rows[:size][-1].position if rows else after
    return FamilyFeed(
        changes=[_show(row, words) for row in rows[:size]],
        cursor=encode_cursor(f"{settled.era}/{last[0]}/{last[1]}"),
        has_more=len(rows) > size,
    )


def _show(row: ChangedFamily | FamilyGone, words: Mapping[UUID, Word]) -> FamilyChange:
    if isinstance(row, FamilyGone):
        return FamilyChange(
            kind=FeedKind.GONE, provider=row.provider, number=row.number, family=None, etag=None,
            to_provider=row.to_provider,
        )  # fmt: skip
    family = row.listed.family
    return FamilyChange(
        kind=FeedKind.CHANGED,
        provider=row.listed.provider,
        number=family.reference,
        family=show_summary(row.listed, words[family.id]),
        etag=etag_of(family.version),
        to_provider=None,
    )


def _position(cursor: str | None, era: int) -> Position:
    """Return after what to go on; from the begin for a cursor of before a copy was put back."""
    key = decode_cursor(cursor)
    if key is None:
        return BEGIN
    found = _POSITION.fullmatch(key)
    if found is None:
        raise InputRefused("cursor: deze is niet door ons gegeven; begin zonder cursor opnieuw.")
    if int(found[1] or _FIRST_ERA) != era:
        return BEGIN
    return int(found[2]), UUID(found[3])
