"""publiccode.yml says of the project what is so, in the words of the standard (0.4)."""

import tomllib
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import yaml

from app.screens.words import LANGUAGES

ROOT = Path(__file__).parents[2]
# The lists of the standard: https://yml.publiccode.tools/schema.core.html
MUST = {
    "publiccodeYmlVersion", "name", "url", "platforms", "categories", "developmentStatus",
    "softwareType", "description", "legal", "maintenance", "localisation",
}  # fmt: skip
MAY = {
    "softwareVersion", "intendedAudience", "releaseDate", "landingURL", "logo", "usedBy",
    "roadmap", "isBasedOn", "dependsOn",
}  # fmt: skip
UNPUBLISHED = {"concept", "development"}
STATUS = UNPUBLISHED | {"beta", "stable", "obsolete"}
TYPES = {
    "standalone/mobile", "standalone/iot", "standalone/desktop", "standalone/web",
    "standalone/backend", "standalone/other", "addon", "library", "configurationFiles",
}  # fmt: skip
PLATFORMS = {"web", "windows", "mac", "linux", "ios", "android"}
SCOPE = {
    "agriculture", "culture", "defence", "education", "emergency-services", "employment",
    "energy", "environment", "finance-and-economic-development", "foreign-affairs", "government",
    "healthcare", "infrastructures", "justice", "local-authorities", "manufacturing", "research",
    "science-and-technology", "security", "society", "sport", "tourism", "transportation",
    "welfare",
}  # fmt: skip


@pytest.fixture(scope="module")
def told() -> dict[str, Any]:
    return yaml.safe_load((ROOT / "publiccode.yml").read_text("utf-8"))


@pytest.fixture(scope="module")
def project() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]


def test_each_key_and_word_is_of_the_standard(told: dict[str, Any]) -> None:
    """A catalogue leaves out a file that says anything else."""
    assert told.keys() >= MUST
    assert told.keys() <= MUST | MAY
    assert told["publiccodeYmlVersion"] == "0.4"
    assert told["developmentStatus"] in STATUS
    assert told["softwareType"] in TYPES
    assert PLATFORMS.issuperset(told["platforms"])
    assert SCOPE.issuperset(told["intendedAudience"]["scope"])
    assert told["maintenance"]["type"] in {"internal", "contract", "community", "none"}
    assert all(contact["name"] for contact in told["maintenance"]["contacts"])


def test_it_is_described_in_each_language_at_a_length_that_may_be(told: dict[str, Any]) -> None:
    """At most 150 characters for a list, 150 to 10,000 for a page."""
    for words in told["description"].values():
        assert 0 < len(words["shortDescription"]) <= 150
        assert 150 <= len(words["longDescription"]) <= 10_000
        assert words["features"]


def test_the_languages_are_those_of_the_screens(told: dict[str, Any]) -> None:
    """Told in each of them, and ready for more."""
    assert told["localisation"]["availableLanguages"] == list(LANGUAGES)
    assert told["localisation"]["localisationReady"] is (len(LANGUAGES) > 1)
    assert told["description"].keys() == LANGUAGES.keys()


def test_version_and_licence_are_those_of_the_package(
    told: dict[str, Any], project: dict[str, Any]
) -> None:
    """Said in two files, so compared."""
    assert told["softwareVersion"] == project["version"]
    assert told["legal"]["license"] == project["license"]


def test_the_address_is_of_a_repository_as_soon_as_there_is_one(told: dict[str, Any]) -> None:
    """What is further than being made is published somewhere."""
    address = urlsplit(told["url"])
    assert address.scheme == "https"
    assert address.path.endswith(".git")
    is_published = address.hostname != "example.org"
    assert is_published or told["developmentStatus"] in UNPUBLISHED
