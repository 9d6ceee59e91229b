"""What stands in every table, in two numbers: how many rows, and a sum that any change alters."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, text

# A row as text is the same everywhere only under the same settings.
_SETTINGS = """
    SELECT set_config('TimeZone', 'UTC', true), set_config('DateStyle', 'ISO, YMD', true),
           set_config('IntervalStyle', 'iso_8601', true), set_config('bytea_output', 'hex', true),
           set_config('extra_float_digits', '1', true), set_config('row_security', 'off', true)
"""
_TABLES = """
    SELECT relname FROM pg_class
     WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') ORDER BY relname
"""
# A sum does not ask for an order: two servers that sort text differently agree. Sixty bits of
# SHA-256 each, in four sums.
_SUM = """
    SELECT count(*), md5(concat_ws(' ',
             sum(('x' || substr(h, 1, 15))::bit(60)::bigint),
             sum(('x' || substr(h, 16, 15))::bit(60)::bigint),
             sum(('x' || substr(h, 31, 15))::bit(60)::bigint),
             sum(('x' || substr(h, 46, 15))::bit(60)::bigint)))
      FROM (SELECT encode(sha256(convert_to(CAST(t AS text), 'UTF8')), 'hex') AS h
              FROM public.{table} t) AS hashed
"""


@dataclass(frozen=True, slots=True)
class Content:
    """What a table holds."""

    rows: int
    checksum: str


def contents(connection: Connection) -> dict[str, Content]:
    """Return the content of every table, as the transaction of a connection sees it.

    By a role that row-level security does not touch; another one gets an error, never half a sum.
    """
    connection.execute(text(_SETTINGS))
    quote = connection.dialect.identifier_preparer.quote_identifier
    found = {}
    for name in connection.scalars(text(_TABLES)).all():
        rows, checksum = connection.execute(text(_SUM.format(table=quote(name)))).one()
        found[str(name)] = Content(rows, checksum)
    return found


def differences(wanted: Mapping[str, Content], found: Mapping[str, Content]) -> list[str]:
    """Return the names of the tables that are not the same, or are not on both sides."""
    return sorted(name for name in {*wanted, *found} if wanted.get(name) != found.get(name))
