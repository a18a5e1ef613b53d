"""A27: a form takes its own fields. Every form of the demo is sent with every column's name beside them."""

import ast
from collections import Counter, deque
from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import select

from quiz.accounts.permissions import Role
from quiz.accounts.queries import get_staff
from quiz.core.caches import forget_all
from quiz.core.database import Base, db
from tests.support.citizen import enter, open_contest, start
from tests.support.client import Client
from tests.support.crawl import kind_of
from tests.support.databases import Databases
from tests.support.demo import SLUG, account_of, client_of, demo
from tests.support.plain_forms import Form, forms_of
from tests.support.poison import faults_and_links, inside
from tests.support.sources import for_every_file, python_files, tree
from tests.support.staff import sign_in_as

_SENT = (
    "request.form",
    "request.args",
    "request.values",
    "request.json",
    "request.get_json",
    "request.files",
)
MARK = "7770777"  # a number, a text, a code: whatever column it came to, it would be seen
COLUMNS = sorted({column.name for table in Base.metadata.tables.values() for column in table.columns})
_MOST_PAGES = 60
_LEAVES = ("/logout", "/account/sessions", "/me/forget")


@pytest.fixture
def whole(databases: Databases) -> Iterator[Flask]:
    """The demo, which these tests spoil: staff close its rounds, so each has its own."""
    with demo(databases, people=10) as app:
        yield app


def marks(app: Flask) -> list[str]:
    """Where in the database the mark is found."""
    with app.app_context():
        found = [
            f"{table.name}.{name}"
            for table in Base.metadata.sorted_tables
            for row in db.session.execute(select(table)).mappings()
            for name, value in row.items()
            if MARK in str(value)
        ]
        db.session.remove()
    return found


def send(client: Client, form: Form, address: str) -> int:
    """Send the form as it stands, every column's name beside its own fields, by its first button."""
    own = form.names | {name for name, _ in form.buttons}
    pairs = [*form.fields, *form.buttons[:1], *((name, MARK) for name in COLUMNS if name not in own)]
    data: dict[str, list[str]] = {}
    for name, value in pairs:
        if name:
            data.setdefault(name, []).append(value)
    reply = client.post(form.action or address, data=data)
    reply.close()
    return reply.status_code


def send_everything(app: Flask, client: Client, sign_in: Role | None, *begin: str) -> Counter[int]:
    """Walk through the pages and send every form found, one of each kind; the statuses."""
    waiting, seen, sent, statuses = deque(begin), set(begin), set[str](), Counter[int]()
    kinds = Counter[str]()
    while waiting and len(seen) - len(waiting) < _MOST_PAGES:
        path = waiting.popleft()
        if sign_in is not None:
            with app.app_context():
                sign_in_as(client, get_staff(account_of(sign_in)))
        page = client.get(path)
        html = "html" in (page.content_type or "")
        body = page.get_data(as_text=True) if html else ""
        for form in forms_of(page) if html else ():
            kind = kind_of(form.action or path)
            if form.method == "POST" and kind not in sent and not kind.startswith(_LEAVES):
                sent.add(kind)
                statuses[send(client, form, path)] += 1
        page.close()
        for link in inside(faults_and_links(body)[1]):
            if link not in seen and kinds[kind_of(link)] < 2:
                kinds[kind_of(link)] += 1
                seen.add(link)
                waiting.append(link)
    return statuses


@pytest.mark.parametrize("role", [Role.OWNER, Role.EDITOR, Role.REVIEWER])
def test_forms_of_staff(whole: Flask, role: Role) -> None:
    forget_all()
    begin = ("/manage", "/manage/banks", "/manage/staff", "/manage/units", "/account")
    statuses = send_everything(whole, client_of(whole), role, *begin)
    assert sum(statuses.values()) >= 4, statuses
    assert not {status for status in statuses if status >= 500}
    assert marks(whole) == []


def test_forms_of_entrants(whole: Flask) -> None:
    forget_all()
    client = client_of(whole)
    extra = dict.fromkeys(set(COLUMNS) - {"name", "phone", "unit", "slug"}, MARK)
    assert enter(client, SLUG, **{**extra, "unit": "03808"}).status_code == 303
    attempt = start(client, SLUG, 2)
    sheet = dict.fromkeys(COLUMNS, MARK) | {"revision": 1, "answers": {"1": [1]}}
    sheet.pop("prediction", None)
    sheet.pop("flags", None)
    assert client.put(f"{attempt}/sheet", json=sheet).status_code == 200
    statuses = send_everything(whole, client, None, attempt, "/me/data", f"/c/{SLUG}/enter")
    assert not {status for status in statuses if status >= 500}
    assert marks(whole) == []


def test_what_a_field_of_its_own_takes_is_found(app: Flask, client: Client) -> None:
    """The negative control: the mark in a field that the form does have."""
    slug = open_contest(app)
    assert enter(client, slug, name=f"Lò Thị {MARK}").status_code == 303
    assert "entries.name" in marks(app)


@for_every_file(python_files("quiz"))
def test_no_code_takes_a_whole_form(path) -> None:
    """`populate_obj`, or a request's fields spread into a call, would be how columns get in."""
    wrong = [
        node.lineno
        for node in ast.walk(tree(path))
        if (isinstance(node, ast.Attribute) and node.attr == "populate_obj")
        or (isinstance(node, ast.Call) and any(_is_request(key) for key in node.keywords))
    ]
    assert not wrong


def _is_request(key: ast.keyword) -> bool:
    """What the sender wrote; `view_args` come from the address and its converters."""
    return key.arg is None and ast.unparse(key.value).startswith(_SENT)
