"""What the lock files hold: each package with its version, its digests and its licence."""

import base64
import importlib.metadata
import json
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
SERVICE, DEVELOPMENT = ROOT / "requirements.lock", ROOT / "requirements-dev.lock"
SCREENS, NODE = ROOT / "app/screens/npm/package-lock.json", ROOT / "package-lock.json"
RULES = Path(__file__).with_name("licences.toml")


@dataclass(frozen=True, slots=True)
class Package:
    """One locked package. digests: (algorithm, hexadecimal). licence: an SPDX expression or ''."""

    kind: str
    name: str
    version: str
    digests: tuple[tuple[str, str], ...]
    licence: str


def python_packages(lock: Path) -> list[Package]:
    """Return what a lock of Python holds; the licence as the installed package says it."""
    rules = licence_rules()
    found = []
    for entry in re.split(r"\n(?=\S)", lock.read_text(encoding="utf-8").strip()):
        told = re.match(r"([A-Za-z0-9._-]+)(?:\[[^]]*\])?==([^\s;]+)", entry)
        if told is None:
            raise ValueError(f"{lock.name}: no package on this line: {entry.splitlines()[0]}")
        digests = tuple(("SHA-256", digest) for digest in re.findall(r"sha256:([0-9a-f]+)", entry))
        name = _normal(told[1])
        found.append(Package("pypi", name, told[2], digests, _licence(name, rules)))
    return found


def npm_packages(lock: Path) -> list[Package]:
    """Return what a lock of npm holds; the licence as the lock says it."""
    rules = licence_rules()
    listed = json.loads(lock.read_text(encoding="utf-8"))["packages"]
    return [
        Package(
            "npm",
            name := path.rsplit("node_modules/", 1)[1],
            told["version"],
            tuple(_integrity(told.get("integrity", ""))),
            _licence_of_npm(name, str(told.get("license", "")), rules),
        )
        for path, told in listed.items()
        if path
    ]


def licence_rules() -> dict[str, Any]:
    """Return the file that says which licences may be."""
    return tomllib.loads(RULES.read_text(encoding="utf-8"))


def _integrity(text: str) -> Iterator[tuple[str, str]]:
    for part in text.split():
        kind, _, digest = part.partition("-")
        yield f"SHA-{kind.removeprefix('sha')}", base64.b64decode(digest).hex()


def _licence_of_npm(name: str, told: str, rules: dict[str, Any]) -> str:
    return str(rules["classifiers"].get(told, told) or rules["uitgezocht"].get(name, ""))


def _licence(name: str, rules: dict[str, Any]) -> str:
    if name in rules["uitgezocht"]:
        return str(rules["uitgezocht"][name])
    try:
        told = importlib.metadata.metadata(name)
    except importlib.metadata.PackageNotFoundError:
        return ""  # of another platform: somebody has to look it up
    if "License-Expression" in told:
        return str(told["License-Expression"])
    words = [
        rules["classifiers"].get(line.rsplit(" :: ", 1)[1], "")
        for line in told.get_all("Classifier") or []
        if line.startswith("License :: ")
    ]
    if any(words):
        return " OR ".join(sorted({word for word in words if word}))
    # Some write the whole text there; a name is short.
    line = str(told["License"]) if "License" in told else ""
    return str(rules["classifiers"].get(line, line)) if len(line) < 40 else ""


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
