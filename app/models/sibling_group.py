"""Groups of brothers and sisters, with what is wished for them."""

from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Base, HasId, closed_list
from app.kernel.words import SiblingWish


class SiblingGroup(HasId, Base):
    """A sibling group (*broers en zussen*).

    on_hold (*navragen*): its registrations carry different wishes; nobody of it is proposed until
    a person has answered.
    """

    __tablename__ = "sibling_group"

    code: Mapped[str] = mapped_column(unique=True)
    wish: Mapped[SiblingWish] = mapped_column(closed_list(SiblingWish, "wish"))
    on_hold: Mapped[bool] = mapped_column(default=False)
