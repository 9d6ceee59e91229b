"""A region that lives through some years at the API: from intake to the end of placements.

Nothing goes past the API but the clock, which is set to each day, and the worker, which performs
its jobs in this process. How placements break down is `app/simulation/history_truth.py`; what is
planted in a region stands in `Planted`.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from fastapi.testclient import TestClient

from app.db.opened import Database
from app.kernel.actor import ActorRole
from app.security.development import make_token
from app.settings import load_settings
from app.simulation.child import Child
from app.simulation.dice import Dice
from app.simulation.family import Family
from app.simulation.history import Points, facts_of
from app.simulation.history_truth import Truth
from app.simulation.year.world import World, course_of, days_of
from tests.databases import work_off
from tests.years.bodies import FRAME, after_breakdown, after_crisis, child_body, family_body

PHASES = (
    "voorgelegd aan pleegouders", "voorgelegd aan ouders en kind", "kennismaking", "match",
    "plaatsing",
)  # fmt: skip
LATE_DAYS = 210


@dataclass(frozen=True, slots=True)
class Planted:
    """What is wrong in a region on purpose; the defaults are nothing.

    no_to_teens: share of the asked families that say no to a child of 12 or over; others say no in
    no_to_all. worse_by: how many times as fast placements break down that begin in the last months.
    """

    no_to_all: float = 0.1
    no_to_teens: float = 0.1
    worse_by: float = 1.0


@dataclass(slots=True)
class Living:
    """A child that lives with a family: its placement, and how and when that will end."""

    child: Child
    number: str
    family: str
    placement: str
    ends_on: date
    breaks: bool


@dataclass(slots=True)
class Region:
    """The state of the driver, not of the service: who will be born, come, go on."""

    client: TestClient
    database: Database
    world: World
    truth: Truth
    planted: Planted
    travel: Callable[[date], None]
    points: Points = field(default_factory=Points.load)
    waiting: dict[str, tuple[Child, str]] = field(default_factory=dict)  # number: child, id
    living: list[Living] = field(default_factory=list)
    nth: Counter[str] = field(default_factory=Counter)
    etags: dict[str, str] = field(default_factory=dict)
    counts: Counter[str] = field(default_factory=Counter)
    day: int = -1
    tokens: dict[tuple[ActorRole, str | None], dict[str, str]] = field(default_factory=dict)

    @property
    def today(self) -> date:
        """The day that it is in the region."""
        return self.world.order.start + timedelta(days=max(0, self.day))

    def live(self) -> None:
        """Go through all weeks."""
        for week in range(self.world.order.weeks):
            self.take_week(7 * week)

    def take_week(self, day: int) -> None:
        """What happens until a day, in the order in which it would."""
        before, self.day = self.day, day
        self.travel(self.today)
        self.tokens.clear()
        self._sync(before)
        self._end_placements()
        self._register(before)
        if self.waiting:
            self._match()

    def _sync(self, before: int) -> None:
        """Families that joined and left since the day before, as their providers' systems tell."""
        world = self.world
        for family in world.families:
            name = family.reference
            if before < world.joins_on.get(name, 0) <= self.day and family.network_for is None:
                self._put(family, "actief")
            left = world.leaves_on.get(name)
            if left is not None and before < left <= self.day and name in self.etags:
                self._put(family, "gestopt")

    def _put(self, family: Family, status: str) -> None:
        provider, name = family.provider.value, family.reference
        known = self.etags.get(name)
        answer = self.client.put(
            f"/v1/pleeggezinnen/{provider}/{name}",
            json=family_body(family, status=status, told_on=self.today),
            headers={
                **self.as_(ActorRole.PROVIDER_SYSTEM, provider),
                **({"If-Match": known} if known else {"If-None-Match": "*"}),
            },
        )
        assert answer.status_code in (200, 201), answer.text
        self.etags[name] = answer.headers["ETag"]
        self.counts[f"gezin {status}"] += 1

    def _register(self, before: int) -> None:
        for child in self.world.children:
            if before < self.world.child_on[child.number] <= self.day:
                self._sign_on(child)

    def _sign_on(self, child: Child) -> None:
        self.nth[child.number] += 1
        nth = self.nth[child.number]
        number = child.number if nth == 1 else f"{child.number}-{nth}"
        intake = self.as_(ActorRole.INTAKE)
        body = child_body(child, number=number, on=self.today)
        made = self.client.post("/v1/kinderen", json=body, headers=intake)
        assert made.status_code == 201, made.text
        id_ = made.json()["id"]
        frame = self.client.get(f"/v1/kinderen/{id_}/juridisch-kader", headers=intake)
        kept = self.client.put(
            f"/v1/kinderen/{id_}/juridisch-kader",
            json=FRAME,
            headers={**intake, "If-Match": frame.headers["ETag"]},
        )
        assert kept.status_code == 200, kept.text
        self.waiting[number] = (child, id_)
        self.counts["aangemeld"] += 1

    def _match(self) -> None:
        """Ask for a run, let the worker perform it, and take up what it proposes."""
        coordinator = self.as_(ActorRole.COORDINATOR)
        body = {"beleid": "zorgvuldig", "peildatum": self.today.isoformat()}
        asked = self.client.post("/v1/matchruns", json=body, headers=coordinator)
        assert asked.status_code == 202, asked.text
        work_off(self.database)
        at = f"/v1/matchruns/{asked.json()['id']}"
        done = self.client.get(at, headers=coordinator).json()
        assert done["stand"] == "klaar", done
        report = self.client.get(f"{at}/verslag", headers=coordinator).json()
        for entry in report["voorstellen"]:
            if entry["gezin"] and entry["aanmeldnummer"] in self.waiting:
                self._follow(entry["aanmeldnummer"], entry)

    def _follow(self, number: str, first: dict[str, Any]) -> None:
        """Put a proposal to the family's provider, and on a yes take it to a placement."""
        child, id_ = self.waiting[number]
        coordinator = self.as_(ActorRole.COORDINATOR)
        matcher = self.as_(ActorRole.MATCHER, first["aanbieder"])
        body = {"aanbieder": first["aanbieder"], "gezin": first["gezin"]}
        begun = self.client.post(f"/v1/kinderen/{id_}/stappen", json=body, headers=coordinator)
        if begun.status_code == 409:
            self.counts["stap geweigerd"] += 1
            return
        assert begun.status_code == 201, begun.text
        step = begun.json()["id"]
        says_no = self._says_no(child, number)
        answer: dict[str, Any] = {"antwoord": "ja"}
        if says_no:
            answer = {"antwoord": "nee", "afwijsreden": "gezin niet beschikbaar"}
        said = self.client.post(f"/v1/gezinsvragen/{step}/_antwoord", json=answer, headers=matcher)
        assert said.status_code == 200, said.text
        self.counts["nee" if says_no else "ja"] += 1
        if not says_no and self._walk(id_, step, matcher):
            self._move_in(child, number, id_, first)

    def _says_no(self, child: Child, number: str) -> bool:
        is_teen = (self.today - child.born_on).days >= 12 * 365.25
        share = self.planted.no_to_teens if is_teen else self.planted.no_to_all
        return Dice(self.world.order.seed, f"no {number} {self.day}").hits(share)

    def _walk(self, id_: str, step: str, matcher: dict[str, str]) -> bool:
        coordinator, at = self.as_(ActorRole.COORDINATOR), f"/v1/kinderen/{id_}/stappen/{step}"
        for phase in PHASES:
            body: dict[str, Any] = {"fase": phase, "akkoord": "ja"}
            if phase == "match":
                shown = self.client.get(at, headers=coordinator).json()
                self._consent(at)
                question = f"/v1/gezinsvragen/{step}/_antwoord"
                said = self.client.post(question, json={"antwoord": "ja"}, headers=matcher)
                assert said.status_code == 200, said.text
                if shown.get("steunplanNodig"):
                    body["steunplan"] = "Elke twee weken begeleiding thuis."
                if shown.get("broersZussenElders"):
                    body["redenSplitsing"] = "Er is geen gezin voor allen."
            if phase == "plaatsing":
                body |= after_crisis(self.client.get(f"/v1/kinderen/{id_}", headers=coordinator))
            moved = self.client.post(f"{at}/_volgende", json=body, headers=coordinator)
            if moved.status_code == 409:
                self.counts[f"geweigerd: {moved.json()['detail'][:60]}"] += 1
                return False
            assert moved.status_code == 200, moved.text
        return True

    def _consent(self, at: str) -> None:
        intake = self.as_(ActorRole.INTAKE)
        child = self.client.get(at.split("/stappen", maxsplit=1)[0], headers=intake).json()
        body = {"organisatie": child["verwijzer"], "gegevenOp": self.today.isoformat()}
        given = self.client.post(f"{at}/_akkoord", json=body, headers=intake)
        assert given.status_code == 200, given.text

    def _move_in(self, child: Child, number: str, id_: str, first: dict[str, Any]) -> None:
        """The child lives there: draw how that will go, as the hidden truth has it."""
        family = self._home(first["gezin"])
        apart = self._is_apart(child, family.reference)
        facts = facts_of(child, family, self.points, today=self.today, is_apart=apart)
        dice, planned = course_of(self.world, child, self.nth[child.number])
        ratio = self.truth.log_ratio(child, family, facts)
        months = self.truth.draw_months(dice, ratio) / self._haste()
        broken = days_of(months)
        listed = self.client.get(
            f"/v1/plaatsingen?kind={id_}", headers=self.as_(ActorRole.COORDINATOR)
        ).json()["plaatsingen"]
        self.living.append(
            Living(
                child, number, family.reference, listed[0]["id"],
                self.today + timedelta(days=min(planned, broken)), broken < planned,
            )
        )  # fmt: skip
        del self.waiting[number]
        self.counts["geplaatst"] += 1

    def _home(self, name: str) -> Family:
        """Return a family with who lives there as the service knows it: whom it placed itself."""
        family = next(f for f in self.world.families if f.reference == name)
        born = (home.child.born_on.year for home in self.living if home.family == name)
        return replace(family, residents=replace(family.residents, foster_children=tuple(born)))

    def _is_apart(self, child: Child, name: str) -> bool:
        """Return whether a brother or sister still waits or lives elsewhere."""
        siblings = child.household.siblings
        if siblings is None:
            return False
        mine = {c.number for c in self.world.children if c.household.siblings == siblings}
        others = mine - {child.number}
        waits = any(kid.number in others for kid, _ in self.waiting.values())
        return waits or any(h.child.number in others and h.family != name for h in self.living)

    def _haste(self) -> float:
        is_late = self.day >= 7 * self.world.order.weeks - LATE_DAYS
        return self.planted.worse_by if is_late else 1.0

    def _end_placements(self) -> None:
        over = [home for home in self.living if home.ends_on <= self.today]
        self.living = [home for home in self.living if home.ends_on > self.today]
        for home in over:
            self._end(home)

    def _end(self, home: Living) -> None:
        dice = Dice(self.world.order.seed, f"end {home.number}")
        code = dice.pick(("32", "33")) if home.breaks else "31"
        body = {"dag": home.ends_on.isoformat(), "code": code,
                "vervolgplek": "onbekend" if home.breaks else "thuis"}  # fmt: skip
        at = f"/v1/plaatsingen/{home.placement}"
        ended = self.client.post(
            f"{at}/_beeindig", json=body, headers=self.as_(ActorRole.COORDINATOR)
        )
        assert ended.status_code == 200, ended.text
        self.counts[f"geëindigd {code}"] += 1
        if home.breaks:
            self._sign_on(after_breakdown(home.child))

    def as_(self, role: ActorRole, organisation: str | None = None) -> dict[str, str]:
        key = (role, organisation)
        if key not in self.tokens:
            name = f"toets-{role}-{organisation}"
            token = make_token(load_settings(), role, organisation=organisation, subject=name)
            self.tokens[key] = {"Authorization": f"Bearer {token}"}
        return self.tokens[key]
