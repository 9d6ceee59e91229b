"""A network that is cut, silent or slow between api and database: refused in time, done once."""

from collections.abc import Callable

import pytest

from tests.chaos.conftest import Behind

pytestmark = [pytest.mark.soak, pytest.mark.timeout(300)]


def is_refused(answer: object) -> bool:
    """Return whether an answer says in the usual form that there is no database."""
    told = answer.json()  # type: ignore[attr-defined]
    return bool(answer.status_code == 503 and "database antwoordt nu niet" in told["detail"])  # type: ignore[attr-defined]


def commit_of_a_report() -> Callable[[bytes], bool]:
    """Return a question that knows the commit of what stores a report, and no other."""
    seen: list[bool] = []

    def asked(piece: bytes) -> bool:
        if b"INSERT INTO crisis_report" in piece:
            seen.append(True)
        return bool(seen) and b"COMMIT" in piece

    return asked


def test_a_cut_network_is_told_and_mends_by_itself(behind: Behind) -> None:
    """503 while it lasts; the first request after it goes well."""
    assert behind.report("k1", "06-10000001").status_code == 201
    behind.proxy.cut()
    assert is_refused(behind.report("k2", "06-10000002"))
    assert behind.client.get("/v1/gereedheid").status_code == 503
    behind.proxy.mend()
    assert behind.report("k2", "06-10000002").status_code == 201
    assert (behind.count("06-10000001"), behind.count("06-10000002")) == (1, 1)


def test_a_silent_network_does_not_hold_a_request_for_ever(behind: Behind) -> None:
    """Nothing comes back and nothing breaks: without a limit the request would hang (timeout)."""
    assert behind.report("k3", "06-10000003").status_code == 201
    behind.proxy.silence()
    assert is_refused(behind.report("k4", "06-10000004"))
    assert is_refused(behind.report("k4", "06-10000004"))
    behind.proxy.mend()
    assert behind.report("k4", "06-10000004").status_code == 201
    assert behind.count("06-10000004") == 1


def test_a_commit_whose_answer_is_lost_is_not_done_again(behind: Behind) -> None:
    """The database did it, nobody heard: the same key gets the answer of then."""
    behind.proxy.when = commit_of_a_report()
    assert is_refused(behind.report("k5", "06-10000005"))
    assert behind.count("06-10000005") == 1
    behind.proxy.mend()
    again = behind.report("k5", "06-10000005")
    assert (again.status_code, again.headers["Idempotent-Replayed"]) == (201, "true")
    assert behind.count("06-10000005") == 1


def test_a_commit_that_never_arrived_is_no_success(behind: Behind) -> None:
    """The database did nothing: whoever asked is told so, and the same key does it."""
    behind.proxy.when, behind.proxy.loses = commit_of_a_report(), True
    assert is_refused(behind.report("k6", "06-10000006"))
    assert behind.count("06-10000006") == 0
    behind.proxy.mend()
    again = behind.report("k6", "06-10000006")
    assert (again.status_code, again.headers.get("Idempotent-Replayed")) == (201, None)
    assert behind.count("06-10000006") == 1


def test_a_slow_database_is_waited_for(behind: Behind) -> None:
    """Every question takes a fifth of a second more: answers come, and each is done once."""
    behind.proxy.delay = 0.1
    for number in range(3):
        assert behind.report(f"k7-{number}", "06-10000007").status_code == 201
    assert behind.count("06-10000007") == 3
