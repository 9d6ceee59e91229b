"""Whose home is secret now, in an answer about a run of before: the run knows only what it stored.

A child may have become secret since, and a brother or sister in the same home makes it so too
(app/placed/secret.py, ADR 0075). Kilometres of the whole plan give a secret address away, so every
answer that names moved children says of each whether they are to be left out.
"""

from collections.abc import Iterator
from typing import TypeVar

from sqlalchemy.orm import Session

from app.http.schema import Schema
from app.placed.secret import secret_numbers
from app.proposals.question_schemas import Alternatives, CallList, MovedChild, PairAnswer
from app.proposals.whatif_schemas import WhatIfOut

Told = TypeVar("Told", bound=Schema)


def with_secrecy(session: Session, answer: Told) -> Told:
    """Return the answer, in which whoever's home is secret now is said to be so."""
    moved = list(_moved_in(answer))
    secret = secret_numbers(session, {one.number for one in moved})
    for one in moved:
        one.is_secret = one.is_secret or one.number in secret
    return answer


def _moved_in(answer: Schema) -> Iterator[MovedChild]:
    match answer:
        case PairAnswer(price=price):
            prices = [price]
        case Alternatives(alternatives=found):
            prices = [one.price for one in found]
        case CallList(calls=calls):
            prices = [call.gain for call in calls]
        case WhatIfOut(difference=difference):
            prices = [difference]
        case _:
            prices = []
    for price in prices:
        if price is not None:
            yield from price.children
