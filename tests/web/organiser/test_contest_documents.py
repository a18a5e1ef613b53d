"""Which documents entrants may study is set on the contest's own page."""

from dataclasses import replace

import pytest
from flask import Flask

from quiz.contests.definition import (
    ContestDefinition,
    ContestSettings,
    EntryFields,
    EntryPolicy,
    Presence,
    Study,
)
from quiz.contests.errors import ContestRefused
from quiz.contests.queries import get_contest
from quiz.contests.service import apply_definition, definition_of
from quiz.core import clock
from tests.support.client import Client
from tests.support.documents import make_document
from tests.support.factories import make_bank, round_definition
from tests.support.staff import ACTOR, signed_in

EDIT = "/manage/c/nho/edit"
FORM = {
    "title": "Cuộc thi nhỏ",
    "complaints_days": "3",
}


def prepare(app: Flask, *documents: str) -> None:
    """A contest by its definition, with documents of its own."""
    with app.app_context():
        make_bank()
        make_document()
        make_document("khac", title="Văn bản khác")
        settings = ContestSettings(title="Cuộc thi nhỏ", documents=documents)
        entry = EntryPolicy(fields=EntryFields(unit=Presence.OFF))
        definition = ContestDefinition("nho", settings, entry, (round_definition(prediction=None),))
        apply_definition(definition, actor=ACTOR, now=clock.now())


def settings_of(app: Flask) -> ContestSettings:
    with app.app_context():
        return definition_of(get_contest("nho")).settings


def test_documents_are_chosen_on_the_page(app: Flask, client: Client) -> None:
    prepare(app)
    signed_in(client)
    page = client.get(EDIT).get_data(as_text=True)
    assert "LỊCH SỬ CÁC KỲ ĐẠI HỘI" in page
    assert "Văn bản khác" in page
    chosen = {"documents": ["khac", "lich-su"], "study": "not_during_rounds"}
    reply = client.post(EDIT, data=FORM | chosen)
    assert reply.status_code == 303, reply.get_data(as_text=True)
    settings = settings_of(app)
    assert (set(settings.documents), settings.study) == ({"khac", "lich-su"}, Study.NOT_DURING_ROUNDS)
    page = client.get(EDIT).get_data(as_text=True)
    assert page.count("checked") == 2


def test_the_order_stays_and_a_tick_less_takes_one_away(app: Flask, client: Client) -> None:
    prepare(app, "lich-su", "khac")
    signed_in(client)
    client.post(EDIT, data=FORM | {"documents": ["khac", "lich-su"], "study": "always"})
    assert settings_of(app).documents == ("lich-su", "khac")
    client.post(EDIT, data=FORM | {"documents": ["khac"], "study": "always"})
    assert settings_of(app).documents == ("khac",)


def test_an_unknown_document_is_refused(app: Flask, client: Client) -> None:
    prepare(app)
    signed_in(client)
    refused = client.post(EDIT, data=FORM | {"documents": ["khong-co"], "study": "always"})
    assert refused.status_code == 422
    assert settings_of(app).documents == ()
    with app.app_context():
        definition = definition_of(get_contest("nho"))
        wanted = replace(definition, settings=replace(definition.settings, documents=("khong-co",)))
        with pytest.raises(ContestRefused, match="unknown_document"):
            apply_definition(wanted, actor=ACTOR, now=clock.now())
