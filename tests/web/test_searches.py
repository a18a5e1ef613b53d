"""Every search box finds what was typed with diacritics, without them, and in capitals."""

import re
import unicodedata
from collections.abc import Iterator
from html import unescape
from typing import NamedTuple

import pytest
from flask import Flask
from sqlalchemy import select

from question_bank.folding import fold
from quiz.accounts.permissions import Role
from quiz.accounts.queries import get_staff
from quiz.attempts.models import Result
from quiz.contests.queries import get_contest
from quiz.core.database import db
from quiz.core.settings import ROOT
from quiz.entries.models import Entry
from tests.support.databases import Databases
from tests.support.demo import SLUG, account_of, client_of, demo
from tests.support.sources import templates
from tests.support.staff import sign_in_as

_HERE = f"/manage/c/{SLUG}"
_DOCUMENT = "hai-dang-bo-tinh"


class Box(NamedTuple):
    """A search box: its template, who uses it, the address up to what is typed, the words, the finds."""

    template: str
    role: Role | None
    address: str
    typed: str
    found: str
    not_found: str = "không có chữ này"


_BOX = re.compile(r'<input[^>]*name="(?:unit_)?q"')
BOXES = [
    Box(
        "collective/numbers.html",
        Role.OWNER,
        _HERE + "/unit-numbers?q=",
        "chiềng mung",
        "Chiềng Mung",
        "Yên Châu",
    ),
    Box("public/document.html", None, f"/c/{SLUG}/documents/{_DOCUMENT}?q=", "tù chính trị", "tù chính trị"),
    Box("units/tree.html", Role.OWNER, "/manage/units/son-la?q=", "chiềng mung", "Chiềng Mung", "Yên Châu"),
    Box("bank/bank.html", Role.OWNER, "/manage/banks/lich-su-dai-hoi?q=", "thời gian nào", "thời gian nào"),
    Box("documents/document.html", Role.OWNER, f"/manage/documents/{_DOCUMENT}?q=", "tù chính", "tù chính"),
    Box("organiser/handbook.html", Role.OWNER, "/manage/help?q=", "mất mạng", "mất mạng"),
    Box("organiser/entrants.html", Role.OWNER, f"{_HERE}/entrants?q=", "", ""),
    Box("standings/people.html", None, f"/c/{SLUG}/standings?round=1&q=", "", ""),
    Box("standings/units.html", None, f"/c/{SLUG}/standings/units?round=1&q=", "mường", "Mường", "Yên Châu"),
]
# Units as people enter: tests/web/citizen/test_unit.py, tests/unit/entries/test_unit_search.py. Names on
# lists that organisers load: tests/web/organiser/test_lists_of_people.py, tests/web/unitdesk.
_ELSEWHERE = {"components/forms.html", "entries/roster.html", "unitdesk/absent.html"}


@pytest.fixture(scope="module")
def loaded(databases: Databases) -> Iterator[Flask]:
    """The demo with some entrants."""
    with demo(databases, people=40) as app:
        yield app


def test_every_search_box_has_its_line() -> None:
    having = {
        path.relative_to(ROOT / "templates").as_posix()
        for path in templates()
        if _BOX.search(path.read_text(encoding="utf-8"))
    }
    assert having == {box.template for box in BOXES} | _ELSEWHERE


@pytest.mark.parametrize("box", BOXES, ids=lambda box: box.template)
def test_diacritics_and_capitals_do_not_matter(loaded: Flask, box: Box) -> None:
    client = client_of(loaded)
    typed, found = box.typed, box.found
    with loaded.app_context():
        if box.role:
            sign_in_as(client, get_staff(account_of(box.role)))
        if not typed:
            typed, found = someone(is_public=box.role is None)
        db.session.remove()
    pages = []
    for spelling in (typed, fold(typed), unicodedata.normalize("NFD", typed).upper()):
        reply = (
            client.get(box.address, query_string=None) if not spelling else client.get(box.address + spelling)
        )
        assert reply.status_code == 200, spelling
        said = shown(reply.get_data(as_text=True))
        assert found in said, spelling
        assert box.not_found not in said, spelling
        pages.append(said.count(found))
    assert len(set(pages)) == 1
    assert found not in shown(client.get(box.address + "zzzz").get_data(as_text=True))


def shown(page: str) -> str:
    """What stands on the page, without lists to choose from and without what was typed."""
    page = re.sub(r"<select.*?</select>|<title>.*?</title>|“[^”]*”|<[^>]*>", " ", page, flags=re.DOTALL)
    return " ".join(unescape(page).split())


def someone(*, is_public: bool) -> tuple[str, str]:
    """Whom to look for, and how the page names them: the public board has no given names."""
    contest = get_contest(SLUG)
    placed = select(Entry).join(Result, Result.entry_id == Entry.id)
    in_the_first_round = (Result.contest_id == contest.id, Result.round_number == 1)
    entry = db.session.scalars(placed.where(*in_the_first_round).order_by(Result.rank_key)).first()
    assert entry is not None
    shown_name = entry.name.rpartition(" ")[0] if is_public else entry.name
    return shown_name, shown_name
