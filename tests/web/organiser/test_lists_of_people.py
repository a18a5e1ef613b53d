"""The pages of who may and who may not enter: rights, previews, refusals in calm words."""

import io
from html import unescape

import openpyxl
import pytest
from flask import Flask

from quiz.accounts.permissions import Permission
from quiz.contests.definition import EntryFields, EntryPolicy, Presence, Unique
from quiz.contests.queries import get_contest
from quiz.entries import list_queries
from tests.support.citizen import FORM, open_contest
from tests.support.client import Client
from tests.support.factories import make_contest
from tests.support.ladder import Step, climb, ladder
from tests.support.plain_forms import press
from tests.support.staff import signed_in

ROSTER, BARRED, ENTER = "/manage/c/cuoc-thi/roster", "/manage/c/cuoc-thi/barred", "/c/cuoc-thi/enter"
LIST = "Mã;Họ và tên;Ngày sinh;Đơn vị\n00123;Lò Thị Hương;15/8/1962;03646\n00124;Lò Văn Minh;1990;\n"


def _of_other(path: str) -> str:
    return path.replace("cuoc-thi", "khong-co")


@ladder(
    Step("GET", ROSTER, Permission.EDIT_CONTESTS, _of_other(ROSTER)),
    Step("POST", ROSTER, Permission.EDIT_CONTESTS, _of_other(ROSTER), works=422),
    Step("GET", f"{ROSTER}/template.xlsx", Permission.EDIT_CONTESTS, _of_other(f"{ROSTER}/template.xlsx")),
    Step("GET", f"{ROSTER}/import/{'x' * 32}", Permission.EDIT_CONTESTS, works=404),
    Step("POST", f"{ROSTER}/import/{'x' * 32}", Permission.EDIT_CONTESTS, works=404),
    Step("GET", BARRED, Permission.EDIT_CONTESTS, _of_other(BARRED)),
    Step("POST", BARRED, Permission.EDIT_CONTESTS, _of_other(BARRED), works=422),
    Step("POST", f"{BARRED}/1/admit", Permission.EDIT_CONTESTS, works=404),
)
def test_the_ladder(step: Step, app: Flask, client: Client) -> None:
    with app.app_context():
        make_contest(policy=EntryPolicy())
    climb(client, step)


@pytest.fixture
def desk(app: Flask, client: Client):
    """A contest whose way in is a code, and an organiser at work."""

    def make(policy: EntryPolicy | None = None) -> Client:
        with app.app_context():
            make_contest(
                policy=policy
                or EntryPolicy(
                    fields=EntryFields(phone=Presence.OFF, unit=Presence.REQUIRED), unique=Unique.ROSTER
                )
            )
        signed_in(client)
        return client

    return make


def send(client: Client, text: str, name: str = "ds.csv"):
    """Choose a file on the page of the roster."""
    data = {"file": (io.BytesIO(text.encode()), name)}
    return client.post(ROSTER, data=data, content_type="multipart/form-data", follow_redirects=True)


def codes(app: Flask) -> list[str]:
    """The roster's codes."""
    with app.app_context():
        return [row.code for row in list_queries.list_roster(get_contest("cuoc-thi").id)]


def test_a_list_is_seen_before_it_is_saved(desk, app: Flask) -> None:
    client = desk()
    preview = send(client, LIST)
    assert preview.status_code == 200
    assert "Lò Thị Hương" in preview.text
    assert codes(app) == []
    saved = press(client, preview, preview.request.path)
    assert "thêm 2" in unescape(saved.text)
    assert codes(app) == ["00123", "00124"]
    assert "00123" in saved.text
    assert "1990" in saved.text


def test_a_list_with_errors_names_line_and_mend(desk, app: Flask) -> None:
    client = desk()
    reply = send(client, LIST + "00123;Một Người;;\n00126;;;\n")
    page = unescape(reply.text)
    assert reply.status_code == 422
    assert "Dòng 4" in page
    assert "Mã “00123” đã có ở dòng 2." in page
    assert "Chưa có họ và tên." in page
    assert "Lưu danh sách" not in page
    assert codes(app) == []


def test_a_unit_nobody_knows_is_a_warning(desk) -> None:
    reply = send(desk(), LIST.replace("03646", "Xã Không Có"))
    assert "Không thấy đơn vị “Xã Không Có”" in unescape(reply.text)
    assert "Lưu danh sách" in reply.text


def test_the_template_holds_codes_as_text(desk) -> None:
    reply = desk().get(f"{ROSTER}/template.xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(reply.data)).active
    assert [cell.value for cell in sheet[1]] == ["Mã dự thi", "Họ và tên", "Ngày sinh", "Đơn vị"]
    assert sheet.column_dimensions["A"].number_format == "@"


def test_who_is_gone_goes_only_with_the_tick(desk, app: Flask) -> None:
    client = desk()
    press(client, first := send(client, LIST), first.request.path)
    shorter = LIST.rsplit("\n", 2)[0] + "\n"
    press(client, kept := send(client, shorter), kept.request.path)
    assert codes(app) == ["00123", "00124"]
    press(client, again := send(client, shorter), again.request.path, values={"remove_gone": "y"})
    assert codes(app) == ["00123"]


def test_the_entry_form_asks_for_the_code(desk, app: Flask) -> None:
    client = desk()
    press(client, preview := send(client, LIST), preview.request.path)
    citizen = app.test_client()
    page = citizen.get(ENTER)
    assert "Mã dự thi" in page.text
    person = {name: value for name, value in FORM.items() if name not in ("phone", "unit")}
    wrong = press(citizen, page, ENTER, ("step", "check"), person | {"roster_code": "999"})
    assert wrong.status_code == 422
    assert "chưa khớp với danh sách" in unescape(wrong.text)
    check = press(citizen, wrong, ENTER, ("step", "check"), {"roster_code": "00 123"})
    assert "Phường Tô Hiệu" in unescape(check.text)
    done = press(citizen, check, ENTER, ("step", "save"))
    assert done.request.path == "/c/cuoc-thi/rounds/1"


def test_people_are_barred_by_typing(desk, app: Flask) -> None:
    client = desk(EntryPolicy())
    lines = "Lò Thị Hương; 15/8/1962;; tổ ra đề\nNguyễn Văn An;; 0912 000 111"
    reply = client.post(BARRED, data={"typed": lines, "reason": "theo thể lệ"}, follow_redirects=True)
    assert "Đã thêm 2 người." in unescape(reply.text)
    assert "tổ ra đề" in unescape(reply.text)
    assert "0912000111" not in reply.text.replace(" ", "")
    entered = app.test_client().post(ENTER, data=FORM | {"step": "check"})
    assert entered.status_code == 422
    assert "người ra đề và người phục vụ cuộc thi không dự thi" in unescape(entered.text)
    assert "tổ ra đề</" not in unescape(entered.text)


@pytest.mark.parametrize(
    "data,said",
    [
        ({"typed": "An; 1/1/1980", "reason": ""}, "chưa ghi lý do"),
        ({"typed": "", "reason": "thể lệ"}, "chưa nhập ai"),
        ({"typed": "An; hôm qua", "reason": "thể lệ"}, "không phải ngày sinh"),
    ],
)
def test_with_an_error_nobody_is_barred(desk, app: Flask, data: dict[str, str], said: str) -> None:
    reply = desk(EntryPolicy()).post(BARRED, data=data)
    assert reply.status_code == 422
    assert said in unescape(reply.text)
    with app.app_context():
        assert not list_queries.list_barred(get_contest("cuoc-thi").id)


def test_taking_somebody_off_needs_a_reason(desk, app: Flask) -> None:
    client = desk(EntryPolicy())
    client.post(BARRED, data={"typed": "An; 1/1/1980", "reason": "thể lệ"})
    with app.app_context():
        (row,) = list_queries.list_barred(get_contest("cuoc-thi").id)
        address = f"{BARRED}/{row.id}/admit"
    assert client.post(address, data={"reason": ""}).status_code == 422
    assert client.post(address, data={"reason": "nhầm người"}).status_code == 303
    with app.app_context():
        assert not list_queries.list_barred(get_contest("cuoc-thi").id)


def test_only_some_units_stand_on_the_form(app: Flask, client: Client) -> None:
    policy = EntryPolicy(fields=EntryFields(unit=Presence.REQUIRED), units=("03646",))
    with app.app_context():
        make_contest(policy=policy)
    page = client.get(ENTER).text
    assert 'value="03646"' in page
    assert 'value="03688"' not in page
    reply = client.post(ENTER, data=FORM | {"unit": "03688", "step": "save"})
    assert reply.status_code == 422


def test_a_contest_of_everybody_asks_for_no_code(app: Flask, client: Client) -> None:
    open_contest(app)
    assert "roster_code" not in client.get("/c/dai-hoi/enter").text
