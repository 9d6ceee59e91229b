"""The catalogue of log events: what may be logged, and with which fields.

There is no other way to log. No field holds a name, a BSN or free text: only our own ids, counts,
durations, and words from closed lists. So personal data cannot end up in a log by carelessness.
"""

from enum import Enum


class Event(Enum):
    """One thing that happened, in the past tense, with the fields that it may carry."""

    SERVICE_STARTED = ("service_started", {"port", "version"})
    WORKER_STARTED = ("worker_started", {"version"})
    WORKER_STOPPED = ("worker_stopped", {"exit_code", "restart_after"})
    JOB_RESCUED = ("job_rescued", {"job", "task"})
    REQUEST_ANSWERED = ("request_answered", {"method", "route", "status", "milliseconds"})
    REQUEST_FAILED = ("request_failed", {"method", "route", "error", "where"})
    # Of what is not ours, and of a crash: never the text, only who, how grave, what kind and where.
    LIBRARY_SPOKE = ("library_spoke", {"library", "severity", "error", "where"})
    CODE_BROKE = ("code_broke", {"part", "error", "where"})
    IMPORT_RECEIVED = ("import_received", {"import_id", "kind", "provider", "bytes"})
    IMPORT_FINISHED = (
        "import_finished",
        {"import_id", "state", "read", "added", "changed", "unchanged", "refused", "to_confirm"},
    )
    TABLE_EXPORTED = ("table_exported", {"table", "format", "rows", "roles"})
    WAITING_LIST_EXPORTED = ("waiting_list_exported", {"format", "rows", "roles"})
    CRISIS_LIST_WRITTEN = ("crisis_list_written", {"homes"})
    CRISIS_LIST_FAILED = ("crisis_list_failed", {"error"})
    DELIVERY_FAILED = ("delivery_failed", {"subscription", "outcome", "status", "failures"})
    SUBSCRIPTION_PARKED = ("subscription_parked", {"subscription", "failures"})
    RUN_REQUESTED = ("run_requested", {"run_id", "policy"})
    RUN_REPLACED = ("run_replaced", {"run_id", "by"})
    RUN_STARTED = ("run_started", {"run_id", "attempt"})
    RUN_LOST = ("run_lost", {"run_id", "attempt"})
    RUN_FINISHED = ("run_finished", {"run_id", "proof", "placed", "waiting", "seconds"})
    RUN_FAILED = ("run_failed", {"run_id", "error"})
    CALL_FAILED = ("call_failed", {"run_id", "error"})
    BOARD_FAILED = ("board_failed", {"board", "error", "where"})
    WEIGHTS_LEARNT = ("weights_learnt", {"version", "placements", "breakdowns"})
    SCORE_ALARM = ("score_alarm", {"alarm", "on"})
    NOTHING_LEARNT = ("nothing_learnt", {"until"})
    # The seal stands in the technical log too: outside the database, so that a log that was cut off
    # there does not pass for a whole one.
    AUDIT_SEALED = ("audit_sealed", {"seal", "lines", "digest"})
    AUDIT_VERIFIED = ("audit_verified", {"seals", "lines", "unsealed", "is_whole"})
    AUDIT_BROKEN = ("audit_broken", {"seal", "line", "why"})
    WEIGHTS_DECIDED = ("weights_decided", {"kind", "version"})
    PROCESSINGS_NOWHERE = ("processings_nowhere", {"environment"})
    PROCESSINGS_UNWRITTEN = ("processings_unwritten", {"error"})
    PROCESSINGS_LOST = ("processings_lost", {"number", "reason"})
    FIGURES_UNREAD = ("figures_unread", {"error"})

    def __init__(self, code: str, fields: set[str]) -> None:
        self.code = code
        self.fields = frozenset(fields)
