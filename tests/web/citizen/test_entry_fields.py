"""The entry form asks what the contest wants to know, and looks twice at national IDs."""

from datetime import timedelta
from html import unescape

import pytest
from flask import Flask

from quiz.contests.definition import Birth, Category, EntryFields, EntryPolicy, Presence
from quiz.core import clock
from quiz.core.database import db
from quiz.entries.forms import BIRTH_BOXES
from quiz.entries.models import Entry
from tests.support.citizen import FORM
from tests.support.client import Client
from tests.support.factories import make_bank, make_contest, round_definition
from tests.support.plain_forms import press

ENTER = "/c/dai-hoi/enter"
FURTHER = {
    "gender": "female",
    "email": " Huong@Example.com",
    "workplace": "Trường  THPT Tô Hiệu",
    "address": "Bản Mòng",
    "category": "can-bo",
    "national_id": "014 162 001 234",
}
SENT = {name: value for name, value in FORM.items() if name != "unit"} | FURTHER


@pytest.fixture
def asking(app: Flask):
    """A contest that asks for everything but the unit."""

    def make(presence: Presence = Presence.REQUIRED, birth: Birth = Birth.DATE) -> None:
        names = ("gender", "email", "workplace", "address", "category", "national_id")
        policy = EntryPolicy(
            fields=EntryFields(**dict.fromkeys(names, presence)),
            birth=birth,
            categories=(Category("can-bo", "Cán bộ, công chức"),),
        )
        now = clock.now()
        times = {"opens_at": now - timedelta(days=1), "closes_at": now + timedelta(days=6)}
        with app.app_context():
            make_bank()
            make_contest("dai-hoi", round_definition(**times), policy=policy)

    return make


def stored(app: Flask) -> list[Entry]:
    """All entries."""
    with app.app_context():
        return list(db.session.query(Entry))


def test_everything_is_asked_shown_once_more_and_stored(asking, app: Flask, client: Client) -> None:
    asking()
    form = client.get(ENTER)
    check = press(client, form, ENTER, ("step", "check"), SENT)
    page = unescape(check.text)
    for words in ("Nữ", "huong@example.com", "Trường THPT Tô Hiệu", "Bản Mòng", "Cán bộ, công chức"):
        assert words in page
    assert "Xem lại số căn cước" not in page
    assert press(client, check, ENTER, ("step", "save")).status_code == 200
    (entry,) = stored(app)
    assert entry.category == "can-bo"
    assert entry.extra_cipher is not None


@pytest.mark.parametrize(
    "name,value,said",
    [
        ("gender", "", "chưa chọn giới tính"),
        ("gender", "robot", "chưa chọn giới tính"),
        ("email", "", "chưa nhập địa chỉ thư"),
        ("email", "huong.example.com", "có dấu @"),
        ("email", "huong@example", "địa chỉ này chưa đúng"),
        ("workplace", " \u200b ", "chưa nhập nơi làm việc"),
        ("address", "", "chưa nhập địa chỉ"),
        ("category", "", "chưa chọn đối tượng"),
        ("category", "dang-vien", "chưa chọn đối tượng"),
        ("workplace", "x" * 201, "nhiều nhất 200 ký tự"),
        ("name", "x" * 81, "nhiều nhất 80 ký tự"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(asking, client: Client, name: str, value: str, said: str) -> None:
    asking()
    reply = client.post(ENTER, data=SENT | {name: value, "step": "check"})
    assert reply.status_code == 422
    assert f'id="{name}-loi"' in reply.text
    assert said in unescape(reply.text)


def test_every_missing_box_of_a_date_is_marked_and_the_summary_leads_to_the_first(
    asking, client: Client
) -> None:
    asking()
    sent = SENT | {"birth_month": "", "birth_year": "", "step": "check"}
    page = unescape(client.post(ENTER, data=sent).text)
    summary = page[page.index('id="loi"') : page.index("</ul>", page.index('id="loi"'))]
    assert "Có 1 mục cần sửa" in summary
    assert '<a href="#birth_month">Ngày sinh: chưa nhập đủ ngày, tháng, năm</a>' in summary
    marked = [name for name in BIRTH_BOXES if f'is-invalid" id="{name}"' in page]
    assert marked == ["birth_month", "birth_year"]
    assert page.count('aria-describedby="birth_month-loi"') == 3  # both boxes and the group around them


def test_optional_fields_may_stay_empty(asking, app: Flask, client: Client) -> None:
    asking(Presence.OPTIONAL)
    assert client.get(ENTER).text.count("(không bắt buộc)") >= len(FURTHER)
    sent = SENT | dict.fromkeys(FURTHER, "") | {"step": "save"}
    assert client.post(ENTER, data=sent).status_code == 303
    (entry,) = stored(app)
    assert (entry.extra_cipher, entry.national_id_key) == (None, None)


def test_a_contest_that_asks_less_takes_no_more(asking, app: Flask, client: Client) -> None:
    """What the form does not show is not stored, whoever sends it (mass assignment)."""
    asking(Presence.OFF)
    page = client.get(ENTER).text
    assert not any(f'name="{name}"' in page for name in FURTHER)
    assert client.post(ENTER, data=SENT | {"step": "save"}).status_code == 303
    (entry,) = stored(app)
    assert (entry.extra_cipher, entry.category, entry.national_id_key) == (None, None, None)


def test_a_number_that_does_not_fit_is_confirmed_not_refused(asking, app: Flask, client: Client) -> None:
    asking()
    sent = SENT | {"gender": "male", "birth_year": "1926"}
    check = press(client, client.get(ENTER), ENTER, ("step", "check"), sent)
    page = unescape(check.text)
    assert check.status_code == 200
    assert "của người sinh năm 1962" in page
    assert "giới tính Nữ" in page
    again = press(client, check, ENTER, ("step", "save"))
    assert again.status_code == 422
    assert "cần xem lại rồi đánh dấu" in unescape(again.text)
    assert not stored(app)
    done = press(client, again, ENTER, ("step", "save"), {"id_checked": "y"})
    assert done.status_code == 200
    assert len(stored(app)) == 1


def test_the_year_alone(asking, app: Flask, client: Client) -> None:
    """One box on both forms; one may come back by it."""
    asking(Presence.OFF, Birth.YEAR)
    page = client.get(ENTER).text
    assert "birth_day" not in page
    assert page.count('inputmode="numeric"') == 2
    sent = {name: value for name, value in FORM.items() if name not in ("birth_day", "birth_month", "unit")}
    wrong = client.post(ENTER, data=sent | {"birth_year": "", "step": "check"})
    assert "chưa nhập năm sinh" in unescape(wrong.text)
    check = client.post(ENTER, data=sent | {"step": "check"})
    assert "15/08/1962" not in check.text
    assert "Năm sinh" in check.text
    assert client.post(ENTER, data=sent | {"step": "save"}).status_code == 303
    (entry,) = stored(app)
    assert entry.birth_date is not None
    assert entry.birth_date.isoformat() == "1962-01-01"
    other = app.test_client()
    back = press(
        other,
        other.get(ENTER),
        "/c/dai-hoi/resume",
        values={"resume-phone": "0912345678", "resume-birth_year": "1962"},
    )
    assert back.request.path == "/c/dai-hoi/rounds/1"
