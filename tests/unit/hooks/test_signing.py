"""The signature as docs/api.md tells receivers to check it, and the distances between tries."""

import hashlib
import hmac
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

from quiz.core.settings import ROOT
from quiz.hooks.retrying import OFF_AFTER, WAITS, next_try, off_reason
from quiz.hooks.signing import headers

NOW = datetime(2026, 11, 22, 3, tzinfo=UTC)
BODY = '{"event":"ping","title":"Cuộc thi"}'.encode()


def test_every_secret_signs_time_and_body():
    sent = headers(["thwh_new", "thwh_old"], "17", NOW, BODY)
    assert (sent["Webhook-Id"], sent["Webhook-Timestamp"]) == ("17", str(int(NOW.timestamp())))
    expected = [
        "v1=" + hmac.new(secret, sent["Webhook-Timestamp"].encode() + b"." + BODY, hashlib.sha256).hexdigest()
        for secret in (b"thwh_new", b"thwh_old")
    ]
    assert sent["Webhook-Signature"].split() == expected


def test_the_example_of_the_documents_checks_it():
    text = Path(ROOT / "docs" / "api.md").read_text(encoding="utf-8")
    found = re.search(r"```python\n(.*?is_genuine.*?)```", text, re.DOTALL)
    assert found is not None
    names: dict = {}
    exec(found[1], names)
    is_genuine, at = names["is_genuine"], NOW.timestamp()
    sent = headers(["thwh_new", "thwh_old"], "17", NOW, BODY)
    assert is_genuine("thwh_new", sent, BODY, now=at + 10)
    assert is_genuine("thwh_old", sent, BODY, now=at + 10)
    assert not is_genuine("thwh_other", sent, BODY, now=at)
    assert not is_genuine("thwh_new", sent, BODY + b" ", now=at)
    assert not is_genuine("thwh_new", sent, BODY, now=at + 600)
    moved = sent | {"Webhook-Timestamp": str(int(at) + 600)}
    assert not is_genuine("thwh_new", moved, BODY, now=at + 600)


def test_distances_grow_and_spread():
    middle = [next_try(tries, NOW, 0.5) - NOW for tries in range(1, len(WAITS) + 1)]
    assert tuple(middle) == WAITS
    assert middle[0] == timedelta(minutes=1)
    assert middle[-1] == timedelta(hours=24)
    assert middle == sorted(middle)
    assert next_try(1, NOW, 0) == NOW + timedelta(seconds=48)
    assert next_try(1, NOW, 1) == NOW + timedelta(seconds=72)
    assert next_try(len(WAITS) + 1, NOW, 0.5) is None


def test_who_is_switched_off():
    assert off_reason(500, NOW - timedelta(days=4), NOW) is None
    assert off_reason(None, NOW - OFF_AFTER, NOW) == "failing"
    assert off_reason(410, NOW, NOW) == "gone"
