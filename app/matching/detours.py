"""One place more or less in a plan of single children: the shortest road to what is free.

Successive shortest paths with prices (Ahuja, Magnanti, Orlin: Network Flows, 9.7). At good prices
no road is shorter than nothing, so that a search ends close by; and the prices are good again after
it, so that the next change is as exact as the first. Where a plan was not the best flow, a road
that would gain is as long as nothing: the plan that comes of it is worth no less than was told.
"""

import numpy as np

from app.matching.problem import Bools, Ints
from app.matching.road_search import NEVER, Search
from app.matching.roads import END, Roads


class Detours:
    """A plan while it is changed: what each child has, and the prices; the roads stay as they are.

    at, home, has: of each child its choice, the family of that and what it is worth; -1, -1 and 0
    for none. price: per family, and 0 at the end, which is read for no family. locked: children who
    stay out of it: pinned, or taken away. kids, homes: whose choice, and which price or free
    places, may have changed since it was made or copied.
    """

    def __init__(self, roads: Roads) -> None:
        self.roads = roads
        self.at, self.free, self.price = (
            roads.at.copy(),
            roads.free.copy(),
            np.append(roads.price, 0),
        )
        placed = roads.at >= 0
        self.home = (
            np.where(placed, roads.family[roads.at], -1) if len(roads.family) else roads.at.copy()
        )
        self.has = (
            np.where(placed, roads.worth[roads.at], 0)
            if len(roads.worth)
            else np.zeros_like(roads.at)
        )
        self.locked: Bools = ~roads.may_move
        self.banned: set[int] = set()
        self.kids: list[int] = []
        self.homes: list[int] = []

    def add(self, family: int) -> None:
        """Take in one place more."""
        self._fill(family)

    def drop(self, family: int) -> bool:
        """Take one place away; False where only children are who cannot move."""
        if self.free[family] > 0:
            self._count(family, -1)
            return True
        if self._follow(family):
            return True
        return self._push([(0, family)], {}, stay=NEVER)

    def pin(self, child: int, choice: int) -> bool:
        """Bring a child there for good; False where nobody can make way."""
        if self.at[child] == choice:
            self.lock(child)
            return True
        self.take_out(child)
        return self.bring(choice)

    def bring(self, choice: int) -> bool:
        """Bring a child that was taken out there; False where nobody can make way."""
        family = int(self.roads.family[choice])
        return self._push([(0, family)], {family: (-1, choice)}, stay=NEVER)

    def copy(self) -> "Detours":
        """Return the same plan and prices, to be changed apart from these."""
        other = Detours(self.roads)
        other.at, other.price, other.free = self.at.copy(), self.price.copy(), self.free.copy()
        other.home, other.has = self.home.copy(), self.has.copy()
        other.locked, other.banned = self.locked.copy(), set(self.banned)
        return other

    def go_back(self, before: "Detours") -> None:
        """Undo all changes since this was copied from another, which has not changed since."""
        kids, homes = self.kids, self.homes
        self.at[kids], self.locked[kids] = before.at[kids], before.locked[kids]
        self.home[kids], self.has[kids] = before.home[kids], before.has[kids]
        self.price[homes], self.free[homes] = before.price[homes], before.free[homes]
        self.kids, self.homes = [], []

    def lock(self, child: int) -> None:
        """Keep a child out of it."""
        self.locked[child] = True
        self.kids.append(child)

    def _count(self, family: int, more: int) -> None:
        self.free[family] += more
        self.homes.append(family)

    def _choose(self, child: int, choice: int) -> None:
        self.at[child] = choice
        self.home[child] = self.roads.family[choice] if choice >= 0 else -1
        self.has[child] = self.roads.worth[choice] if choice >= 0 else 0
        self.kids.append(child)

    def _shift(self, search: Search, sign: int) -> None:
        """Make places dearer (1) or cheaper (-1) by as much nearer as their families are."""
        homes = np.fromiter(search.far, np.int64, len(search.far))
        far = np.fromiter(search.far.values(), np.int64, len(homes))
        self.price[homes] += sign * np.maximum(search.best - far, 0)
        self.homes += search.far

    def forbid(self, child: int, choice: int) -> None:
        """Never bring a child there: if it was, it goes where that costs least."""
        self.banned.add(choice)
        if self.at[child] != choice:
            return
        self.take_out(child)
        roads = self.roads
        own = self._open(roads.out[roads.out_first[child] : roads.out_first[child + 1]])
        net = roads.worth[own] - self.price[roads.family[own]]
        most = max(0, int(net.max(initial=0)))
        homes = roads.family[own].tolist()
        by = {home: (-1, at) for home, at in zip(homes, own.tolist(), strict=True)}
        self._push(list(zip((most - net).tolist(), homes, strict=True)), by, stay=most)
        self.locked[child] = False

    def take_out(self, child: int) -> None:
        """Take a child away for the time being, and let its place be filled."""
        choice = int(self.at[child])
        self._choose(child, -1)
        self.lock(child)
        if choice >= 0:
            self._fill(int(self.roads.family[choice]))

    def _open(self, choices: Ints) -> Ints:
        if not self.banned:
            return choices
        return choices[~np.isin(choices, list(self.banned))]

    def _fill(self, family: int) -> None:
        """Let whoever gains most by it come to a place that is free, and so on behind it."""
        search = Search(int(self.price[family]), (family, -1))
        search.begin([(0, family)])
        while (home := search.next()) is not None:
            far = search.far[home]
            search.finish(far + int(self.price[home]), home, -1)
            self._look_into(search, home, far)
        end, choice = search.end or (family, -1)
        if choice < 0:
            self._count(end, 1)
        self._move(search, end, choice)
        self._shift(search, -1)

    def _look_into(self, search: Search, home: int, far: int) -> None:
        """Reach the families of those who could come here, and those who have none."""
        first, kids, worth = self.roads.coming_to(home)
        now, price = self.home[kids], int(self.price[home])
        less = self.has[kids] - self.price[now] - worth
        near = (less < search.best - far - price).nonzero()[0]
        lost = less[near].tolist()
        rows = zip(near.tolist(), lost, kids[near].tolist(), now[near].tolist(), strict=True)
        for at, lose, kid, from_home in sorted(rows, key=_by_loss):
            choice, length = first + at, max(lose + price, 0) + far
            if self.locked[kid] or choice in self.banned:
                continue
            if from_home < 0:
                search.finish(length, home, choice)
            elif from_home != home:
                search.reach(from_home, length, (home, choice))

    def _push(
        self, starts: list[tuple[int, int]], by: dict[int, tuple[int, int]], *, stay: int
    ) -> bool:
        """Make room in the nearest of these families; stay: what it costs not to, for who comes."""
        # Where prices are those of the shortest roads, one without length is found at once.
        search = self._seek_room(starts, by, 1)
        if search.end is None:
            search = self._seek_room(starts, by, stay)
        if search.end is None and stay == NEVER:
            return False
        self._shift(search, 1)
        if search.end is None:
            return True
        end, choice = search.end
        if choice >= 0:
            self._choose(int(self.roads.child[choice]), -1)
        else:
            self._count(end, -1)
        self._move(search, end, -1)
        return True

    def _follow(self, family: int) -> bool:
        """Take the road that was found beforehand, where it still has no length; else False."""
        roads, home, taken = self.roads, family, list[int]()
        while roads.onward and self.free[home] == 0:
            choice = roads.onward[home]
            is_end = choice < END
            choice = END - 1 - choice if is_end else choice
            if choice == END or choice in taken or not self._is_level(home, choice, is_end=is_end):
                return False
            if is_end:
                self._choose(int(roads.child[choice]), -1)
                break
            taken.append(choice)
            home = int(roads.family[choice])
        else:
            if not taken:
                return False
            self._count(home, -1)
        for choice in taken:
            self._choose(int(roads.child[choice]), choice)
        return True

    def _is_level(self, home: int, choice: int, *, is_end: bool) -> bool:
        """Return whether who is at home loses nothing by a choice, or without, at these prices."""
        roads, price, child = self.roads, self.price, self.roads.child[choice]
        if self.home[child] != home or self.locked[child] or choice in self.banned:
            return False
        gained = 0 if is_end else roads.worth[choice] - price[roads.family[choice]]
        return bool(self.has[child] - price[home] <= gained)

    def _seek_room(
        self, starts: list[tuple[int, int]], by: dict[int, tuple[int, int]], most: int
    ) -> Search:
        """Look for a place nearer than this; by: the choice that leads to each start."""
        search = Search(most, by=dict(by))
        search.begin(starts)
        while (home := search.next()) is not None:
            far = search.far[home]
            if self.free[home] > 0:
                search.finish(far, home, -1)
            else:
                self._look_out(search, home, far)
        return search

    def _look_out(self, search: Search, home: int, far: int) -> None:
        """Reach the families where those who are here could go, or leave one without."""
        _, kids, _ = self.roads.coming_to(home)
        price = int(self.price[home])
        for child in kids[self.home[kids] == home].tolist():
            if self.locked[child]:
                continue
            net = int(self.has[child]) - price
            search.finish(far + max(net, 0), home, int(self.at[child]))
            own, families, worth = self.roads.own(child)
            less = self.price[families] - worth
            # One's own leads back to what is seen.
            near = (less < search.best - far - net).nonzero()[0]
            ways = own[near].tolist(), families[near].tolist(), less[near].tolist()
            for choice, to, more in zip(*ways, strict=True):
                if choice not in self.banned:
                    search.reach(to, max(more + net, 0) + far, (home, choice))

    def _move(self, search: Search, end: int, choice: int) -> None:
        """Let everybody along the road to an end take the choice that led there."""
        if choice >= 0:
            self._choose(int(self.roads.child[choice]), choice)
        home = end
        while home in search.by and home >= 0:
            home, choice = search.by[home]
            self._choose(int(self.roads.child[choice]), choice)


def _by_loss(row: tuple[int, int, int, int]) -> int:
    return row[1]
