"""F17 for files: reports, exports, winners, certificates say what the boards say, twice, on two databases.

Many people are equal here and prizes end in the middle of them: an order that nobody decided would show.
"""

import csv
import io
import re
import unicodedata
from collections.abc import Callable
from html import unescape
from typing import Any

import pypdfium2
import pytest
from docx import Document
from flask import Flask
from openpyxl import load_workbook

from quiz.accounts.permissions import Role
from quiz.accounts.queries import get_staff
from quiz.analysis.service import run_round
from quiz.awards import certifying, printing, service
from quiz.contests.definition import CollectiveDefinition, Prize, PublishRule
from quiz.contests.models import Contest
from quiz.contests.phases import RoundAction
from quiz.contests.queries import get_contest, get_round
from quiz.core import clock
from quiz.core.caches import forget_all
from quiz.core.database import transaction
from quiz.jobs.handlers import unwatched
from quiz.organiser.rounds import move_round
from quiz.scoring.collective import Formula
from quiz.scoring.ranking import Criterion
from quiz.simulation.service import simulate
from tests.support.citizen import open_contest
from tests.support.client import Client
from tests.support.copies import copy_on_postgresql
from tests.support.databases import Databases
from tests.support.factories import KEYRING
from tests.support.staff import ACTOR, make_staff, make_tree, sign_in_as

_API = "/api/v1/contests/dai-hoi/rounds/1"
_DESK = "/manage/c/dai-hoi/rounds/1"
_PRIZES = (Prize("Giải Nhất", 1, "1.000.000 đồng"), Prize("Giải Nhì", 2), Prize("Giải Ba", 4))
_RULE = CollectiveDefinition("Tập thể", Formula.PARTICIPANTS, prizes=(Prize("Cờ", 1), Prize("Giải Nhì", 1)))
_FOR = {"reason": "Trình ký kết quả vòng thi"}
Lines = list[tuple[str, ...]]


@pytest.fixture
def two(databases: Databases, app: Flask) -> tuple[Flask, Flask]:
    """60 people with equal ones among them, ranked, judged and published; the same rows on PostgreSQL."""
    open_contest(app, ranking=(Criterion.SCORE,), prediction=None, publish=PublishRule(), prizes=_PRIZES)
    with app.app_context():
        tree, contest, now = make_tree(), get_contest("dai-hoi"), clock.now()
        simulate(contest, 1, entrants=60, attempts=75, seed=2, now=now, keyring=KEYRING)
        with transaction() as session:
            row = session.get_one(Contest, contest.id)
            row.tree_id, row.collective_data = tree.id, [_RULE.as_dict()]
        for action in (RoundAction.CLOSE, RoundAction.FREEZE):
            move_round(contest, 1, action, actor=ACTOR, now=now, keyring=KEYRING)
        while ties := service.worked_out(get_round(contest, 1)).ties:
            order = sorted(ties[0].keys, reverse=True)
            service.decide_tie(contest, 1, order, all_alike=False, reason="Bốc thăm", actor=ACTOR, now=now)
        run_round({"contest_id": contest.id, "slug": "dai-hoi", "number": 1}, unwatched, ACTOR, now)
        move_round(contest, 1, RoundAction.PUBLISH, actor=ACTOR, now=now, keyring=KEYRING)
        for kind in (certifying.WINNER, certifying.UNIT):
            certifying.issue(contest, 1, kind, reason="Trao giải", actor=ACTOR, now=now)
        make_staff("btc", Role.ORGANISER)
        make_staff("tinh", Role.UNIT_VIEWER, tree=tree, unit_code="14")
    return app, copy_on_postgresql(app, databases)


class Reader:
    """What one database's application says, read by everybody, an organiser and a unit."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.public, self.organiser, self.unit = (self._client(name) for name in ("", "btc", "tinh"))

    def _client(self, username: str) -> Client:
        client = self.app.test_client()
        assert isinstance(client, Client)
        with self.app.app_context():
            if username:
                sign_in_as(client, get_staff(username))
        return client

    def report(self, form: str) -> bytes:
        reply = self.organiser.post(f"{_DESK}/papers/report", data=_FOR | {"format": form})
        assert reply.status_code == 200
        return reply.data

    def sheet(self, content: bytes, name: str = "", heads: int = 1) -> Lines:
        """The rows of a sheet below its heads, every cell as text."""
        book = load_workbook(io.BytesIO(content))
        rows = (book[name] if name else book.worksheets[0]).iter_rows(min_row=heads + 1, values_only=True)
        return [tuple("" if cell is None else str(cell) for cell in row) for row in rows]

    def api(self, what: str) -> list[dict[str, Any]]:
        reply: dict[str, Any] = self.public.get(f"{_API}/{what}?per_page=100").get_json()
        assert reply["next"] is None
        rows: list[dict[str, Any]] = reply["rows"]
        return rows


def _people_api(reader: Reader) -> Lines:
    return [
        (
            *(str(row["rank"]), row["name"], row["unit"]),
            *(f"{row['correct']}/{row['questions']}", row["prize"] or ""),
        )
        for row in reader.api("people")
    ]


def _people_xlsx(reader: Reader) -> Lines:
    rows = reader.sheet(reader.report("xlsx"), "Xếp hạng cá nhân")
    return [(rank, name, unit, right, prize) for rank, name, _tail, unit, right, _time, _off, prize in rows]


def _units_api(reader: Reader) -> Lines:
    return [
        (str(row["rank"]), row["name"], str(row["people"]), str(row["attempts"]))
        for row in reader.api("units")
    ]


def _unit_rows(rows: Lines) -> Lines:
    return [(rank, name, people, attempts) for rank, name, _all, people, _share, attempts in rows]


def _units_xlsx(reader: Reader) -> Lines:
    return _unit_rows(reader.sheet(reader.report("xlsx"), "Tập thể  các đơn vị đứng đầu"))


def _units_docx(reader: Reader) -> Lines:
    return _unit_rows(_docx_table(reader, "Đơn vị", 6))


def _desk(ending: str) -> Callable[[Reader], Lines]:
    """The unit desk's file: name, people, attempts of the units below the blocks, as their own account."""

    def read(reader: Reader) -> Lines:
        content = reader.unit.get(f"/unit/figures.{ending}?contest=dai-hoi&round=1&unit=SL-XA").data
        if ending == "csv":
            rows = [tuple(row) for row in csv.reader(io.StringIO(content.decode("utf-8-sig")))][1:]
        else:
            rows = [row for row in reader.sheet(content) if re.fullmatch(r"0\d{4}", row[0])]
        return sorted((name, people, attempts) for _code, name, _all, people, attempts, _share in rows)

    return read


def _docx_table(reader: Reader, head: str, columns: int) -> Lines:
    """The one table of so many columns of which the second one has this head."""
    tables = Document(io.BytesIO(reader.report("docx"))).tables
    (found,) = [one for one in tables if len(one.columns) == columns and one.rows[0].cells[1].text == head]
    return [tuple(cell.text for cell in row.cells) for row in found.rows][1:]


def _winners_xlsx(reader: Reader) -> Lines:
    return reader.sheet(reader.report("xlsx"), "Người đạt giải")


def _winners_docx(reader: Reader) -> Lines:
    return _docx_table(reader, "Họ và tên", 6)


def _honoured_xlsx(reader: Reader) -> Lines:
    return reader.sheet(reader.report("xlsx"), "Tập thể")


def _honoured_docx(reader: Reader) -> Lines:
    return _docx_table(reader, "Đơn vị", 5)


def _pdf_text(content: bytes) -> str:
    pages = pypdfium2.PdfDocument(content)
    text = " ".join(page.get_textpage().get_text_range() for page in pages)
    return " ".join(unicodedata.normalize("NFC", text).split())


def _winners_file(reader: Reader) -> Lines:
    reply = reader.organiser.post(f"{_DESK}/winners", data=_FOR)
    return [
        (name, unit, right, prize)
        for _rank, prize, name, _born, _phone, _id, unit, right, _time, _may in reader.sheet(reply.data)
    ]


def _winners_page(reader: Reader) -> Lines:
    """Prize, name as everybody may see it, unit."""
    page = reader.public.get("/c/dai-hoi/rounds/1/winners").get_data(as_text=True)
    found: Lines = []
    for part in page.partition('aria-labelledby="tap-the')[0].split("<section")[1:]:
        if "<ul" not in part:
            continue
        prize = re.search(r"<h2[^>]*>([^<]+)</h2>", part)
        assert prize is not None
        pattern = r'class="th-winner"><b>([^<]+)</b><br>([^<,]+)'
        found += [(prize[1], unescape(name), unescape(unit)) for name, unit in re.findall(pattern, part)]
    return found


def _honoured_page(reader: Reader) -> Lines:
    """Prize and unit."""
    page = reader.public.get("/c/dai-hoi/rounds/1/winners").get_data(as_text=True)
    pattern = r'id="tap-the-\d+">([^<,]+), Tập thể</h2>\s*<ul[^>]*><li class="th-winner"><b>([^<]+)</b>'
    return [(prize, unescape(name)) for prize, name in re.findall(pattern, page)]


def _honours(reader: Reader) -> Lines:
    return _certificates(reader, certifying.UNIT)


def _certificates(reader: Reader, kind: str = certifying.WINNER) -> Lines:
    """Name, unit and prize as printed, in the order of serial numbers; the check page says the same."""
    with reader.app.app_context():
        contest, round_ = get_contest("dai-hoi"), get_round(get_contest("dai-hoi"), 1)
        rows = certifying.list_valid(contest.id, 1, kind)
        people = printing.printed_people(contest, round_, rows, base="")
        codes = [row.code for row in rows]
    for code, one in zip(codes, people, strict=True):
        page = unescape(reader.public.get(f"/certificates/{code}").get_data(as_text=True))
        assert one["name"] in page
        assert one["prize"] in page
    return [(one["name"], one["unit"], one["prize"]) for one in people]


def _everywhere(app: Flask, read: Callable[[Reader], Lines]) -> Lines:
    """What is read, twice: with everything remembered and with everything forgotten."""
    reader = Reader(app)
    forget_all()
    first = read(reader)
    forget_all()
    assert read(reader) == first
    assert first
    return first


def test_people_in_the_report_are_those_of_the_board(two: tuple[Flask, Flask]) -> None:
    boards = [_everywhere(app, read) for app in two for read in (_people_api, _people_xlsx)]
    assert len(boards[0]) == 60
    assert len({line[0] for line in boards[0]}) < 10  # so most are equal to somebody
    assert all(board == boards[0] for board in boards)


def test_units_in_the_report_and_at_the_units_desk(two: tuple[Flask, Flask]) -> None:
    boards = [_everywhere(app, read) for app in two for read in (_units_api, _units_xlsx, _units_docx)]
    assert len(boards[0]) == 2
    assert all(board == boards[0] for board in boards)
    desks = [_everywhere(app, _desk(ending)) for app in two for ending in ("xlsx", "csv")]
    assert all(desk == sorted(line[1:] for line in boards[0]) for desk in desks)


def test_winners_wherever_they_are_named(two: tuple[Flask, Flask]) -> None:
    """The desk's page and the public one, the report in its forms, the list to call, certificates, boards."""
    app, other = two
    named = _everywhere(app, _winners_xlsx)
    assert [line[5].partition(" (")[0] for line in named] == [
        "Giải Nhất",
        *["Giải Nhì"] * 2,
        *["Giải Ba"] * 4,
    ]
    who = [(name, unit, right, prize.partition(" (")[0]) for _n, name, unit, right, _t, prize in named]
    for one in two:
        assert _everywhere(one, _winners_xlsx) == _everywhere(one, _winners_docx) == named
        assert sorted(_everywhere(one, _winners_file)) == sorted(who)
        text = _pdf_text(Reader(one).report("pdf"))
        assert all(" ".join(line) in text for line in named)
        page = unescape(Reader(one).organiser.get(f"{_DESK}/awards").get_data(as_text=True))
        places = [page.index(f">{name}</a>") for name, *_rest in who]
        assert places == sorted(places)
        printed = _everywhere(one, _certificates)
        assert printed == [(name, unit, f"đạt giải {prize[5:]}, Tuần 1") for name, unit, _r, prize in who]
        public = [(prize, unit) for prize, _name, unit in _everywhere(one, _winners_page)]
        assert public == [(prize, unit) for _name, unit, _right, prize in who]
        board = {(name, prize) for _rank, name, _unit, _right, prize in _people_api(Reader(one)) if prize}
        assert board == {(name, prize) for prize, name, _unit in _winners_page(Reader(one))}
        assert {name for name, _prize in board} & {line[0] for line in who}  # some agreed to be named
    with other.app_context():  # the other database works the same prizes out by itself
        round_ = get_round(get_contest("dai-hoi"), 1)
        service.list_prizes(get_contest("dai-hoi"), 1, actor=ACTOR, now=clock.now())
        assert service.is_current(round_, service.worked_out(round_))
    assert _everywhere(other, _winners_xlsx) == named


def test_units_with_a_prize_wherever_they_are_named(two: tuple[Flask, Flask]) -> None:
    board = _everywhere(two[0], _units_api)
    prizes = ("Cờ", "Giải Nhì")
    named = [(name, people, prize) for (_rank, name, people, _n), prize in zip(board, prizes, strict=True)]
    for one in two:
        for read in (_honoured_xlsx, _honoured_docx):
            assert [(name, people, prize) for _n, name, _v, people, prize in _everywhere(one, read)] == named
        text = _pdf_text(Reader(one).report("pdf"))
        assert all(f"{name} {people} {people} {prize}" in text for name, people, prize in named)
        assert _everywhere(one, _honoured_page) == [(prize, name) for name, _people, prize in named]
        printed = [(name, won) for name, _above, won in _everywhere(one, _honours)]
        wins = ("đạt giải Cờ (Tập thể), Tuần 1", "đạt giải Nhì (Tập thể), Tuần 1")
        assert printed == [(name, won) for (name, *_rest), won in zip(named, wins, strict=True)]
        page = unescape(Reader(one).organiser.get(f"{_DESK}/awards").get_data(as_text=True))
        assert [page.index(f"<b>{prize}</b><span>{name}") for name, _people, prize in named]
