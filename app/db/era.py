"""The era of a database: a number that is higher each time it was put back from a copy.

Feeds go by the ids of transactions. A database that was put back gives out ids that were given out
before, on another server or in a time that did not happen: what comes after bears a later era, so
that a reader's cursor of before is known for what it is. The clock goes into it, because one copy
may be put back twice.
"""

from sqlalchemy import BigInteger, Connection, func, select, text

ERA = select(
    func.pg_sequence_last_value(text("'event_era'::regclass"), type_=BigInteger())
).scalar_subquery()

_BEGIN = """
SELECT setval('event_era',
              greatest(nextval('event_era'), extract(epoch FROM clock_timestamp())::bigint))
"""


def begin_era(connection: Connection) -> int:
    """Begin a later era than any before, as the owner of the tables; return its number."""
    era: int = connection.execute(text(_BEGIN)).scalar_one()
    return era
