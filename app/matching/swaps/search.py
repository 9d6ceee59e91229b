"""A look at every way in which a group of children can fare within a budget."""

from app.matching.swaps.ladder import as_whole
from app.matching.swaps.play import Play

MOST_CHILDREN = 40
MOST_STEPS = 2_000  # of one group: a limit on work, so that a question always goes the same way


class TooWide(Exception):
    """More is left open than may be looked at one by one."""


class Search:
    """All choices of one group. best: the best values per goal, more is better, and its columns."""

    def __init__(self, play: Play, children: list[int], left: int) -> None:
        if len(children) > MOST_CHILDREN:
            raise TooWide
        self.play, self.children, self.left = play, children, left
        self.cost, self.without, self.options = play.cost, play.without, play.options
        self.room: dict[int, int] = {}
        self.taken: list[int] = []
        self.steps = 0
        self.best: tuple[tuple[int, ...], tuple[int, ...]] | None = None
        self._meet_supply()

    def _meet_supply(self) -> None:
        """Note which rows the group can leave room in, and how much each child may fill of them."""
        play = self.play
        self.share: dict[int, dict[int, int]] = {child: {} for child in self.children}
        self.supply: dict[int, int] = {}
        for column in play.own_of(self.children):
            self.supply.update(
                (row, 0) for row, _ in play.lookup.rows_of(column) if row in play.hole
            )
        for child in self.children:
            share = self.share[child]
            for column in self.options[child]:
                size = len(play.market.children_of(column))
                for row, takes in play.lookup.rows_of(column):
                    if row in self.supply:
                        share[row] = max(-(-takes // size), share.get(row, 0))
            for row, part in share.items():
                self.supply[row] += part

    def run(self, spent: int) -> None:
        """Look at everything that costs no more than what is left; spent: cost of what stays."""
        self._go_on(set(self.children), spent)

    def _holes(self) -> int:
        """Return what the rows cost that nobody can fill any more."""
        total = 0
        for row, coming in self.supply.items():
            empty = self._room(row) - coming
            if empty > 0:
                total += empty * self.play.hole[row]
        return total

    def _go_on(self, waiting: set[int], spent: int) -> None:
        self.steps += 1
        if self.steps > MOST_STEPS:
            raise TooWide
        if spent + self._holes() > self.left:
            return
        if not waiting:
            self._record()
            return
        child, fitting = self._next(waiting, spent)
        for column in fitting:
            members = self.play.market.children_of(column)
            self._take(column, members, 1)
            self._go_on(waiting.difference(members), spent + self.cost[column])
            self._take(column, members, -1)
        cost = spent + self.without[child]
        if cost <= self.left and self.play.may_go_without(child):
            self._leave([child], 1)
            self._go_on(waiting - {child}, cost)
            self._leave([child], -1)

    def _next(self, waiting: set[int], spent: int) -> tuple[int, list[int]]:
        """Return the child with the fewest ways left, and those."""
        if self.play.child in waiting:
            return self.play.child, self._fitting(self.play.child, waiting, spent)
        best: tuple[int, list[int]] = (-1, [])
        fewest = len(self.cost) + 2
        for child in self.children:
            if child not in waiting:
                continue
            fitting = self._fitting(child, waiting, spent)
            alone = spent + self.without[child] <= self.left and self.play.may_go_without(child)
            ways = len(fitting) + alone
            if ways < fewest:
                best, fewest = (child, fitting), ways
            if ways <= 1:
                break
        return best

    def _fitting(self, child: int, waiting: set[int], spent: int) -> list[int]:
        most, play = self.left - spent, self.play
        return [
            column
            for column in self.options[child]
            if self.cost[column] <= most
            and waiting.issuperset(play.market.children_of(column))
            and all(self._room(row) >= takes for row, takes in play.lookup.rows_of(column))
        ]

    def _room(self, row: int) -> int:
        found = self.room.get(row)
        if found is None:
            found = self.room[row] = self.play.room(row)
        return found

    def _take(self, column: int, members: list[int], sign: int) -> None:
        for row, takes in self.play.lookup.rows_of(column):
            self.room[row] = self._room(row) - sign * takes
        if sign > 0:
            self.taken.append(column)
        else:
            self.taken.pop()
        self._leave(members, sign)

    def _leave(self, members: list[int], sign: int) -> None:
        for child in members:
            for row, part in self.share[child].items():
                self.supply[row] -= sign * part

    def _record(self) -> None:
        market, taken = self.play.market, tuple(self.taken)
        values = tuple(market.table[:, self.taken].sum(axis=1).tolist())
        if self.best is not None:
            if values < self.best[0]:
                return
            if values == self.best[0] and market.list_of(taken) >= market.list_of(self.best[1]):
                return
        self.best = values, taken


def best_of(play: Play, left: int) -> tuple[int, ...] | None:
    """Return the columns of the best plan that costs no more than what is left beside the forced
    column, apart from those that stay; None where there is none. Raises TooWide."""
    spent = as_whole(complex(play.offer.cost[play.stays].sum()))
    forced = play.cost[play.offer.column]
    taken: list[int] = []
    for children in play.groups():
        is_first = play.child in children
        if not is_first and play.is_best:  # no other group can do better than the best plan does
            taken += play.own_of(children)
            continue
        search = Search(play, children, left + forced)
        search.run(spent if is_first else spent + forced)
        if search.best is None:
            return None
        taken += search.best[1]
    return tuple(taken)
