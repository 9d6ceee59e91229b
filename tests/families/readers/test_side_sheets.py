"""A side sheet may be let go of in another thread than the one that read it."""

import gc
from threading import Thread

from app.families.readers.side_sheets import SideSheet


def test_the_last_reference_may_go_in_another_thread() -> None:
    """Nothing is left unraised: the suite turns such a warning into an error."""
    held = [SideSheet("pleegouders", ("gezin", "naam"), [])]

    def let_go() -> None:
        held.clear()
        gc.collect()

    thread = Thread(target=let_go)
    thread.start()
    thread.join()
    assert held == []
