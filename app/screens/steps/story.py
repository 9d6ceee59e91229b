"""All that was recorded of a step as one line of time."""

from typing import Any

Found = dict[str, Any]


def story_of(told: Found, shown: Found) -> list[Found]:
    """Return what happened, the oldest first: each with `soort`, `op` and its own fields."""
    events = [
        *({"soort": "overgang", "op": m["vastgelegdOp"], **m} for m in told["overgangen"]),
        *(_message(m) for m in told["berichten"]),
        *({"soort": "akkoord", "op": c["vastgelegdOp"], **c} for c in told["akkoorden"]),
        *({"soort": "bezwaar", "op": o["vastgelegdOp"], **o} for o in told["bezwaren"]),
        *(_decided(o) for o in told["bezwaren"] if o["afgerondOp"]),
    ]
    if shown["beeindigdOp"]:
        events.append({"soort": "einde", "op": shown["beeindigdOp"]})
    return sorted(events, key=lambda event: str(event["op"]))


def _message(message: Found) -> Found:
    return {
        **message,
        "soort": "bericht",
        "bericht": message["soort"],
        "op": message["vastgelegdOp"],
    }


def _decided(objection: Found) -> Found:
    return {**objection, "soort": "afgerond", "op": objection["afgerondOp"]}
