"""No bare word: whatever a page says comes from the catalogue or was written by somebody.

Every message is put in marks; what then stands outside of them, on any page that links lead to, has to be
data. Names of enums, keys and Python values are in no catalogue and nobody's words: the same walk finds them.
"""

import re
from collections.abc import Iterable, Iterator

import pytest
from flask import Flask

from quiz.accounts.permissions import Role
from quiz.accounts.queries import get_staff
from quiz.contests.phases import Phase
from quiz.core.caches import forget_all
from quiz.core.database import db
from quiz.entries.examples import FAMILY
from quiz.organiser import handbook
from quiz.web import locale
from tests.support.citizen import FORM, enter, start
from tests.support.client import Client
from tests.support.crawl import follow
from tests.support.databases import Databases
from tests.support.demo import SLUG, account_of, client_of, demo
from tests.support.shown_words import Marking, Written, unmarked
from tests.support.staff import sign_in_as

_CONTEST = f"/c/{SLUG}"
_MOST_PAGES = 300
# Names of programs, formats and commands: the same in every language.
_NAMES = """
excel opendocument word docx xlsx xlsm xls ods csv tsv tab json gift txt md text xml zip imscc qti
pdf moodle_xml common_cartridge aiken mixed simulate tests tìm_hiểu banks lang-son
"""
_BEGIN: dict[Role | None, tuple[str, ...]] = {
    None: (
        "/",
        _CONTEST,
        "/me/data",
        "/login",
        "/khong-co",
        "/c/khong-co",
        "/receipts?code=TH-00000-00000",
        f"{_CONTEST}/resume",
        f"{_CONTEST}/display",
        f"{_CONTEST}/display/scenes",
        f"{_CONTEST}/embed",
    ),
    Role.OWNER: ("/manage", "/account", f"/manage{_CONTEST}", f"/manage{_CONTEST}/audit"),
    Role.UNIT_VIEWER: ("/unit", "/account"),
}


@pytest.fixture(scope="module")
def marked(databases: Databases) -> Iterator[Flask]:
    """The demo, with every message in marks."""
    with demo(databases) as app, pytest.MonkeyPatch.context() as patch:
        patch.setattr(locale, "catalogue_of", lambda _language: Marking())
        yield app


def visitor(app: Flask, role: Role | None) -> Client:
    """Somebody with an account of the role, or an entrant in the middle of an attempt."""
    forget_all()
    client = client_of(app)
    if role is None:
        enter(client, SLUG, unit="03808")
        start(client, SLUG, 2)
    else:
        with app.app_context():
            sign_in_as(client, get_staff(account_of(role)))
    return client


def bare_words(app: Flask, pages: Iterable[tuple[str, str]]) -> tuple[int, dict[str, str]]:
    """How many pages were read, and each bare word with the first page that has it."""
    read, found = 0, dict[str, str]()
    with app.app_context():
        written = Written(db.session)
        db.session.remove()
    written.add(
        *FORM.values(), *(one.name for one in FAMILY), *(name.replace("_", " ") for name in _NAMES.split())
    )
    written.add(*(page.title for page in handbook.pages().values()))
    for path, body in pages:
        read += 1
        if path.startswith("/manage/help/"):  # a text of its own, in one language
            continue
        for piece in unmarked(body):
            if not written.has(piece):
                found.setdefault(piece, path)
    return read, found


@pytest.mark.parametrize("role, least", [(None, 40), (Role.OWNER, 130), (Role.UNIT_VIEWER, 35)])
def test_pages_say_nothing_that_no_catalogue_knows(marked: Flask, role: Role | None, least: int) -> None:
    client = visitor(marked, role)
    pages = follow(client, *_BEGIN[role], most=_MOST_PAGES, of_one_kind=1)
    read, found = bare_words(marked, ((path, body) for path, _reply, body in pages))
    assert not found
    assert read >= least


def test_the_walk_notices_a_bare_word(marked: Flask) -> None:
    """The negative control: unmarked words, the name of an enum, a Python value."""
    page = f"<p>⟦Vòng⟧ 2 đã đóng rồi</p><p>{Phase.FROZEN}</p><td title='{[None]}'>⟦Tên⟧: Lò Thị Hương</td>"
    assert set(bare_words(marked, [("/", page)])[1]) == {"đã đóng rồi", "frozen", "none"}


_ANSWERS = (
    "0212 000 0000",
    "00/KH-BTC",
    "20/10/2026",
    "Ban Tuyên giáo và Dân vận Tỉnh ủy",
    "Đại hội Đảng bộ tỉnh",
)
_NEVER = "Cuộc thi không thu phí, không gọi điện hay nhắn tin hỏi mật khẩu, mã OTP, ảnh giấy tờ."
_SHORT = {f"{_CONTEST}/{name}": _ANSWERS[::3] for name in ("display", "embed")}
_SHORT |= {f"{_CONTEST}/{name}": _ANSWERS for name in ("poster", "guide")}
_PIECES = {f"{_CONTEST}/display/scenes", f"{_CONTEST}/standings/rows"}  # parts of pages


def test_every_page_of_a_contest_says_who_answers_for_it(marked: Flask) -> None:
    """A30: which contest, by which document, whom to call, what is never asked for; errors say so too."""
    begin = (*_BEGIN[None], f"{_CONTEST}/khong-co", f"{_CONTEST}/units/khong-co", f"{_CONTEST}/rounds/9")
    silent = []
    read = 0
    for path, reply, body in follow(visitor(marked, None), *begin, most=_MOST_PAGES, of_one_kind=1):
        place = path.partition("?")[0]
        if not place.startswith(_CONTEST) or not body or place in _PIECES or reply.status_code == 303:
            continue
        read += 1
        says = re.sub("[⟦⟧]", "", body).replace("\u00a0", " ")
        wanted = _SHORT.get(place, (*_ANSWERS, _NEVER))
        silent += [f"{path}: {words}" for words in wanted if words not in says]
    assert not silent
    assert read >= 20
