"""Writes what the service consists of, as CycloneDX 1.6: `python -m tools.sbom [FOLDER]`.

From the lock files alone, in their order and without a clock: the same commit gives the same bytes.
"""

import sys
import uuid
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

from cyclonedx.contrib.license.factories import LicenseFactory
from cyclonedx.model import HashAlgorithm, HashType
from cyclonedx.model.bom import Bom, BomMetaData
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.output.json import JsonV1Dot6
from cyclonedx.schema import SchemaVersion
from packageurl import PackageURL

from tools.locked import ROOT, SCREENS, SERVICE, Package, npm_packages, python_packages

NAME = "pleegzorg.cdx.json"
_SPACE = uuid.uuid5(uuid.NAMESPACE_URL, "https://example.org/gezamenlijke-toegang-pleegzorg")


def packages() -> list[Package]:
    """Return what is installed with the service, and what its screens serve."""
    return [*python_packages(SERVICE), *npm_packages(SCREENS)]


def sbom() -> str:
    """Return the document; raises ValueError when it does not keep to the schema."""
    locks = SERVICE.read_bytes() + SCREENS.read_bytes()
    service, parts = _service(), [_component(package) for package in packages()]
    bom = Bom(
        components=parts,
        metadata=BomMetaData(component=service),
        serial_number=uuid.uuid5(_SPACE, sha256(locks).hexdigest()),
    )
    bom.register_dependency(service, parts)
    # When it was written says nothing of what it holds, and would make each one another.
    bom.metadata.timestamp = None  # type: ignore[assignment]
    text = JsonV1Dot6(bom).output_as_string(indent=2)
    # Its validator builds the grammar of every kind of address: seconds, for who writes one.
    from cyclonedx.validation.json import JsonStrictValidator

    error = JsonStrictValidator(SchemaVersion.V1_6).validate_str(text)
    if error is not None:
        raise ValueError(f"the SBOM does not keep to CycloneDX 1.6: {error}")
    return text + "\n"


def _service() -> Component:
    return Component(
        name="pleegzorg", version=version("pleegzorg"), type=ComponentType.APPLICATION,
        bom_ref="pleegzorg", licenses=[LicenseFactory().make_from_string("EUPL-1.2")],
    )  # fmt: skip


def _component(package: Package) -> Component:
    space, _, name = package.name.rpartition("/")
    purl = PackageURL(package.kind, space or None, name, package.version)
    return Component(
        name=name, group=space or None, version=package.version, purl=purl,
        type=ComponentType.LIBRARY, bom_ref=purl.to_string(),
        hashes=[HashType(alg=HashAlgorithm(kind), content=text) for kind, text in package.digests],
        licenses=[LicenseFactory().make_from_string(package.licence)] if package.licence else [],
    )  # fmt: skip


def main() -> None:
    """Write it into a folder, build/sbom if none is given."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "build" / "sbom"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / NAME).write_text(sbom(), encoding="utf-8")
    print(f"SBOM: {len(packages())} packages in {folder / NAME}")


if __name__ == "__main__":
    main()
