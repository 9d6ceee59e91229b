"""What the service says of a row that it cannot take."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Refusal:
    """One refused family or registration.

    file: name of the file. row: the line in CSV, JSONL and Excel (the header is line 1), the rank
    of the record in JSON and XML (first is 1); 0 where the whole file is meant. field: the column
    as the file names it. message: one Dutch sentence: what is wrong and what to do. No value of a
    person is repeated in it, except the family's or registration's own number.
    """

    file: str
    row: int
    field: str
    message: str
    record: str = ""


@dataclass(frozen=True, slots=True, order=True)
class Notice:
    """Something that was kept or passed over, which a person should know.

    record: the number of the family or registration that it is about; empty for a whole file.
    """

    file: str
    row: int
    field: str
    message: str
    record: str = ""
