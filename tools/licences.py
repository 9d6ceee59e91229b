"""Does every locked package have a licence that may be? `python -m tools.licences`."""

import sys
from collections.abc import Collection, Iterable

from tools.locked import (
    DEVELOPMENT,
    NODE,
    SCREENS,
    SERVICE,
    Package,
    licence_rules,
    npm_packages,
    python_packages,
)


def refused(packages: Iterable[Package], allowed: Collection[str]) -> list[str]:
    """Return a line for each package whose licence is not told or may not be."""
    return [
        f"{package.name} {package.version}: {package.licence or 'no licence is told'}"
        for package in packages
        if not may_be(package.licence, allowed)
    ]


def may_be(licence: str, allowed: Collection[str]) -> bool:
    """Return whether an SPDX expression without nesting can be met: one of OR, each of AND."""
    plain = licence.replace("(", "").replace(")", "")
    return any(
        all(word.strip() in allowed for word in choice.split(" AND "))
        for choice in plain.split(" OR ")
    )


def main() -> int:
    """Return 0 when every licence may be."""
    rules = licence_rules()
    service = set(rules["dienst"])
    tools = service | set(rules["gereedschap"])
    wrong = refused([*python_packages(SERVICE), *npm_packages(SCREENS)], service)
    wrong += refused([*python_packages(DEVELOPMENT), *npm_packages(NODE)], tools)
    for line in sorted(set(wrong)):
        print(f"licence: {line}; see tools/licences.toml")
    if not wrong:
        print("licences: every locked package has one that may be")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
