"""The SBOM names everything that is installed and served, and every licence was let in."""

import json
import re
from pathlib import Path

import pytest

from tools import licences, locked, sbom
from tools.licences import may_be, refused
from tools.locked import SERVICE, Package, npm_packages, python_packages


@pytest.fixture(scope="module")
def told() -> dict[str, object]:
    return json.loads(sbom.sbom())


def test_every_locked_package_is_in_it(told: dict[str, list[dict[str, object]]]) -> None:
    """Counted in the lock files themselves; each with digests, a licence and a package URL."""
    lines = re.findall(r"^([A-Za-z0-9._-]+)(?:\[.*\])?==(\S+)", SERVICE.read_text("utf-8"), re.M)
    listed = json.loads(locked.SCREENS.read_text("utf-8"))["packages"]
    wanted = {
        (name.lower().replace("_", "-").replace(".", "-"), version) for name, version in lines
    }
    wanted |= {(path.rsplit("/", 1)[1], told["version"]) for path, told in listed.items() if path}
    found = {(part["name"], part["version"]) for part in told["components"]}
    assert len(wanted) > 150
    assert found == wanted
    for part in told["components"]:
        assert part["hashes"]
        assert part["licenses"], part["name"]
        assert str(part["purl"]).startswith("pkg:")


def test_it_is_of_the_version_that_is_asked_and_the_same_each_time(
    told: dict[str, object], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """CycloneDX 1.6, checked against its schema when it is made; no clock and no chance in it."""
    assert (told["bomFormat"], told["specVersion"]) == ("CycloneDX", "1.6")
    assert json.loads(sbom.sbom()) == told
    assert "timestamp" not in told["metadata"]


def test_every_licence_is_let_in() -> None:
    """What ships by one list, what only checks by a wider one."""
    assert licences.main() == 0


@pytest.mark.parametrize(
    ("licence", "may"),
    [
        ("MIT", True),
        ("MIT OR Proprietary", True),
        ("MIT AND Proprietary", False),
        ("(MIT AND ISC) OR AGPL-3.0-only", True),
        ("AGPL-3.0-only", False),
        ("", False),
    ],
)
def test_what_is_not_on_the_list_is_refused(licence: str, may: bool) -> None:
    """Also what tells nothing: unknown is no."""
    assert may_be(licence, {"MIT", "ISC"}) is may
    lines = refused([Package("pypi", "pakket", "1", (), licence)], {"MIT", "ISC"})
    assert bool(lines) is not may


def test_a_strange_line_in_a_lock_is_not_passed_over(tmp_path: Path) -> None:
    """A package that is not seen would be in no SBOM."""
    lock = tmp_path / "lock.txt"
    lock.write_text("pakket @ file:///ergens\n")
    with pytest.raises(ValueError, match="no package"):
        python_packages(lock)


def test_npm_digests_are_written_in_full() -> None:
    """As hexadecimal, which is what CycloneDX wants."""
    (algorithm, digest), *_ = npm_packages(locked.SCREENS)[0].digests
    assert algorithm == "SHA-512"
    assert len(digest) == 128
