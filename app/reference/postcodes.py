"""Loading the table of postcode areas (GeoNames, CC BY 4.0)."""

import csv
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from app.kernel.errors import InputRefused
from app.kernel.postcode import normalise_postcode
from app.kernel.words import AreaQuality
from app.models import PostcodeArea

SHIPPED_TABLE = Path(__file__).parent / "pc4.csv"
_COLUMNS = ("pc4", "plaats", "gemeentecode", "gemeente", "lat", "lon", "kwaliteit")


def load_postcodes(session: Session, path: Path = SHIPPED_TABLE) -> int:
    """Insert or renew the areas of a CSV with columns pc4 .. kwaliteit; return how many.

    Raises InputRefused, naming line and field, before anything is written.
    """
    rows = list(_read(path))
    if not rows:
        raise InputRefused(f"{path.name}: er staat geen enkel gebied in; controleer het bestand.")
    statement = insert(PostcodeArea)
    renewed = {
        column.name: statement.excluded[column.name]
        for column in PostcodeArea.__table__.columns
        if column.name != "pc4"
    }
    session.execute(statement.on_conflict_do_update(index_elements=["pc4"], set_=renewed), rows)
    return len(rows)


def _read(path: Path) -> Iterator[dict[str, object]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            table = csv.DictReader(stream)
            missing = [name for name in _COLUMNS if name not in (table.fieldnames or ())]
            if missing:
                raise InputRefused(
                    f"{path.name}: kolom {', '.join(missing)} ontbreekt; "
                    f"nodig zijn {', '.join(_COLUMNS)}."
                )
            for row in table:
                yield _area(row, f"{path.name}, regel {table.line_num}")
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise InputRefused(
            f"{path} is niet te lezen als CSV in UTF-8; controleer het pad en het bestand."
        ) from error


def _area(row: dict[str, str], where: str) -> dict[str, object]:
    if normalise_postcode(row["pc4"] or "") is None:
        raise InputRefused(f"{where}, veld pc4: geen vier cijfers; verbeter de regel.")
    try:
        return {
            "pc4": row["pc4"],
            "place": row["plaats"],
            "municipality_code": row["gemeentecode"],
            "municipality": row["gemeente"],
            "lat": float(row["lat"]),
            "lon": float(row["lon"]),
            "quality": AreaQuality(row["kwaliteit"]),
        }
    except (ValueError, TypeError) as error:
        raise InputRefused(
            f"{where}: lat en lon moeten graden zijn en kwaliteit exact, benaderd of onzeker; "
            "verbeter de regel."
        ) from error
