"""Light, dark, high contrast: chosen by a link, kept in a cookie, never on what proxies keep for all."""

import re

import pytest
from flask import Flask

from tests.support.citizen import open_contest
from tests.support.client import Client


def _theme(client: Client, address: str = "/") -> str:
    found = re.search(r'<html[^>]* data-theme="(\w+)"', client.get(address).text)
    return found.group(1) if found else "auto"


def test_the_device_decides_until_somebody_chooses(client: Client) -> None:
    assert _theme(client) == "auto"
    assert _theme(client, "/?theme=dark") == "dark"
    assert _theme(client) == "dark"
    assert _theme(client, "/privacy") == "dark"
    assert _theme(client, "/?theme=auto") == "auto"
    assert _theme(client) == "auto"


@pytest.mark.parametrize("asked", ["pink", "", '"><script>', "DARK"])
def test_another_word_is_no_choice(client: Client, asked: str) -> None:
    reply = client.get("/", query_string={"theme": asked})
    assert "Set-Cookie" not in reply.headers or "theme=" not in reply.headers["Set-Cookie"]
    assert "data-theme" not in reply.text
    client.set_cookie("theme", "pink")
    assert _theme(client) == "auto"


def test_what_is_kept_for_everybody_follows_nobody(client: Client) -> None:
    reply = client.get("/offline?theme=dark")
    assert reply.status_code == 200
    assert "data-theme" not in reply.text
    assert "Set-Cookie" not in reply.headers


def test_every_page_offers_the_looks_and_marks_the_one_in_use(client: Client) -> None:
    text = client.get("/?theme=contrast").text
    assert '<b aria-current="true">Tương phản cao</b>' in text
    assert {"auto", "light", "dark"} == set(re.findall(r'href="/\?theme=(\w+)"', text))


def test_a_board_drawn_for_one_look_is_not_shown_in_another(
    app: Flask, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "KEEPS_PAGES", True)
    address = f"/c/{open_contest(app)}/standings?round=1"
    assert _theme(client, address) == "auto"
    assert _theme(client, f"{address}&theme=dark") == "dark"
    assert _theme(client, address) == "dark"
    assert _theme(client, f"{address}&theme=auto") == "auto"
