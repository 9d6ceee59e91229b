"""The page for a provider's developer: every block of it is really run, from top to bottom."""

import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.settings import Settings
from tools.live import COMMAND, Service, run_service

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "integration.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```sh\n(.*?)^```$", PAGE, flags=re.MULTILINE | re.DOTALL)


@pytest.fixture
def service(settings: Settings) -> Iterator[Service]:
    """From zero: providers are known, families are not."""
    with run_service(settings, options=("--with-worker",)) as running:
        yield running


@pytest.mark.soak
@pytest.mark.timeout(400)
def test_every_block_of_the_page_runs(service: Service) -> None:
    """In one shell that stops at the first error; what comes out is what the page promises."""
    # The command is found by what the page itself says of PATH.
    without = [part for part in os.environ["PATH"].split(":") if Path(part) != COMMAND.parent]
    where = {"API": f"{service.address}/v1", "PATH": ":".join(without)}
    ran = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", "\n".join(BLOCKS)],
        cwd=ROOT, env=os.environ | where, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr + ran.stdout
    told = "".join(ran.stdout.split())
    assert told.startswith("leger-des-heilsspiritvitreewspyouke")
    for promised in (
        '{"aanbieder":"spirit","nummer":"SPI-90001","status":"actief","plaatsenVrij":1}',
        '"stand":"verwerkt"',
        '{"nummer":"SPI-90002","soort":"nieuw","velden":[]}',
        '{"soort":"gewijzigd","nummer":"SPI-90001"',
        '{"aantal":0,"meer":false}',
        '"status":400',
        "vrom",
    ):
        assert promised in told


def test_every_operation_that_the_page_names_is_in_the_contract() -> None:
    """A path that was renamed would leave the page behind."""
    paths = (ROOT / "openapi" / "openapi.json").read_text(encoding="utf-8")
    for suffix in ("beschikbaarheid", "_bevestig", "_bulk", "_gewijzigd", "wijzigingen"):
        assert f"/{suffix}" in PAGE
        assert f'/{suffix}"' in paths
    assert len(BLOCKS) >= 6
