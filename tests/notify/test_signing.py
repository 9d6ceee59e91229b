"""Signatures as Standard Webhooks has them: its published example, and its own library."""

import base64
from datetime import UTC, datetime

import pytest
from standardwebhooks.webhooks import Webhook, WebhookVerificationError

from app.kernel.clock import now
from app.notify.signing import show_secret, sign

SECRET = base64.b64decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")


def test_the_published_example() -> None:
    """Secret, id, instant and body of the specification give its signature."""
    at = datetime.fromtimestamp(1614265330, UTC)
    assert sign([SECRET], "msg_p5jXN8AQM9LWM0D4loKWxJek", at, b'{"test": 2432232314}') == {
        "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
        "webhook-timestamp": "1614265330",
        "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
    }


def test_a_subscriber_verifies_it_with_the_library() -> None:
    """And another body, id or secret is found out."""
    headers = sign([SECRET], "1", now(), b'{"a": 1}')
    library = Webhook(show_secret(SECRET))
    assert library.verify(b'{"a": 1}', headers) == {"a": 1}
    with pytest.raises(WebhookVerificationError):
        library.verify(b'{"a": 2}', headers)
    with pytest.raises(WebhookVerificationError):
        library.verify(b'{"a": 1}', {**headers, "webhook-id": "2"})
    with pytest.raises(WebhookVerificationError):
        Webhook(show_secret(b"another secret")).verify(b'{"a": 1}', headers)


def test_while_secrets_change_each_of_them_is_enough() -> None:
    """A message bears a signature with both, and with no third."""
    headers = sign([SECRET, b"another secret"], "1", now(), b'{"a": 1}')
    assert headers["webhook-signature"].count("v1,") == 2
    for secret in (SECRET, b"another secret"):
        assert Webhook(show_secret(secret)).verify(b'{"a": 1}', headers) == {"a": 1}
    with pytest.raises(WebhookVerificationError):
        Webhook(show_secret(b"a third secret")).verify(b'{"a": 1}', headers)
