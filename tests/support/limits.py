"""Limits as an installation has them, and browsers that solve challenges, wait, or do neither."""

import base64
import html
import json
import re
from dataclasses import replace
from typing import Any

from altcha import Challenge, solve_challenge
from flask import Flask
from werkzeug.test import TestResponse

from quiz.core.limit_settings import LimitSettings
from quiz.limits.challenges import Difficulty
from tests.support.citizen import FORM
from tests.support.client import Client

EASY = Difficulty(cost=10, most=3)


def set_limits(app: Flask, **changes: Any) -> None:
    """The limits that production has, except for `changes`; nobody has been counted."""
    limits = LimitSettings(**({"start_spacing": 0} | changes))
    app.config["SETTINGS"] = replace(app.config["SETTINGS"], limits=limits)
    app.config["DIFFICULTY"] = EASY
    with app.app_context():
        app.extensions["counters"].forget()


def browser(app: Flask, address: str = "") -> Client:
    """A new browser behind an address."""
    made = app.test_client()
    assert isinstance(made, Client)
    if address:
        made.environ_base["REMOTE_ADDR"] = address
    return made


def is_challenge(reply: TestResponse) -> bool:
    """Whether the page asks for proof of work."""
    return "data-proof=" in reply.get_data(as_text=True)


def field(reply: TestResponse, name: str) -> str:
    """The value of a hidden field."""
    found = re.search(rf'name="{name}" value="([^"]*)"', reply.get_data(as_text=True))
    assert found is not None, name
    return html.unescape(found[1])


def fields(reply: TestResponse) -> dict[str, str]:
    """All hidden fields of the page's own form."""
    page = reply.get_data(as_text=True)
    form = page[page.index("data-repeat") : page.index("</form>", page.index("data-repeat"))]
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form)
    return {name: html.unescape(value) for name, value in found}


def solution(reply: TestResponse) -> str:
    """What the page's script would send."""
    found = re.search(r'data-proof="([^"]+)"', reply.get_data(as_text=True))
    assert found is not None
    challenge = json.loads(html.unescape(found[1]))
    solved = solve_challenge(Challenge.from_dict(challenge))
    assert solved is not None
    payload = {"challenge": challenge, "solution": solved.to_dict()}
    return base64.b64encode(json.dumps(payload).encode()).decode()


def person(number: int) -> dict[str, str]:
    """A form that somebody else fills in for each number."""
    return FORM | {"name": f"Lò Văn {_word(number)}", "phone": f"09{10_000_000 + number}", "step": "save"}


def post(client: Client, address: str, data: dict[str, str] | None = None) -> TestResponse:
    """Send a form as a browser with scripts does: what is asked for is solved and sent on."""
    reply = client.post(address, data=data or {})
    if reply.status_code == 200 and is_challenge(reply):
        reply = client.post(address, data=fields(reply) | {"altcha": solution(reply)})
    return reply


def _word(number: int) -> str:
    letters = ""
    for _ in range(4):
        number, rest = divmod(number, 26)
        letters += chr(ord("a") + rest)
    return letters.capitalize()
