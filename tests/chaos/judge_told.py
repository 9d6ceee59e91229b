"""Was everything told, once in the feed and at least once to who subscribed, and noted?"""

import hashlib
import json
from collections import Counter

from tests.chaos.judge import Judge
from tests.notify.receiver import Receiver

_ORDER = "SELECT id::text FROM event ORDER BY era, transaction_id, sequence"
# By the kind of event: what must be told of exactly once, as a question for its ids.
_ONCE = {
    "aanmelding.gedaan": ("kind", "SELECT id::text FROM registration"),
    "matchrun.klaar": ("matchrun", "SELECT id::text FROM match_run WHERE state = 'klaar'"),
    "matchrun.mislukt": ("matchrun", "SELECT id::text FROM match_run WHERE state = 'mislukt'"),
    "stap.begonnen": ("stap", "SELECT id::text FROM begun_pair"),
    "stap.geplaatst": ("stap", "SELECT id::text FROM begun_pair WHERE state = 'geplaatst'"),
    "stap.nee": ("stap", "SELECT id::text FROM begun_pair WHERE state = 'nee'"),
    "import.beeindigd": ("import", "SELECT id::text FROM import_batch"),
    "pleeggezin.toegevoegd": ("gezin", "SELECT reference FROM family"),
}


def judge_events(judge: Judge, read: list[str]) -> None:
    """Compare what a reader of the feed was given with the tables."""
    stored = [row[0] for row in judge.ask(_ORDER)]
    judge.same("gebeurtenis in de feed", stored, read)
    if read != stored:
        judge.verdict.broken.append("de feed kwam in een andere volgorde")
    for kind, (field, question) in _ONCE.items():
        told = judge.ask(f"SELECT data ->> '{field}' FROM event WHERE kind = '{kind}'")
        judge.same(
            f"gebeurtenis {kind}", [row[0] for row in judge.ask(question)], [r[0] for r in told]
        )
    locked = judge.number("SELECT count(*) FROM crisis_call WHERE outcome = 'ja'")
    told_locked = judge.number("SELECT count(*) FROM event WHERE kind = 'crisisbed.vast'")
    judge.equal("crisisbedden verteld", told_locked, locked)


def judge_webhook(judge: Judge, receiver: Receiver) -> None:
    """Each event at least once, and each time it was told it was the same."""
    stored = {row[0] for row in judge.ask(_ORDER)}
    told = Counter(receiver.ids())
    judge.verdict.counted["webhook"] = sum(told.values())
    judge.verdict.missing += [f"webhook {id_}" for id_ in stored - told.keys()]
    judge.verdict.broken += [f"webhook van niets: {id_}" for id_ in told.keys() - stored]
    bodies: dict[str, set[str]] = {}
    for message in receiver.received:
        id_ = message.headers["webhook-id"]
        judge.equal("id van een webhook", json.loads(message.body)["id"], id_)
        bodies.setdefault(id_, set()).add(hashlib.sha256(message.body).hexdigest())
    judge.verdict.broken += [
        f"webhook {id_} anders" for id_, all_ in bodies.items() if len(all_) > 1
    ]


def judge_audit(judge: Judge) -> None:
    """Each acknowledged act has its line, of the request that was answered."""
    noted = {
        row[0] for row in judge.ask("SELECT request_id FROM audit_event WHERE outcome = 'gelukt'")
    }
    told = [line["verzoek"] for line in judge.journal.read() if line.get("verzoek")]
    judge.verdict.counted["regel in het logboek"] = len(told)
    judge.verdict.missing += [f"logboekregel van {id_}" for id_ in told if id_ not in noted]
