"""The catalogue of metrics: what is measured, and which labels each may carry.

There is no other way to measure. A label holds a word of a closed list: never an id, never anything
of a person. So a figure cannot point to a child, and no list of figures grows without bound.
"""

from dataclasses import dataclass
from enum import Enum, StrEnum


class Kind(StrEnum):
    """How a figure behaves: it only grows, it moves, or it is a spread of seconds."""

    COUNTER = "counter"
    GAUGE = "gauge"
    SECONDS = "histogram"


class Label(StrEnum):
    """What a figure may be told apart by; `words.py` says which words each may hold."""

    METHOD = "methode"
    ROUTE = "route"
    STATUS = "status"
    REASON = "reden"
    TASK = "taak"
    OUTCOME = "uitkomst"
    STATE = "stand"


@dataclass(frozen=True, slots=True)
class Told:
    """One figure: its name at Prometheus, its kind, what it means, its labels."""

    name: str
    kind: Kind
    meaning: str
    labels: tuple[Label, ...] = ()


class Metric(Enum):
    """All that is measured. A counter is told with `_total` behind its name."""

    # counted in each process
    REQUESTS = Told(
        "pleegzorg_requests", Kind.COUNTER, "Beantwoorde verzoeken.",
        (Label.METHOD, Label.ROUTE, Label.STATUS),
    )  # fmt: skip
    REQUEST_SECONDS = Told(
        "pleegzorg_request_seconds", Kind.SECONDS, "Duur van een verzoek, in seconden.",
        (Label.METHOD, Label.ROUTE),
    )  # fmt: skip
    REQUESTS_BUSY = Told("pleegzorg_requests_busy", Kind.GAUGE, "Verzoeken die nu lopen.")
    TURNS_TAKEN = Told("pleegzorg_turns_taken", Kind.GAUGE, "Verzoeken die met de database werken.")
    TURNS_WAITING = Told(
        "pleegzorg_turns_waiting", Kind.GAUGE, "Verzoeken die op een beurt wachten."
    )
    TURN_SECONDS = Told(
        "pleegzorg_turn_seconds", Kind.SECONDS, "Wachten op een beurt, in seconden."
    )
    POOL_TAKEN = Told("pleegzorg_pool_taken", Kind.GAUGE, "Verbindingen van de pool in gebruik.")
    SIGN_IN_REFUSED = Told(
        "pleegzorg_sign_in_refused", Kind.COUNTER, "Geweigerd: zonder geldig token of rol.",
        (Label.REASON,),
    )  # fmt: skip
    JOBS = Told("pleegzorg_jobs", Kind.COUNTER, "Uitgevoerd werk.", (Label.TASK, Label.OUTCOME))
    JOB_SECONDS = Told("pleegzorg_job_seconds", Kind.SECONDS, "Duur van werk.", (Label.TASK,))
    DELIVERIES = Told(
        "pleegzorg_deliveries", Kind.COUNTER, "Pogingen om een bericht af te leveren.",
        (Label.OUTCOME,),
    )  # fmt: skip
    SPANS = Told("pleegzorg_spans", Kind.COUNTER, "Regels aan het verwerkingenlogboek doorgegeven.")
    SPANS_DROPPED = Told(
        "pleegzorg_spans_dropped", Kind.COUNTER, "Regels van het verwerkingenlogboek verloren.",
        (Label.REASON,),
    )  # fmt: skip
    SPANS_PLACE = Told(
        "pleegzorg_spans_place", Kind.GAUGE, "1: het verwerkingenlogboek gaat ergens heen."
    )
    # read from the database when somebody asks
    DATABASE_UP = Told("pleegzorg_database_up", Kind.GAUGE, "1: de database antwoordt.")
    QUEUE_LENGTH = Told("pleegzorg_queue_length", Kind.GAUGE, "Wachtend werk.", (Label.TASK,))
    QUEUE_OLDEST = Told(
        "pleegzorg_queue_oldest_seconds", Kind.GAUGE,
        "Hoe lang het oudste werk al had kunnen beginnen.", (Label.TASK,),
    )  # fmt: skip
    JOBS_FAILED = Told("pleegzorg_jobs_failed", Kind.GAUGE, "Opgegeven werk.", (Label.TASK,))
    WORKERS = Told(
        "pleegzorg_workers", Kind.GAUGE, "Workers met een teken van leven in een minuut."
    )
    WORKER_HEARTBEAT = Told(
        "pleegzorg_worker_heartbeat_age_seconds", Kind.GAUGE, "Sinds het laatste teken van leven."
    )
    RUNS = Told("pleegzorg_runs", Kind.GAUGE, "Matchruns van dertig dagen.", (Label.STATE,))
    RUN_SECONDS = Told("pleegzorg_run_seconds", Kind.GAUGE, "Duur van de laatste matchrun.")
    RUN_GAP = Told(
        "pleegzorg_run_gap", Kind.GAUGE,
        "Hoe ver de laatste matchrun van zijn grens bleef, 0 is bewezen het beste.",
    )  # fmt: skip
    RUN_AGE = Told("pleegzorg_run_age_seconds", Kind.GAUGE, "Sinds de laatste geslaagde matchrun.")
    IMPORTS = Told("pleegzorg_imports", Kind.GAUGE, "Imports van dertig dagen.", (Label.STATE,))
    SUBSCRIPTIONS = Told("pleegzorg_subscriptions", Kind.GAUGE, "Abonnementen.", (Label.STATE,))
    AUDIT_UNSEALED = Told(
        "pleegzorg_audit_unsealed",
        Kind.GAUGE,
        "Regels van het logboek die nog niet verzegeld zijn.",
    )
    AUDIT_UNSEALED_AGE = Told(
        "pleegzorg_audit_unsealed_age_seconds", Kind.GAUGE, "Leeftijd van de oudste daarvan."
    )
    # read from the machine when somebody asks
    BACKUP_AGE = Told("pleegzorg_backup_age_seconds", Kind.GAUGE, "Sinds de laatste goede back-up.")
    MEMORY = Told(
        "pleegzorg_memory_bytes", Kind.GAUGE, "Geheugen van deze dienst en zijn processen."
    )
    PROCESSES = Told("pleegzorg_processes", Kind.GAUGE, "Processen van deze dienst.")

    @property
    def told(self) -> Told:
        """Return what stands in the catalogue."""
        return self.value
