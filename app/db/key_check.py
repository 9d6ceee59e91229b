"""Whether the keys of this process are those of the database, asked before anything is done."""

import base64

from sqlalchemy import text

from app.db.keyring import KeyRing
from app.db.sealed import refuse_plain
from app.db.sealed_columns import sealed_columns
from app.db.sealed_count import missing_rules
from app.db.session import SessionMaker
from app.kernel.errors import NotReady
from app.settings import DEVELOPMENT_KEY, Settings

_READ = text("SELECT version, proof FROM key_version")
_ADD = text(
    "INSERT INTO key_version (version, proof) VALUES (:version, :proof) ON CONFLICT DO NOTHING"
)


def require_keys(
    sessions: SessionMaker, ring: KeyRing, settings: Settings, *, may_note: bool = True
) -> None:
    """Raise NotReady unless every version that this database was written with is there, and right.

    The version for writing is noted from now on, unless who asks only reads (may_note). Where the
    database refuses plain text, this process does not read it either.
    """
    refuse_development_keys(ring, settings)
    with sessions() as session, session.begin():
        known = {row.version: bytes(row.proof) for row in session.execute(_READ)}
        _refuse_others(ring, known)
        if ring.writes not in known and may_note:
            version = ring.writes
            session.execute(_ADD, {"version": version, "proof": ring.proof(version)})
            # Somebody else may have noted it at this very moment, with another key.
            _refuse_others(ring, {row.version: bytes(row.proof) for row in session.execute(_READ)})
        all_refused = bool(sealed_columns()) and not missing_rules(session.connection())
        refuse_plain(refuse=all_refused)


def refuse_development_keys(ring: KeyRing, settings: Settings) -> None:
    """Raise NotReady where a key is used in earnest that everybody can read in the code."""
    known = base64.b64decode(DEVELOPMENT_KEY)
    is_known = any(ring.main_key(version) == known for version in ring.versions)
    if settings.environment != "ontwikkeling" and is_known:
        raise NotReady(
            "Het sleutelbestand bevat de sleutel voor ontwikkeling: maak eigen sleutels met "
            "`pleegzorg sleutels nieuw`."
        )


def _refuse_others(ring: KeyRing, known: dict[int, bytes]) -> None:
    lacking = sorted(set(known) - set(ring.versions))
    if lacking:
        raise NotReady(
            f"Deze database gebruikt sleutelversie {lacking[0]}, en die is hier niet: zet haar "
            "terug in het sleutelbestand, of kijk met `pleegzorg sleutels controleer`."
        )
    wrong = sorted(v for v, proof in known.items() if ring.proof(v) != proof)
    if wrong:
        raise NotReady(
            f"Sleutelversie {wrong[0]} is hier een andere sleutel dan die waarmee deze database "
            "is geschreven: neem het sleutelbestand dat erbij hoort."
        )
