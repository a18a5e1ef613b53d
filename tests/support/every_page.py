"""Everything that the public, an entrant and a unit can read, by the map of addresses."""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from flask import Flask
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from quiz.accounts.permissions import Permission
from tests.support.access import ACCESS, Door
from tests.support.client import Client

_BOARDS = ("api", "screens", "sharing", "standings")
_MORE = ("?page=2&per_page=100", "?division=SL-XA&q=a", "?unit=03646&lang=en&show=people,counts,units")
# Three digits of a phone, marks in files' names and keys for machines are no figures.
_NOT_SAID = re.compile(
    r"•+ ?\d{3}|<svg\b.*?</svg>|<path\b[^>]*>|/static/[^\"']+|data-(?:now|until|version)=\"[^\"]*\""
    r"|csrf[^>]*>",
    re.DOTALL,
)
_NUMBER = re.compile(r"(?<![\w.,:/+-])\d{1,3}(?:\.\d{3})*(?:,\d+)?(?![\w:/-])")


Reads = Callable[[str], bool]
# The same for everybody, as tests/web/screens shows: strangers read it for all.
FOR_ALL = ("api", "screens", "sharing")


def public_rules(app: Flask) -> list[Rule]:
    """Every address that is read by people who are not the organisers."""
    doors = {Door.OPEN, Door.ENTRANT, Permission.SEE_OWN_UNIT}
    return [
        rule
        for rule in app.url_map.iter_rules()
        if "GET" in (rule.methods or set()) and ACCESS[rule.endpoint] in doors and rule.endpoint != "static"
    ]


def walk(client: Client, samples: Mapping[str, object], reads: Reads) -> Iterator[tuple[str, TestResponse]]:
    """Ask for all that somebody reads, boards in every part of theirs. `samples` fill in the addresses."""
    for rule in public_rules(client.application):
        package = rule.endpoint.partition(".")[0]
        if not reads(package):
            continue
        known = {name: samples.get(name, "x") for name in rule.arguments}
        if package == "attempts" or package == "objections":
            known = {name: samples.get("attempt" if name == "code" else name, "x") for name in rule.arguments}
        with client.application.test_request_context():
            _, path = rule.build(known) or ("", "")
        for query in ("", *(_MORE if package in _BOARDS else ())):
            reply = client.get(path + query)
            assert reply.status_code < 500, (path + query, reply.status_code)
            yield path + query, reply


def said(reply: TestResponse) -> str:
    """What a reply says to people or programs, without pictures and marks."""
    if not (reply.mimetype or "").startswith(("text/", "application/json")):
        return ""
    if reply.is_json:
        return _NOT_SAID.sub(" ", json.dumps(json.loads(reply.get_data()), ensure_ascii=False))
    return _NOT_SAID.sub(" ", reply.get_data(as_text=True))


def numbers_in(reply: TestResponse) -> set[str]:
    """Every number that stands by itself, as people write it: 171, 1.234, 80,1."""
    if reply.is_json:
        return set(_numbers(json.loads(reply.get_data())))
    return set(_NUMBER.findall(said(reply)))


def _numbers(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for one in value:
            yield from _numbers(one)
    elif isinstance(value, bool) or value is None:
        return
    elif isinstance(value, int):
        yield f"{value:,}".replace(",", ".")
    else:
        yield from _NUMBER.findall(_NOT_SAID.sub(" ", str(value).replace(".", ",")))
