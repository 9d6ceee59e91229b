"""A reader that follows the feed of events from its begin, and never goes back."""

from pathlib import Path

from app.kernel.actor import ActorRole
from tests.chaos.caller import Caller, as_

_FIRST = "/v1/gebeurtenissen?aantal=100"


class FeedReader:
    """Notes the id of each event as it comes; the place in the feed is the service's own Link."""

    def __init__(self, caller: Caller, path: Path) -> None:
        self.ids: list[str] = []
        self._caller, self._path, self._next = caller, path, _FIRST

    def follow(self) -> None:
        """Read on until told to stop."""
        while not self._caller.stop.is_set():
            if not self.read_page():
                self._caller.stop.wait(0.5)

    def read_page(self) -> int:
        """Take in the next page; return how many events it had."""
        told = self._caller.get(self._next, as_(ActorRole.COORDINATOR))
        assert told.is_yes, told.answer.text
        ids = [event["id"] for event in told.body]
        self.ids += ids
        with self._path.open("a", encoding="utf-8") as file:
            file.writelines(f"{id_}\n" for id_ in ids)
        link = told.answer.links["next"]["url"]
        self._next = link[link.index("/v1/") :]
        return len(ids)
