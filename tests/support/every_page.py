"""Everything that the public, an entrant and a unit can read, by the map of addresses."""

import csv
import io
import json
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pypdfium2
from flask import Flask
from openpyxl import load_workbook
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
_SHARE = re.compile(r"0\.\d+")
_NUMBER = re.compile(r"(?<![\w.,:/+-])\d{1,3}(?:\.\d{3})*(?:,\d+)?(?![\w:/-])")


_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_ENDINGS = ("csv", "xlsx")
# What "code" stands for where it is not a unit's.
_CODES = {"attempts": "attempt", "objections": "attempt", "awards": "certificate"}

Reads = Callable[[str], bool]
# The same for everybody, as tests/web/screens shows: strangers read it for all.
FOR_ALL = ("api", "screens", "sharing")


def public_rules(app: Flask) -> list[Rule]:
    """Every address that is read by people who are not the organisers.

    /metrics answers this machine, as which tests ask; nobody else finds it.
    """
    doors = {Door.OPEN, Door.ENTRANT, Door.LINK, Permission.SEE_OWN_UNIT}
    return [
        rule
        for rule in app.url_map.iter_rules()
        if "GET" in (rule.methods or set())
        and ACCESS[rule.endpoint] in doors
        and rule.endpoint not in {"static", "observing.metrics_page"}
    ]


def walk(client: Client, samples: Mapping[str, object], reads: Reads) -> Iterator[tuple[str, TestResponse]]:
    """Ask for all that somebody reads, boards in every part of theirs. `samples` fill in the addresses."""
    for rule in public_rules(client.application):
        package = rule.endpoint.partition(".")[0]
        if not reads(package):
            continue
        names = {name: _CODES.get(package, name) if name == "code" else name for name in rule.arguments}
        known = {name: samples.get(names[name], "x") for name in names}
        forms = [known | {"ending": ending} for ending in _ENDINGS] if "ending" in names else [known]
        with client.application.test_request_context():
            paths = [(rule.build(form) or ("", ""))[1] for form in forms]
        for path in paths:
            for query in ("", *(_MORE if package in _BOARDS else ())):
                reply = client.get(path + query)
                assert reply.status_code < 500, (path + query, reply.status_code)
                yield path + query, reply


def said(reply: TestResponse) -> str:
    """What a reply says to people or programs, files too, without pictures and marks."""
    if reply.mimetype == _XLSX:
        return " ".join(str(cell) for cell in _cells(reply) if cell is not None)
    if reply.mimetype == "application/pdf":
        pages = pypdfium2.PdfDocument(reply.get_data())
        return unicodedata.normalize("NFC", " ".join(p.get_textpage().get_text_range() for p in pages))
    if not (reply.mimetype or "").startswith(("text/", "application/json")):
        return ""
    if reply.is_json:
        return _NOT_SAID.sub(" ", json.dumps(json.loads(reply.get_data()), ensure_ascii=False))
    return _NOT_SAID.sub(" ", reply.get_data(as_text=True))


def numbers_in(reply: TestResponse) -> set[str]:
    """Every number that stands by itself, as people write it: 171, 1.234, 80,1."""
    if reply.is_json:
        return set(_numbers(json.loads(reply.get_data())))
    if reply.mimetype in (_XLSX, "text/csv"):
        return set(_numbers(_cells(reply)))
    return set(_NUMBER.findall(said(reply)))


def _cells(reply: TestResponse) -> list[Any]:
    if reply.mimetype == "text/csv":
        rows = csv.reader(io.StringIO(reply.get_data().decode("utf-8-sig")))
        return [float(cell) if _SHARE.fullmatch(cell) else cell for row in rows for cell in row]
    book = load_workbook(io.BytesIO(reply.get_data()))
    return [cell for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row]


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
    elif isinstance(value, float) and value < 1:
        yield f"{100 * value:.1f}".replace(".", ",")  # a share, as its column shows it
    else:
        yield from _NUMBER.findall(_NOT_SAID.sub(" ", str(value).replace(".", ",")))
