"""Groups of brothers and sisters, with what is wished for them, and why they wait."""

from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Base, HasId, closed_list
from app.db.sealed import SealedText
from app.kernel.words import SiblingWish, WishOf


class HoldReason(StrEnum):
    """Why nobody of a sibling group is proposed (*navragen*)."""

    WISHES = "wensen verschillen"
    REFUSED = "aanmelding geweigerd"
    IMPORTING = "import niet af"


class SiblingGroup(HasId, Base):
    """A sibling group (*broers en zussen*).

    on_hold (*navragen*): there is a SiblingGroupHold, so nobody of the group is proposed.
    """

    __tablename__ = "sibling_group"

    code: Mapped[str] = mapped_column(unique=True)
    wish: Mapped[SiblingWish] = mapped_column(closed_list(SiblingWish, "wish"))
    on_hold: Mapped[bool] = mapped_column(default=False)


class SiblingGroupHold(Base):
    """One reason why a group waits; it goes only when that reason is settled (ADR 0013).

    number: the registration that was refused, "" where its row had none that can be read.
    """

    __tablename__ = "sibling_group_hold"

    group_id: Mapped[UUID] = mapped_column(
        ForeignKey("sibling_group.id", ondelete="CASCADE"), primary_key=True
    )
    reason: Mapped[HoldReason] = mapped_column(closed_list(HoldReason, "reason"), primary_key=True)
    number: Mapped[str] = mapped_column(primary_key=True, default="")


class SiblingPairWish(Base):
    """What one registration wishes for its child and one brother or sister, named by number.

    It goes before the wish of the group. The other may be registered later, or not at all. whose,
    why, contra_indication: told for people who have to weigh it; no run reads them.
    """

    __tablename__ = "sibling_pair_wish"

    registration_id: Mapped[UUID] = mapped_column(
        ForeignKey("registration.id", ondelete="CASCADE"), primary_key=True
    )
    other_number: Mapped[str] = mapped_column(primary_key=True)
    wish: Mapped[SiblingWish] = mapped_column(closed_list(SiblingWish, "wish"))
    whose: Mapped[WishOf | None] = mapped_column(closed_list(WishOf, "whose"))
    why: Mapped[str | None] = mapped_column(
        SealedText("sibling_pair_wish.why", owner="registration_id")
    )
    contra_indication: Mapped[str | None] = mapped_column(
        SealedText("sibling_pair_wish.contra_indication", owner="registration_id")
    )
