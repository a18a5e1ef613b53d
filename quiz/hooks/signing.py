"""What a receiver checks: an HMAC over the time of sending and the body. Pure."""

import hashlib
import hmac
from collections.abc import Sequence
from datetime import datetime, timedelta

SECRET_PREFIX = "thwh_"  # noqa: S105 -- how secrets begin, not one
# How long what is sent is signed with the former secret as well, so that a change loses nothing.
FORMER_KEPT = timedelta(hours=24)


def signature(secret: str, timestamp: int, body: bytes) -> str:
    """HMAC-SHA-256 of "<timestamp>.<body>" under the secret's bytes, in hex."""
    return hmac.new(secret.encode(), b"%d." % timestamp + body, hashlib.sha256).hexdigest()


def headers(secrets: Sequence[str], event_id: str, now: datetime, body: bytes) -> dict[str, str]:
    """The headers of one delivery; with several secrets several signatures, any of which is enough."""
    timestamp = int(now.timestamp())
    return {
        "Content-Type": "application/json; charset=utf-8",
        "User-Agent": "TimHieu-Webhook/1",
        "Webhook-Id": event_id,
        "Webhook-Timestamp": str(timestamp),
        "Webhook-Signature": " ".join(f"v1={signature(secret, timestamp, body)}" for secret in secrets),
    }
