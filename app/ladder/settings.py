"""Care settings: a provider keeps its own, and says how many places are free now."""

from sqlalchemy.orm import Session

from app.http.etag import judge_put
from app.kernel.actor import Actor
from app.kernel.clock import today_in_amsterdam
from app.kernel.errors import InputRefused, NotAllowed, NotFound
from app.ladder.queries import Listed, find_setting
from app.ladder.schemas import SettingIn
from app.models import CareSetting
from app.providers import find_provider

UNKNOWN = "Deze zorgsetting is hier niet bekend: controleer aanbieder en nummer."


def put_setting(
    session: Session,
    *,
    actor: Actor,
    key: tuple[str, str],
    told: SettingIn,
    if_match: str | None,
    is_new: bool,
) -> tuple[Listed, bool]:
    """Make or change a setting; return it and whether it was made.

    is_new: only to make one. Raises NotAllowed for another provider's, NotFound for an unknown
    provider, InputRefused where more is free than can be, and what the versions ask.
    """
    named = find_provider(session, key[0])
    if named is None:
        raise NotFound(UNKNOWN)
    if actor.is_of_provider and actor.provider_id != named.provider.id:
        raise NotAllowed("Alleen de aanbieder zelf houdt zijn zorgsettingen bij.")
    found = find_setting(session, named.provider.code, key[1], lock=True)
    judge_put(
        found.setting.version if found else None, if_match,
        is_new=is_new, what="deze zorgsetting", unknown=UNKNOWN,
    )  # fmt: skip
    setting = found.setting if found else CareSetting(provider_id=named.provider.id, number=key[1])
    for name in ("kind", "name", "postcode", "place_name", "min_age", "max_age", "gender"):
        setattr(setting, name, getattr(told, name))
    setting.places, setting.available_from = told.places, told.available_from
    setting.taken_elsewhere = _elsewhere(told, found.stays if found else 0)
    setting.confirmed_on = today_in_amsterdam()
    session.add(setting)
    session.flush()
    shown = find_setting(session, named.provider.code, key[1])
    if shown is None:
        raise NotFound(UNKNOWN)
    return shown, found is None


def _elsewhere(told: SettingIn, stays: int) -> int:
    elsewhere = told.places - told.free - stays
    if elsewhere < 0:
        most = max(told.places - stays, 0)
        raise InputRefused(
            f"plaatsenVrij: er wonen hier {stays} kinderen via deze dienst, dus hoogstens {most} "
            "plaatsen zijn vrij; beëindig eerst een verblijf, of geef meer plaatsen."
        )
    return elsewhere
