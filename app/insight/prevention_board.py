"""What was done before a placement, and what helps one to hold."""

from collections.abc import Mapping
from datetime import date

from sqlalchemy.orm import Session

from app.insight.board_schemas import DomainOut, PreventionBoard, RespiteOut, SupportFigure
from app.insight.parts import parts_of
from app.insight.periods import Period
from app.insight.prevention_queries import (
    BIG5,
    CHOSEN,
    NOT_FILLED,
    NOTHING,
    SKIPPED,
    big5_judged,
    ended_without_placement,
    registered_in,
    respite_in,
    support_offers,
    told_in,
)
from app.kernel.clock import now
from app.kernel.small_cells import told

_JUDGED = ("ja", "gedeeltelijk", "nee", "onbekend", NOT_FILLED)


def prevention_board(session: Session, *, period: Period, today: date) -> PreventionBoard:
    """Return the board; the caller acts as the system."""
    told_of = told_in(session, period)
    respite = respite_in(session, period, today)
    support = support_offers(session, period)
    return PreventionBoard(
        made_at=now(),
        first=period.first,
        last=period.last,
        registered=told(registered_in(session, period)),
        network=parts_of(told_of.networks),
        mentors=parts_of(told_of.mentors, (CHOSEN, SKIPPED, NOTHING)),
        big5=_domains(big5_judged(session, period)),
        without=parts_of(ended_without_placement(session, period)),
        respite=RespiteOut(
            begun=told(respite.begun),
            running=told(respite.running),
            families=told(respite.families),
        ),
        support=SupportFigure(
            by_kind=parts_of(support.by_kind),
            by_outcome=parts_of(support.by_outcome),
        ),
    )


def _domains(judged: Mapping[tuple[str, str], int]) -> list[DomainOut]:
    return [
        DomainOut(
            domain=domain,
            judged=parts_of({w: n for (d, w), n in judged.items() if d == domain}, _JUDGED),
        )
        for domain in BIG5
    ]
