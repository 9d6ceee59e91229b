"""What the screens of a proposal ask the API, each as far as who looks may."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from app.kernel.addresses import number_in_path
from app.kernel.clock import today_in_amsterdam
from app.screens.api import Refused, all_of
from app.screens.proposals.about_pair import Pair
from app.screens.proposals.map import km_between
from app.screens.proposals.price import Told, tell_price
from app.screens.proposals.tongue import Tongue, years_between
from app.screens.visit import Visit

Key = tuple[str, str]
MOST = 10  # families in one question, as the API takes them
# What the API takes for a name; of what is no name it has no family.
_NAME = re.compile("[a-z][a-z0-9-]{0,59}/(?=[^0-9]*[0-9])[A-Za-z0-9._~-]{1,40}")
NO_AREAS: Mapping[str, Any] = {"gebieden": [], "omgeving": []}


@dataclass(frozen=True, slots=True)
class About:
    """A child with what the newest run says of it. child: None where a role does not read it."""

    id: str
    proposals: Mapping[str, Any]
    child: Mapping[str, Any] | None
    kin: Mapping[str, Any] | None
    names: Mapping[str, str]
    tongue: Tongue
    today: str

    @property
    def number(self) -> str:
        """Return the number of the registration."""
        return str(self.proposals["aanmeldnummer"])

    @property
    def is_secret(self) -> bool:
        """Return whether nothing may tell where the child is going to live."""
        return bool(self.proposals["geheimePlaatsing"])

    @property
    def age(self) -> int | None:
        """Return the child's age, None where who looks may not know it."""
        return years_between(self.child["geboortedatum"], self.today) if self.child else None

    def options(self) -> list[tuple[str, Mapping[str, Any]]]:
        """Return every family of the run for this child with its role, the first choice first."""
        said = self.proposals
        single = [("alInGang", said["alInGang"]), ("voorstel", said["voorstel"])]
        several = [(role, one) for role in ("alternatieven", "teBespreken") for one in said[role]]
        return [(role, one) for role, one in (*single, *several) if one is not None]

    def priced(self, price: Mapping[str, Any]) -> Told:
        """Return what a choice for this child costs others."""
        return tell_price(price, self.tongue, child=self.number, is_secret=self.is_secret)

    def named(self, option: Mapping[str, Any]) -> str:
        """Return a provider by its name."""
        code = option["aanbieder"]
        return self.names.get(code, code)


async def read_about(visit: Visit, child_id: str) -> About:
    """Return a child and its proposals; raises Refused."""
    proposals, child, kin = await all_of(
        visit.api.get(f"/kinderen/{child_id}/matchvoorstellen"),
        _if_may(visit, "leesKind", f"/kinderen/{child_id}"),
        _if_may(
            visit,
            "lijstVoorstellenBroersZussen",
            f"/kinderen/{child_id}/matchvoorstellen/broers-zussen",
        ),
    )
    today = today_in_amsterdam().isoformat()
    return About(child_id, proposals, child, kin, visit.names, Tongue(visit.language), today)


async def read_families(visit: Visit, keys: Iterable[Key]) -> dict[Key, Mapping[str, Any]]:
    """Return families as they stand, by provider and number; those that are gone are left out."""
    if not visit.may("leesPleeggezinnen"):
        return {}
    asked = [key for key in dict.fromkeys(keys) if _NAME.fullmatch(_name(key))]
    told = await all_of(
        *(_named(visit, asked[start : start + MOST]) for start in range(0, len(asked), MOST))
    )
    return {key: family for part in told for key, family in part.items()}


async def read_areas(visit: Visit, codes: Iterable[str | None], *, around: bool = False) -> Any:
    """Return where areas lie; nothing is asked where there are none."""
    wanted = sorted({code[:4] for code in codes if code})
    if not wanted:
        return NO_AREAS
    asked = {"gebieden": ",".join(wanted), "omgeving": "true" if around else None}
    return await visit.api.get("/postcodegebieden", **asked)


def pair_of(
    about: About,
    family: Mapping[str, Any] | None,
    reasons: list[Mapping[str, Any]],
    areas: Mapping[str, Any],
) -> Pair:
    """Return a child with a family, with the distances where they may be told."""
    kms = {} if about.is_secret else _kms(about.child, family, areas)
    return Pair(about.tongue, about.child, family, reasons, about.today, about.is_secret, kms)


def _kms(
    child: Mapping[str, Any] | None, family: Mapping[str, Any] | None, areas: Mapping[str, Any]
) -> dict[str, float | None]:
    if child is None or family is None:
        return {}
    there = family["postcode"][:4]
    school = child["school"] and child["school"]["postcode"][:4]
    return {
        "huis": km_between(child["postcode"][:4], there, areas),
        "school": km_between(school, there, areas),
    }


def not_told(refused: Refused) -> dict[str, Any]:
    """Return a run that cannot be asked about (409) as an answer: about no family, a sentence."""
    return {"gezin": None, "oordeel": "", "zin": refused.detail, "prijs": None}


def why_not_at(child_id: str, key: Key) -> str:
    """Return where the API tells why a family is not proposed, and what choosing it costs."""
    number = quote(number_in_path(key[1]), safe="")
    return f"/kinderen/{child_id}/waarom-niet/{quote(key[0], safe='')}/{number}"


def key_of(option: Mapping[str, Any]) -> Key:
    """Return what an option is called: its provider and its number there."""
    return option["aanbieder"], option["gezin"]


async def _if_may(visit: Visit, operation: str, path: str) -> Any:
    return await visit.api.get(path) if visit.may(operation) else None


async def _named(visit: Visit, keys: Sequence[Key]) -> dict[Key, Mapping[str, Any]]:
    names = ",".join(map(_name, keys))
    found = (await visit.api.get("/pleeggezinnen/_genoemd", gezinnen=names))["pleeggezinnen"]
    return {(one["gevraagdeAanbieder"], one["gevraagdNummer"]): one["pleeggezin"] for one in found}


def _name(key: Key) -> str:
    return f"{key[0]}/{number_in_path(key[1])}"
