"""Which lines of the log a request asks for: the same for the page and for the file."""

import re
from typing import Annotated

from fastapi import Query
from pydantic import AwareDatetime, BeforeValidator

from app.kernel.purposes import Purpose
from app.models import AuditOutcome
from app.oversight.queries import LogFilter

# Pydantic takes a number for seconds since 1970, and the contract promises text.
_INSTANT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}:[0-9]{2}([.][0-9]+)?([Zz]|[+-][0-9]{2}:[0-9]{2})"
)


def _text_of_instant(value: object) -> object:
    if not isinstance(value, str) or not _INSTANT.fullmatch(value):
        raise ValueError("is geen tijdstip; schrijf het zoals 2026-11-01T09:00:00+01:00")
    return value


Moment = Annotated[AwareDatetime, BeforeValidator(_text_of_instant)]
Word = Annotated[str | None, Query(max_length=200, pattern=r"^[^\x00]*$")]


def wanted_lines(
    *,
    subject: Annotated[
        Word, Query(alias="onderwerp", description="Zoals kind of pleeggezin.")
    ] = None,
    reference: Annotated[
        Word, Query(alias="kenmerk", description="Zoals het id van een kind.")
    ] = None,
    who: Annotated[Word, Query(alias="wie")] = None,
    operation: Annotated[Word, Query(alias="handeling")] = None,
    outcome: Annotated[AuditOutcome | None, Query(alias="uitkomst")] = None,
    since: Annotated[Moment | None, Query(alias="vanaf")] = None,
    until: Annotated[Moment | None, Query(alias="tot", description="Zelf niet mee.")] = None,
    client: Annotated[Word, Query(alias="toepassing", description="Welke het vroeg.")] = None,
    purpose: Annotated[
        Purpose | None, Query(alias="doel", description="Zoals noodtoegang.")
    ] = None,
    number: Annotated[
        Word, Query(alias="aanmeldnummer", description="Van het kind waarover de regel gaat.")
    ] = None,
) -> LogFilter:
    """Return the lines that a request asks for."""
    return LogFilter(
        subject, reference, who, operation, outcome, since, until, client, purpose, number
    )
