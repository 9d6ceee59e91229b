"""Signing a message as Standard Webhooks has it: HMAC-SHA256 over id, instant and body."""

import base64
import hashlib
import hmac
from collections.abc import Sequence
from datetime import datetime

SECRET_BYTES = 32
SECRET_PREFIX = "whsec_"  # noqa: S105  (no secret, but what tells that one follows)
# What the stored secret is sealed for.
USE = "webhook"


def show_secret(secret: bytes) -> str:
    """Return a secret as libraries for Standard Webhooks take it."""
    return SECRET_PREFIX + base64.b64encode(secret).decode()


def sign(secrets: Sequence[bytes], message_id: str, at: datetime, body: bytes) -> dict[str, str]:
    """Return the three headers of a message; message_id: the same at each attempt.

    secrets: all that are good now; the message bears a signature with each.
    """
    stamp = str(int(at.timestamp()))
    signed = f"{message_id}.{stamp}.".encode() + body
    digests = [hmac.new(secret, signed, hashlib.sha256).digest() for secret in secrets]
    return {
        "webhook-id": message_id,
        "webhook-timestamp": stamp,
        "webhook-signature": " ".join(f"v1,{base64.b64encode(d).decode()}" for d in digests),
    }
