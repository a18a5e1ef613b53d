"""A30: pages that pretend to be ours. Ours say what is never asked for, and how a receipt is checked."""

import re

import pytest
from flask import Flask

from tests.support.citizen import enter, open_contest, start
from tests.support.client import Client

NEVER = "Cuộc thi không thu phí, không gọi điện hay nhắn tin hỏi mật khẩu, mã OTP, ảnh giấy tờ."
PAGES = [
    "/",
    "/c/dai-hoi",
    "/c/dai-hoi/rules",
    "/c/dai-hoi/enter",
    "/c/dai-hoi/resume",
    "/c/dai-hoi/standings",
    "/c/dai-hoi/standings/units",
    "/receipts",
    "/privacy",
    "/khong-co",
]


@pytest.mark.parametrize("path", PAGES)
def test_every_page_says_what_is_never_asked_for(app: Flask, client: Client, path: str) -> None:
    open_contest(app)
    page = client.get(path).get_data(as_text=True)
    assert NEVER in page
    assert 'href="/receipts"' in page


def test_a_receipt_is_checked_here_without_a_name(app: Flask, client: Client) -> None:
    slug = open_contest(app)
    enter(client, slug)
    attempt = start(client, slug)
    client.put(f"{attempt}/sheet", json={"revision": 1, "answers": {"1": [1]}, "prediction": "3195"})
    assert client.post(f"{attempt}/submit").status_code == 303
    found = re.search(r"TH-[0-9A-Z]{5}-[0-9A-Z]{5}", client.get(attempt).get_data(as_text=True))
    assert found is not None
    checked = app.test_client().get(f"/receipts?code={found[0]}")
    assert checked.status_code == 200
    assert "Hương" not in checked.get_data(as_text=True)
