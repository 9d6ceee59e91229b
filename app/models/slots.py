"""Indexes that keep a place from being used twice at the same time, rhythm by rhythm."""

from sqlalchemy import Index, text

from app.kernel.words import RHYTHMS, Rhythm


def slot_indexes(name: str, *columns: str, when: str) -> tuple[Index, ...]:
    """Return a unique index for each rhythm, over the rows that use the place in it.

    Two rows of one place may stand side by side only where none of the four is in both: full time
    is in all of them. columns: what must then be unique. when: which rows are looked at.
    """
    return tuple(
        Index(
            f"{name}_{rhythm.name.lower()}",
            *columns,
            unique=True,
            postgresql_where=text(f"{when} AND rhythm IN ({_listed(Rhythm.FULL_TIME, rhythm)})"),
        )
        for rhythm in RHYTHMS[1:]
    )


def _listed(*rhythms: Rhythm) -> str:
    return ", ".join(f"'{rhythm.value}'" for rhythm in rhythms)
