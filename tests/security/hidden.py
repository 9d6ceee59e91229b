"""A world in which every placement is secret, and every text that could tell where is a mark.

Or, by kin, in which none is itself: each has a secret brother or sister of another referrer in the
same home.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, cast

from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import Column, create_engine, select, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from app.db.base import Base
from app.db.opened import Database
from app.db.sealed import SealedText
from app.db.session import session_for
from app.kernel.actor import SYSTEM
from app.kernel.clock import today_in_amsterdam
from app.kernel.words import SiblingWish
from app.main import create_app
from app.models import (
    BegunPair,
    Family,
    Placement,
    Registration,
    RegistrationState,
    SiblingGroup,
)
from tests.doors import OpenGate, signed_in
from tests.rows import make_placement, make_registration
from tests.security.world import make_world, tell_world

# What a referrer told itself, or what is of no child that it sends: it may come back to it.
ITS_OWN = {
    "child", "registration", "sibling_group", "sibling_pair_wish", "excluded_area", "legal_frame",
    "draft", "subscription", "duty_number", "given_answer", "import_finding", "import_content",
    "import_chunk",
}  # fmt: skip
TOWN, FAMILY_POSTCODE, SCHOOL, STAYING = "Merkerdam", "9712HX", "1018ZZ", "merkverblijf"
HOUSE, NUMBER = "Merkgezin", "SPI-MERKNUMMER"
# Where a family lives and what it is called; its number at the provider leads there as well.
PLACES = (TOWN, FAMILY_POSTCODE, SCHOOL, STAYING, HOUSE, NUMBER)
# Read by no route for a coordinator under these things; looked for all the same.
UNREAD = {FAMILY_POSTCODE}
# A number for the invoice, the reason that who opens a file in need types itself, and what a
# municipality says of its policy.
HARMLESS = {"placement.allocation_number", "emergency_access.reason", "survey_response.note"}
LEFT = HARMLESS | {"family.name"}
DISTANCE = '"afstandKm"'
# Without these nothing was tried: texts of steps, placements, ends, reviews and breakdowns.
MUST = {
    "begun_pair.choice_reason", "begun_pair.support_plan", "begun_pair.no_support_reason",
    "begun_pair.split_reason", "placement.support_plan", "placement.split_reason",
    "placement_ending.note", "placement_review.note", "breakdown_record.explanation",
    "breakdown_record.tried_text", "strain_signal.note", "ladder_step.note",
    "step_objection.text", "mentor_case.note",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Hidden:
    """The service, what stands in it for the referrer gi-eigen, and which texts were marked."""

    database: Database
    client: TestClient
    things: dict[str, str]
    marked: frozenset[str]


def make_hidden(database: Database, *, by_kin: bool = False) -> Hidden:
    """Fill a database of its own; committed, for the screens sign in by themselves."""
    app = create_app(database)
    v1: FastAPI = next(r.app for r in app.routes if getattr(r, "path", "") == "/v1")  # type: ignore[attr-defined]
    v1.state.gate = OpenGate(v1.state.sessions)
    v1.state.limits = None
    client = TestClient(app, raise_server_exceptions=False)
    with session_for(database.sessions, SYSTEM) as session:
        _move_away(session)
        world = make_world(session)
        _hide(session, is_secret=not by_kin)
    tell_world(client, world)
    things = world.own | {"noodtoegang": _open_file(client, world.own)}
    owner = create_engine(database.url)
    with Session(owner) as session:
        _hide(session, is_secret=not by_kin)
        if by_kin:
            _add_kin(session)
        number = session.scalars(
            select(Family).where(Family.reference == world.own["nummer"])
        ).one()
        number.reference = NUMBER  # last: the world was told by the old one
        session.flush()
        marked = frozenset(_mark_all(session))
        session.commit()
    owner.dispose()
    return Hidden(database, client, things, marked)


def mark_of(column: str) -> str:
    """Return the mark of a column, named `table.column`."""
    return f"Merk-{column}-hier"


def _move_away(session: Session) -> None:
    """Nothing yet stands in the database but what everybody may know."""
    assert session.scalars(select(Family)).first() is None


def _hide(session: Session, *, is_secret: bool) -> None:
    for registration in session.scalars(select(Registration)):
        registration.secret_placement = is_secret
        registration.school_postcode, registration.keep_school = SCHOOL, True
        registration.staying_now = STAYING
    for family in session.scalars(select(Family)):
        family.place_name, family.postcode, family.name = TOWN, FAMILY_POSTCODE, HOUSE
    session.flush()


def _add_kin(session: Session) -> None:
    """Give each child a secret brother or sister where it lives, lived or is proposed."""
    homes = {
        (row.registration_id, row.family_id)
        for kind in (Placement, BegunPair)
        for row in session.scalars(select(kind))
    }
    for at, (child, family) in enumerate(sorted(homes)):
        own = session.get_one(Registration, child)
        if own.sibling_group_id is None:
            group = SiblingGroup(code=f"BZ-GEHEIM-{at}", wish=SiblingWish.TOGETHER)
            session.add(group)
            session.flush()
            own.sibling_group_id, own.sibling_wish = group.id, SiblingWish.TOGETHER
        kin = make_registration(
            session, number=f"AM-GEHEIM-{at}", secret_placement=True,
            sibling_group_id=own.sibling_group_id, sibling_wish=SiblingWish.TOGETHER,
            state=RegistrationState.PLACED,
        )  # fmt: skip
        make_placement(
            session, registration_id=kin.id, family_id=family, since=today_in_amsterdam()
        )


def _open_file(client: TestClient, things: dict[str, str]) -> str:
    body = {
        "aanmeldnummer": things["aanmeldnummer"], "aanleiding": "vermissing",
        "reden": "Het kind is sinds vanavond weg.",
    }  # fmt: skip
    answer = client.post("/v1/noodtoegangen", json=body, headers=signed_in("verwijzer", "gi-eigen"))
    assert answer.status_code in (200, 201), answer.text
    return str(answer.json()["id"])


def _mark_all(session: Session) -> set[str]:
    """Put a mark in every sealed text of every row that takes one; return which columns did."""
    done = set()
    for mapper in Base.registry.mappers:
        if mapper.local_table.name in ITS_OWN:
            continue
        for column in mapper.local_table.columns:
            if isinstance(column.type, SealedText) and column.type.use not in LEFT:
                rows = session.execute(select(*mapper.primary_key)).all()
                done |= {column.type.use for key in rows if _mark(session, column, key)}
    return done


def _mark(session: Session, column: Column[Any], key: Sequence[Any]) -> bool:
    """Return whether the row took it: a rule of the table may ask that a text is absent."""
    table = column.table
    kind = cast("SealedText", column.type)
    which = [one == value for one, value in zip(table.primary_key, key, strict=True)]
    owner = session.scalar(select(table.c[kind.owner]).where(*which))
    if owner is None:
        return False
    # Sealed for its row, which the statement has to name.
    which.append(table.c[kind.owner] == owner)
    try:
        with session.begin_nested():
            session.execute(update(table).where(*which).values({column.name: mark_of(kind.use)}))
    except DBAPIError:
        return False
    return True
