"""Steps, history, translations and the trial of one question."""

import pytest
from flask import Flask

from question_bank.reading import read
from quiz.accounts.permissions import Role
from quiz.bank import browsing, queries, service
from tests.support.client import Client
from tests.support.factories import NOW
from tests.support.plain_forms import form_to, send_as
from tests.support.question_files import csv_file
from tests.support.staff import ACTOR, signed_in

BANK = "/manage/banks/lich-su"
HERE = f"{BANK}/questions/1"
ENGLISH = f"{HERE}/translations/en"


@pytest.fixture(autouse=True)
def bank(app: Flask) -> None:
    """A bank of three questions that wait for review."""
    with app.app_context():
        service.import_questions(read(csv_file(), "q.csv"), "lich-su", "Lịch sử", actor=ACTOR, now=NOW)


def state(app: Flask) -> str:
    with app.app_context():
        return browsing.get_question(queries.get_bank("lich-su").id, 1)[0].state


def take(client: Client, step: str, text: str = "") -> int:
    fields = send_as(form_to(client.get(HERE), f"{HERE}/steps").fields, {"step": step, "text": text})
    return client.post(f"{HERE}/steps", data=fields).status_code


def save(client: Client, **typed: str) -> None:
    fields = send_as(form_to(client.get(HERE), HERE).fields, typed | {"do": "submit"})
    assert client.post(HERE, data=fields).status_code == 303


def test_a_reviewer_approves_and_cannot_edit(client: Client, app: Flask) -> None:
    signed_in(client, Role.REVIEWER)
    assert take(client, "return") == 422
    assert take(client, "return", "Thiếu nguồn") == 303
    assert state(app) == "draft"
    assert take(client, "submit") == 403
    assert take(client, "retire") == 403
    assert "Thiếu nguồn" in client.get(f"{HERE}/history").get_data(as_text=True)


def test_an_editor_cannot_approve(client: Client, app: Flask) -> None:
    signed_in(client, Role.EDITOR)
    assert take(client, "approve") == 403
    assert state(app) == "in_review"
    assert take(client, "comment", "Đã đối chiếu") == 303
    assert take(client, "retire") == 303
    page = client.get(HERE).get_data(as_text=True)
    assert "Cho dùng lại trước khi sửa" in page
    assert 'id="sua"' not in page
    assert take(client, "restore") == 303
    assert state(app) == "draft"


def test_who_wrote_a_wording_gets_no_button_to_approve_it(client: Client, app: Flask) -> None:
    signed_in(client, Role.ORGANISER)
    assert 'value="approve"' in client.get(HERE).get_data(as_text=True)
    save(client, text="Đại hội VI khai mạc tháng nào?")
    assert 'value="approve"' not in client.get(HERE).get_data(as_text=True)
    assert take(client, "approve") == 409
    assert state(app) == "in_review"


def test_history_names_what_differs(client: Client) -> None:
    signed_in(client, Role.EDITOR)
    save(client, text="Đại hội VI khai mạc vào tháng nào?")
    save(client, key="1")
    page = client.get(f"{HERE}/history?a=1&b=2").get_data(as_text=True)
    assert "<mark> khai mạc</mark>" in page
    newest = client.get(f"{HERE}/history").get_data(as_text=True)
    assert "Bản 3 so với bản 2" in newest
    assert "<dt>Đáp án</dt>" in newest


def test_a_translation_and_its_age(client: Client, app: Flask) -> None:
    signed_in(client, Role.EDITOR)
    page = client.get(ENGLISH)
    form = form_to(page, ENGLISH)
    half = {"text": "When did the 6th Congress meet?", "choices-0": "December 1986", "do": "submit"}
    refused = client.post(ENGLISH, data=send_as(form.fields, half))
    assert refused.status_code == 422
    assert "December 1986" in refused.get_data(as_text=True)
    whole = half | {"choices-1": "December 1976", "choices-2": "June 1991", "choices-3": "September 1960"}
    assert client.post(ENGLISH, data=send_as(form.fields, whole)).status_code == 303
    assert "Bản dịch theo bản" not in client.get(ENGLISH).get_data(as_text=True)
    save(client, text="Đại hội VI khai mạc vào tháng nào?")
    assert "Bản dịch theo bản 2" in client.get(ENGLISH).get_data(as_text=True)
    fields = form_to(client.get(ENGLISH), ENGLISH).fields
    empty = {name: "" for name, _value in fields if name == "text" or name.startswith("choices-")}
    client.post(ENGLISH, data=send_as(fields, empty | {"do": "save"}))
    with app.app_context():
        row, revision = browsing.get_question(queries.get_bank("lich-su").id, 1)
        assert queries.as_question(row, revision).translations == ()


def test_the_trial_shows_no_key(client: Client) -> None:
    signed_in(client, Role.AUDITOR)
    page = client.get(f"{HERE}/trial?seed=7").get_data(as_text=True)
    for words in ("12/1986", "12/1976", "6/1991", "9/1960", "Đại hội VI họp vào tháng nào?"):
        assert words in page
    for secret in ("đáp án)", "checked", "Văn kiện"):
        assert secret not in page


def test_the_questions_before_and_after_in_the_filter(client: Client) -> None:
    signed_in(client)
    second = f"{BANK}/questions/2"
    page = client.get(second).get_data(as_text=True)
    assert f'href="{HERE}"' in page
    assert f'href="{BANK}/questions/3"' in page
    narrow = client.get(f"{second}?topic=Đại+hội+VI").get_data(as_text=True)
    assert f'href="{BANK}/questions/3' not in narrow
    assert f'href="{HERE}?topic=' in narrow
    listed = client.get(f"{BANK}?topic=Đại+hội+VI").get_data(as_text=True)
    assert f'href="{second}?topic=' in listed


def test_a_text_as_long_as_questions_may_be_can_be_saved(client: Client) -> None:
    """Forms send nine bytes for a letter with marks: 15,000 of them are more than an ordinary body."""
    signed_in(client, Role.EDITOR)
    long = "ế" * 15_000
    fields = form_to(client.get(ENGLISH), ENGLISH).fields
    typed = {name: value or f"word {name}" for name, value in fields} | {"text": long}
    assert client.post(ENGLISH, data=typed).status_code == 303
    assert long in client.get(ENGLISH).get_data(as_text=True)
    checked = client.post(f"{BANK}/questions/checks", data={"text": long, "choices-0-text": "có"})
    assert checked.status_code == 200
