"""Four-digit postcode areas with the centroid that distances are measured from."""

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Base, closed_list
from app.kernel.words import AreaQuality


class PostcodeArea(Base):
    """A PC4 area (GeoNames, CC BY 4.0); only `exact` centroids may support a hard limit."""

    __tablename__ = "postcode_area"
    __table_args__ = (
        CheckConstraint("pc4 ~ '^[1-9][0-9]{3}$'", name="pc4_is_four_digits"),
        CheckConstraint("lat BETWEEN 50 AND 54 AND lon BETWEEN 3 AND 8", name="in_netherlands"),
    )

    pc4: Mapped[str] = mapped_column(primary_key=True)
    place: Mapped[str]
    municipality_code: Mapped[str]
    municipality: Mapped[str]
    lat: Mapped[float]
    lon: Mapped[float]
    quality: Mapped[AreaQuality] = mapped_column(closed_list(AreaQuality, "quality"))
