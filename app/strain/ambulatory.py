"""Ambulatory support: a provider keeps its own, a job finds what fits placements under strain."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from app.http.etag import judge_put
from app.kernel.actor import Actor
from app.kernel.clock import today_in_amsterdam
from app.kernel.errors import InputRefused, NotAllowed, NotFound
from app.kernel.strain import SignalKind
from app.models import AmbulatoryLine, AmbulatorySupport, LookResult
from app.providers import find_provider
from app.strain.ambulatory_queries import (
    Kept,
    every_placement_with_lines,
    find_support,
    forget_lines,
    has_help,
    keep_look,
    list_support,
    municipalities_of,
    said_no,
    unknown_municipalities,
)
from app.strain.ambulatory_schemas import AmbulatoryIn
from app.strain.watch import Strained, watch_list

UNKNOWN = "Deze ambulante hulp is hier niet bekend: controleer aanbieder en nummer."
MOST = 3  # for one placement; more is no advice
# What a reason of the watch list is a sign of; a missed review asks for a review, not for help.
_SIGN_OF = {
    "problemen stijgen": SignalKind.PROBLEMS,
    "contact met hulp stijgt": SignalKind.MORE_CONTACT,
    "belasting hoog": SignalKind.OVERLOADED,
    "belasting stijgt": SignalKind.OVERLOADED,
    "veiligheid bij evaluatie": SignalKind.SAFETY,
    "verslag bijna afgebroken": SignalKind.NEARLY_BROKE,
    **{f"signaal {kind}": kind for kind in SignalKind},
}


def put_support(
    session: Session,
    *,
    actor: Actor,
    key: tuple[str, str],
    told: AmbulatoryIn,
    versions: tuple[str | None, bool],
) -> tuple[Kept, bool]:
    """Make or change support; return it and whether it was made.

    versions: If-Match, and whether only a new one may be made. Raises NotAllowed for another
    provider's, NotFound for an unknown provider, InputRefused for an unknown municipality, and
    what the versions ask.
    """
    named = find_provider(session, key[0])
    if named is None:
        raise NotFound(UNKNOWN)
    if actor.is_of_provider and actor.provider_id != named.provider.id:
        raise NotAllowed("Alleen de aanbieder zelf houdt zijn ambulante hulp bij.")
    found = find_support(session, named.provider.code, key[1], lock=True)
    judge_put(
        found.support.version if found else None, versions[0],
        is_new=versions[1], what="deze hulp", unknown=UNKNOWN,
    )  # fmt: skip
    _refuse_unknown(session, told.municipalities)
    support = found.support if found else AmbulatorySupport(
        provider_id=named.provider.id, number=key[1]
    )  # fmt: skip
    support.name, support.places, support.waiting_weeks = told.name, told.places, told.waiting_weeks
    support.municipalities = sorted(set(told.municipalities))
    support.signs = [kind.value for kind in SignalKind if kind in told.signs]
    support.confirmed_on = today_in_amsterdam()
    session.add(support)
    session.flush()
    return Kept(support, named.provider.code), found is None


def _refuse_unknown(session: Session, names: Sequence[str]) -> None:
    unknown = unknown_municipalities(session, names)
    if unknown:
        # By its place in the list: an answer does not repeat what somebody typed.
        place = next(place for place, name in enumerate(names, start=1) if name in unknown)
        raise InputRefused(
            f"gemeenten: de {place}e is geen gemeente die hier bekend is; schrijf haar zoals in de "
            "postcodetabel."
        )


def search_support(session: Session, today: date, *, placement_id: UUID | None = None) -> int:
    """Find support for who stands on the watch list, or for one of them; return how many lines.

    What was found before and nobody offered goes: it told of another day. Who has help, or was
    offered it and did not answer yet, gets none; what somebody said no to is not named again.
    """
    strained = {
        one.watched.placement.id: one
        for one in watch_list(session, today)
        if placement_id in (None, one.watched.placement.id)
    }
    old = every_placement_with_lines(session) if placement_id is None else {placement_id}
    forget_lines(session, old | strained.keys())
    helped = has_help(session, strained)
    homes, refused = municipalities_of(session, strained), said_no(session, strained)
    known, lines = list_support(session), 0
    if placement_id is not None and placement_id not in strained:
        keep_look(session, placement_id, LookResult.NOT_STRAINED)
    for id_, one in strained.items():
        offered = [kept for kept in known if (id_, kept.support.id) not in refused]
        fitting = [] if id_ in helped else _fitting(one, offered, homes.get(id_))
        keep_look(session, id_, _result_of(fitting, has_help=id_ in helped))
        for rank, (kept, reasons) in enumerate(fitting, start=1):
            session.add(
                AmbulatoryLine(
                    placement_id=id_, support_id=kept.support.id, found_on=today, rank=rank,
                    reasons=reasons,
                )
            )  # fmt: skip
            lines += 1
    session.flush()
    return lines


def _result_of(fitting: Collection[Any], *, has_help: bool) -> LookResult:
    if has_help:
        return LookResult.HAS_HELP
    return LookResult.FOUND if fitting else LookResult.NOTHING


def _fitting(
    strained: Strained, offered: Collection[Kept], municipality: str | None
) -> list[tuple[Kept, list[str]]]:
    """Return what fits, the best first: a place now, the shortest wait, the most signs, its own."""
    signs = {_SIGN_OF[r.code] for r in strained.reasons if r.code in _SIGN_OF}
    ranked = [
        (
            (
                kept.support.places == 0, kept.support.waiting_weeks, -len(shared),
                kept.provider != strained.watched.provider, kept.provider, kept.support.number,
            ),
            (kept, _sentences(kept.support, shared, municipality)),
        )
        for kept in offered
        if (shared := [kind for kind in SignalKind if kind in signs and kind in kept.support.signs])
        and (not kept.support.municipalities or municipality in kept.support.municipalities)
    ]  # fmt: skip
    return [found for _, found in sorted(ranked, key=lambda pair: pair[0])[:MOST]]


def _sentences(
    support: AmbulatorySupport, shared: list[SignalKind], municipality: str | None
) -> list[str]:
    where = f"in {municipality}" if support.municipalities else "in de hele regio"
    weeks = support.waiting_weeks
    wait = "Kan meteen beginnen" if weeks == 0 else f"Wachttijd nu {weeks} {_week(weeks)}"
    room = f"{support.places} plaatsen vrij" if support.places != 1 else "1 plaats vrij"
    return [
        f"Is er voor: {', '.join(kind.value for kind in shared)}.",
        f"Komt {where}.",
        f"Nu geen plaats vrij. {wait}." if support.places == 0 else f"{wait}; {room}.",
    ]


def _week(count: int) -> str:
    return "week" if count == 1 else "weken"
