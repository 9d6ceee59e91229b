"""The road of a registration in any order, from the first word of a draft to a follow-up."""

import json
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import invariant, precondition, rule
from sqlalchemy import Engine, update

from app.intake.draft_routes import router as drafts
from app.intake.file_routes import router as files
from app.intake.routes import router as children
from app.kernel.clock import now, today_in_amsterdam
from app.kernel.undo import UNDO_WITHIN
from app.models import Draft, Registration
from app.steps.routes import router as steps
from tests.doors import open_door
from tests.fuzz.machines import OnDatabase, run_machine
from tests.rows import make_family

TODAY = today_in_amsterdam()
BEGAN = TODAY - timedelta(days=9)
REGION = Path(__file__).parents[1] / "data" / "regio-1"
EXAMPLE: dict[str, Any] = json.loads((REGION / "aanmeldingen.jsonl").read_bytes().splitlines()[0])
# Where each stage leads, written down apart from the service.
LEADS_TO = {
    "concept": {"compleet", "ingetrokken"},
    "compleet": {"concept", "zoekt", "ingetrokken"},
    "zoekt": {"voorgesteld", "gesloten", "ingetrokken"},
    "voorgesteld": {"zoekt", "geplaatst", "gesloten", "ingetrokken"},
    "gesloten": set(),
    "ingetrokken": set(),
}
WRITTEN, SEARCHED = {"concept", "compleet"}, {"zoekt", "voorgesteld"}
which = st.integers(0, 30)


@dataclass
class Road:
    """One draft or registration. step: what is begun for it. waits_since: its clock, once known."""

    id: str
    number: str
    stage: str
    is_draft: bool = True
    may_come_back: bool = False
    was_whole: bool = False
    step: str = ""
    waits_since: date | None = None
    history: list[Any] = field(default_factory=list)

    @property
    def at(self) -> str:
        """Its address."""
        return f"/v1/{'concepten' if self.is_draft else 'kinderen'}/{self.id}"


class RoadMachine(OnDatabase):
    """Drafts, registrations and follow-ups; one family that can be asked."""

    def fill(self) -> None:
        """Make the family and the door."""
        self.roads: list[Road] = []
        self.made = 0
        with self.session() as session:
            make_family(session, reference="SPI-1", places=20)
        self.client = open_door(self.connection, children, files, drafts, steps)

    @precondition(lambda self: len(self.roads) < 5)
    @rule(is_whole=st.booleans())
    def begin(self, *, is_whole: bool) -> None:
        """Begin a draft, nine days ago."""
        number = self._number()
        answer = self.client.post("/v1/concepten", json=self._told(number, is_whole=is_whole))
        assert answer.status_code == 201, answer.text
        made = answer.headers["Location"].rpartition("/")[2]
        with self.session() as session:
            session.execute(update(Draft).where(Draft.id == made).values(started_on=BEGAN))
        stage = "compleet" if is_whole else "concept"
        self.roads.append(Road(made, number, stage, was_whole=is_whole))

    @precondition(lambda self: any(road.is_draft for road in self.roads))
    @rule(at=which, is_whole=st.booleans())
    def save(self, at: int, *, is_whole: bool) -> None:
        """Tell more, or less."""
        road = self._road(at, is_draft=True)
        told = self._told(road.number, is_whole=is_whole)
        if self._ask(road, "put", "", told, is_open=road.stage in WRITTEN):
            road.stage, road.was_whole = "compleet" if is_whole else "concept", is_whole

    @precondition(lambda self: any(road.is_draft for road in self.roads))
    @rule(at=which)
    def hand_in(self, at: int) -> None:
        """Make a registration of a draft: only of one that is complete."""
        road = self._road(at, is_draft=True)
        if self._ask(road, "post", "/_indienen", None, is_open=road.stage == "compleet", ok=201):
            road.is_draft, road.stage = False, "zoekt"
            road.waits_since = self._clock(road)
            assert road.waits_since <= BEGAN, "handing in made the clock start again"

    @precondition(lambda self: self.roads)
    @rule(at=which)
    def withdraw(self, at: int) -> None:
        """Stop with a draft or with a search."""
        road = self._road(at)
        is_open = road.stage in WRITTEN | SEARCHED
        reason = "Het kind blijft thuis." if road.is_draft else "thuis gebleven"
        if self._ask(road, "post", "/_intrekken", {"reden": reason}, is_open=is_open):
            road.stage, road.may_come_back = "ingetrokken", road.is_draft

    @precondition(lambda self: any(road.is_draft for road in self.roads))
    @rule(at=which)
    def take_back(self, at: int) -> None:
        """Take a withdrawal back, within five minutes."""
        road = self._road(at, is_draft=True)
        is_open = road.may_come_back
        if self._ask(road, "post", "/intrekking/_terugdraaien", None, is_open=is_open):
            road.stage = "compleet" if road.was_whole else "concept"
            road.may_come_back = False

    @precondition(lambda self: any(road.may_come_back for road in self.roads))
    @rule()
    def let_five_minutes_pass(self) -> None:
        """What was withdrawn until now cannot come back any more."""
        long_ago = now() - UNDO_WITHIN - timedelta(seconds=1)
        with self.session() as session:
            kept = update(Draft).where(Draft.kept_at.is_not(None)).values(kept_at=long_ago)
            session.execute(kept)
        for road in self.roads:
            road.may_come_back = False

    @precondition(lambda self: any(not road.is_draft for road in self.roads))
    @rule(at=which)
    def close(self, at: int) -> None:
        """Close a registration: from the search on, once."""
        road = self._road(at, is_draft=False)
        is_open = road.stage in SEARCHED
        if self._ask(road, "post", "/_sluiten", {"reden": "Verhuisd."}, is_open=is_open):
            road.stage = "gesloten"

    @precondition(lambda self: any(not road.is_draft for road in self.roads))
    @rule(at=which)
    def ask_the_family(self, at: int) -> None:
        """Begin a step: the child is proposed as long as it runs."""
        road = self._road(at, is_draft=False)
        body = {"aanbieder": "spirit", "gezin": "SPI-1", "redenKeuze": "Vertrouwd."}
        answer = self._ask(
            road, "post", "/stappen", body, is_open=road.stage == "zoekt", ok=201, match=False
        )
        if answer:
            road.stage, road.step = "voorgesteld", answer["id"]

    @precondition(lambda self: any(road.stage == "voorgesteld" for road in self.roads))
    @rule(at=which)
    def stop_asking(self, at: int) -> None:
        """End the step: the child is searched for again."""
        asked = [road for road in self.roads if road.stage == "voorgesteld"]
        road = asked[at % len(asked)]
        where, body = f"/stappen/{road.step}/_beeindigen", {"reden": "Het gezin is ziek."}
        self._ask(road, "post", where, body, is_open=True, match=False)
        road.stage, road.step = "zoekt", ""

    @precondition(lambda self: any(not road.is_draft for road in self.roads))
    @rule(at=which)
    def follow(self, at: int) -> None:
        """Go on from a registration that ended: the clock goes on as well."""
        road = self._road(at, is_draft=False)
        # Of one child one registration is searched for.
        same = [
            one for one in self.roads if one.waits_since and self._child(one) == self._child(road)
        ]
        is_open = road.stage not in SEARCHED and not any(one.stage in SEARCHED for one in same)
        number = self._number()
        body = {
            "aanmeldnummer": number, "vorm": "opvoeding", "urgentie": "regulier",
            "verblijftNu": "thuis", "nodigVanaf": TODAY.isoformat(), "verwachteDuurMaanden": 24,
        }  # fmt: skip
        answer = self._ask(road, "post", "/_vervolg", body, is_open=is_open, ok=201, match=False)
        if answer:
            made = Road(answer["id"], number, "zoekt", is_draft=False)
            made.waits_since = self._clock(made)
            assert made.waits_since == road.waits_since, "a follow-up made the clock start again"
            self.roads.append(made)

    @invariant()
    def each_road_is_what_the_model_says(self) -> None:
        """Where it stands, what is open, a history that only grows, and a clock that goes on."""
        for road in self.roads:
            told = self.client.get(f"{road.at}/geschiedenis").json()
            assert told["stand"] == road.stage, told
            assert set(told["mogelijkeStappen"]) == LEADS_TO[road.stage]
            steps = told["stappen"]
            assert steps[: len(road.history)] == road.history, "history was changed"
            for one, following in pairwise(steps):
                assert one["naar"] == following["van"], "a gap"
            assert steps[-1]["naar"] == road.stage
            road.history = steps
            if road.waits_since:
                assert self._clock(road) == road.waits_since, "the clock started again"

    def _ask(
        self, road: Road, verb: str, where: str, body: Any, *, is_open: bool, ok: int = 200,
        match: bool = True,
    ) -> Any:  # fmt: skip
        """Ask for something; return the answer where it is open, None where it is refused.

        A refusal is a 409 with a sentence that names the stages that are open, and the row stays
        as it was.
        """
        before = self.client.get(road.at)
        given = {"If-Match": before.headers["ETag"]} if match else {}
        answer = self.client.request(verb, road.at + where, json=body, headers=given)
        if is_open:
            assert answer.status_code == ok, answer.text
            return answer.json()
        assert answer.status_code == 409, answer.text
        told = answer.json()["detail"]
        assert told.endswith(".")
        if told.startswith("stand: ") and "kan niet naar" in told:
            assert all(f"'{stage}'" in told for stage in LEADS_TO[road.stage]), told
        assert self.client.get(road.at).json() == before.json(), "a refusal changed something"
        return None

    def _road(self, at: int, *, is_draft: bool | None = None) -> Road:
        among = [road for road in self.roads if is_draft in (None, road.is_draft)]
        return among[at % len(among)]

    def _number(self) -> str:
        self.made += 1
        return f"AM-{self.made}"

    def _told(self, number: str, *, is_whole: bool) -> dict[str, Any]:
        # Its own name, so that no two of them look like one child.
        whole = EXAMPLE | {"aanmeldnummer": number, "voornaam": f"Kind {number}"}
        left_out = {"bsn", "broersZussen"} if is_whole else {"bsn", "broersZussen", "vorm"}
        return {name: value for name, value in whole.items() if name not in left_out}

    def _clock(self, road: Road) -> date:
        with self.session() as session:
            return session.get_one(Registration, UUID(road.id)).waiting_since

    def _child(self, road: Road) -> UUID:
        with self.session() as session:
            return session.get_one(Registration, UUID(road.id)).child_id


@pytest.mark.drawn
@pytest.mark.timeout(1800)
def test_the_road_in_any_order(engine: Engine) -> None:
    """Drafts, handing in, withdrawing and taking back, asking a family, closing, following up."""
    run_machine(RoadMachine, engine, examples=4, soak=60, steps=30)
