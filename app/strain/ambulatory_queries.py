"""The SELECTs of ambulatory support: what there is, where families live, and what was found."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Text, collate, delete, func, or_, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from app.db.bulk import among
from app.kernel.clock import today_in_amsterdam
from app.kernel.strain import SupportKind, TakenUp
from app.models import (
    AmbulatoryLine,
    AmbulatoryLook,
    AmbulatorySupport,
    Family,
    LookResult,
    Placement,
    PostcodeArea,
    Provider,
    SupportOffer,
)

_WORD_TOO_MANY = " Municipality"  # the table of postcodes adds it to the name of some


class Kept(NamedTuple):
    """Support with the code of its provider."""

    support: AmbulatorySupport
    provider: str


class Found(NamedTuple):
    """A line with the support that it names and the code of its provider."""

    line: AmbulatoryLine
    support: AmbulatorySupport
    provider: str


def list_support(session: Session, provider: str | None = None) -> list[Kept]:
    """Return support by provider and number."""
    statement = _kept().order_by(
        collate(Provider.code, "C"), collate(AmbulatorySupport.number, "C")
    )
    if provider is not None:
        statement = statement.where(Provider.code == provider)
    return [Kept(*row) for row in session.execute(statement)]


def find_support(
    session: Session, provider: str, number: str, *, lock: bool = False
) -> Kept | None:
    """Return one, for this transaction alone where asked, or None."""
    statement = _kept().where(Provider.code == provider, AmbulatorySupport.number == number)
    row = session.execute(
        statement.with_for_update(of=AmbulatorySupport) if lock else statement
    ).first()
    return None if row is None else Kept(*row)


def _kept() -> Any:
    return select(AmbulatorySupport, Provider.code).join(
        Provider, Provider.id == AmbulatorySupport.provider_id
    )


def unknown_municipalities(session: Session, names: Collection[str]) -> set[str]:
    """Return which names are of no municipality that the table of postcodes knows."""
    known = set(session.scalars(select(_plain()).where(among(_plain(), names)).distinct()))
    return set(names) - known


def municipalities_of(session: Session, placements: Collection[UUID]) -> dict[UUID, str]:
    """Return in which municipality the family of each placement lives, where the map knows it."""
    rows = session.execute(
        select(Placement.id, _plain())
        .join(Family, Family.id == Placement.family_id)
        .join(PostcodeArea, PostcodeArea.pc4 == func.left(Family.postcode, 4))
        .where(among(Placement.id, placements))
    )
    return {row[0]: row[1] for row in rows}


def _plain() -> Any:
    return func.replace(PostcodeArea.municipality, _WORD_TOO_MANY, "", type_=Text)


def has_help(session: Session, placements: Collection[UUID]) -> set[UUID]:
    """Return the placements with ambulatory support that runs, or waits for an answer."""
    runs = SupportOffer.taken_up.in_((TakenUp.YES, TakenUp.NOT_YET))
    is_open = or_(SupportOffer.until.is_(None), SupportOffer.until >= today_in_amsterdam())
    return set(
        session.scalars(
            select(SupportOffer.placement_id).where(
                SupportOffer.kind == SupportKind.AMBULATORY,
                runs,
                is_open,
                among(SupportOffer.placement_id, placements),
            )
        )
    )


def said_no(session: Session, placements: Collection[UUID]) -> set[tuple[UUID, UUID]]:
    """Return placement and support of each offer that was not taken up."""
    rows = session.execute(
        select(SupportOffer.placement_id, SupportOffer.ambulatory_id).where(
            SupportOffer.ambulatory_id.is_not(None),
            SupportOffer.taken_up == TakenUp.NO,
            among(SupportOffer.placement_id, placements),
        )
    )
    return {(placement, support) for placement, support in rows if support is not None}


def forget_lines(session: Session, placements: Collection[UUID]) -> None:
    """Take away what was found for placements before and nobody offered."""
    session.execute(
        delete(AmbulatoryLine).where(
            among(AmbulatoryLine.placement_id, placements), AmbulatoryLine.offer_id.is_(None)
        )
    )


def keep_look(session: Session, placement: UUID, result: LookResult) -> None:
    """Store that support was looked for just now, over what was stored of it before."""
    told = insert(AmbulatoryLook).values(
        placement_id=placement, looked_at=func.clock_timestamp(), result=result
    )
    session.execute(
        told.on_conflict_do_update(
            index_elements=[AmbulatoryLook.placement_id],
            set_={"looked_at": told.excluded.looked_at, "result": told.excluded.result},
        )
    )


def last_look(session: Session, placement: UUID) -> AmbulatoryLook | None:
    """Return when support was last looked for, or None."""
    return session.scalar(select(AmbulatoryLook).where(AmbulatoryLook.placement_id == placement))


def every_placement_with_lines(session: Session) -> set[UUID]:
    """Return the placements for which something stands that nobody offered."""
    return set(
        session.scalars(
            select(AmbulatoryLine.placement_id).where(AmbulatoryLine.offer_id.is_(None)).distinct()
        )
    )


def lines_of_placements(
    session: Session, placements: Collection[UUID]
) -> dict[UUID, Sequence[Found]]:
    """Return what was found for placements and nobody offered yet, the best first."""
    rows = session.execute(
        select(AmbulatoryLine, AmbulatorySupport, Provider.code)
        .join(AmbulatorySupport, AmbulatorySupport.id == AmbulatoryLine.support_id)
        .join(Provider, Provider.id == AmbulatorySupport.provider_id)
        .where(among(AmbulatoryLine.placement_id, placements), AmbulatoryLine.offer_id.is_(None))
        .order_by(AmbulatoryLine.placement_id, AmbulatoryLine.rank)
    )
    found: dict[UUID, list[Found]] = defaultdict(list)
    for row in rows:
        found[row[0].placement_id].append(Found(*row))
    return dict(found)


def line_for_offer(session: Session, placement_id: UUID, line_id: UUID) -> AmbulatoryLine | None:
    """Return a line of a placement, locked, or None."""
    return session.scalar(
        select(AmbulatoryLine)
        .where(AmbulatoryLine.id == line_id, AmbulatoryLine.placement_id == placement_id)
        .with_for_update()
    )


def named_support(session: Session, ids: Collection[UUID]) -> dict[UUID, Kept]:
    """Return support by id."""
    rows = session.execute(_kept().where(among(AmbulatorySupport.id, ids)))
    return {row[0].id: Kept(*row) for row in rows}
