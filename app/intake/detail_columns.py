"""What hangs on a registration, read along with it in one question."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import collate, func, select
from sqlalchemy.dialects.postgresql import aggregate_order_by

from app.db.sealed import Sealed
from app.kernel.words import SiblingWish, WishOf
from app.models import ExcludedArea, Registration, RegistrationProblem, SiblingPairWish

# Read inside JSON, which the database makes: opened here, row by row.
_WISH = SiblingPairWish.__table__.c
_WHY: Sealed = _WISH.why.type  # type: ignore[assignment]
_AGAINST: Sealed = _WISH.contra_indication.type  # type: ignore[assignment]


@dataclass(frozen=True, slots=True)
class StoredArea:
    """An area where a child may not be placed: so many km around the centre of a postcode area."""

    postcode: str
    radius_km: float


@dataclass(frozen=True, slots=True)
class StoredPairWish:
    """What is wished for the child and one brother or sister, named by number.

    whose, why: whose wish it is and for what reason. contra_indication: what speaks against living
    together, as a professional put it.
    """

    other_number: str
    wish: SiblingWish
    whose: WishOf | None = None
    why: str | None = None
    contra_indication: str | None = None

    @staticmethod
    def of(told: list[str | None], registration_id: UUID) -> "StoredPairWish":
        """Return a wish as the database tells it, in the order of the fields, texts sealed."""
        other, wish, whose, why, against = told
        owner = str(registration_id)
        return StoredPairWish(
            other or "",
            SiblingWish(wish or ""),
            WishOf(whose) if whose else None,
            why and _WHY.open(why, owner),
            against and _AGAINST.open(against, owner),
        )


PROBLEMS = (
    select(func.json_object_agg(RegistrationProblem.problem, RegistrationProblem.severity))
    .where(RegistrationProblem.registration_id == Registration.id)
    .correlate(Registration)
    .scalar_subquery()
)
AREAS = (
    select(
        func.json_agg(
            aggregate_order_by(
                func.json_build_array(ExcludedArea.postcode, ExcludedArea.radius_km),
                ExcludedArea.postcode,
                ExcludedArea.radius_km,
            )
        )
    )
    .where(ExcludedArea.registration_id == Registration.id)
    .correlate(Registration)
    .scalar_subquery()
)
PAIR_WISHES = (
    select(
        func.json_agg(
            aggregate_order_by(
                func.json_build_array(
                    SiblingPairWish.other_number,
                    SiblingPairWish.wish,
                    SiblingPairWish.whose,
                    _WHY.shown(_WISH.why),
                    _AGAINST.shown(_WISH.contra_indication),
                ),
                collate(SiblingPairWish.other_number, "C"),
            )
        )
    )
    .where(SiblingPairWish.registration_id == Registration.id)
    .correlate(Registration)
    .scalar_subquery()
)
