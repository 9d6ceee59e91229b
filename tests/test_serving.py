"""The service in two processes: both answer, and one that is killed is begun again."""

import urllib.request
from time import monotonic, sleep

import psutil
import pytest

from app.settings import Settings
from tools.live import run_service

pytestmark = pytest.mark.soak  # real processes, killed: make soak, and CI


def servers(pid: int) -> list[psutil.Process]:
    """Return the living processes that take requests: not the keeper of their resources."""
    children = psutil.Process(pid).children(recursive=True)
    return [child for child in children if is_server(child)]


def is_server(child: psutil.Process) -> bool:
    try:
        return "spawn_main" in " ".join(child.cmdline())
    except psutil.NoSuchProcess:  # gone since it was listed, or a zombie that was not yet buried
        return False


def answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(f"{address}/v1/gezondheid", timeout=5) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


def test_a_killed_process_is_begun_again(settings: Settings) -> None:
    """Whoever asks meanwhile is answered by the other; soon there are two again."""
    with run_service(settings, options=("--processen", "2")) as service:
        first = servers(service.pid)
        assert len(first) == 2
        first[0].kill()
        end = monotonic() + 30
        while monotonic() < end and len([p for p in servers(service.pid) if p.is_running()]) < 2:
            sleep(0.2)
        now = {process.pid for process in servers(service.pid)}
        assert len(now) == 2
        assert first[0].pid not in now
        assert first[1].pid in now
        assert any(answers(service.address) for _ in range(20))
    assert not any(process.is_running() for process in first)
