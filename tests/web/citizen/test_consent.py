"""The boxes of consent: nobody ticks them for anybody; children are represented; new words are asked."""

import re
from dataclasses import replace

import pytest
from flask import Flask

from quiz.contests.queries import get_contest
from quiz.core import clock
from quiz.core.database import transaction
from quiz.entries.consenting import list_consents
from quiz.entries.queries import browse_entries
from tests.support.citizen import FORM, enter, open_contest
from tests.support.client import Client

YEAR = str(clock.now().year - 13)
CHILD = {"birth_day": "5", "birth_month": "3", "birth_year": YEAR}
MOTHER = {
    "representative_name": "Lò Thị Mai",
    "representative_phone": "0912 000 111",
    "representative_consent": "y",
}


@pytest.fixture
def slug(app: Flask) -> str:
    """An open contest."""
    return open_contest(app)


def may_publish(app: Flask, slug: str) -> bool:
    with app.app_context():
        return browse_entries(get_contest(slug).id).rows[0].may_publish


def new_words(app: Flask, slug: str) -> None:
    with app.app_context(), transaction():
        contest = get_contest(slug)
        contest.entry_data = replace(contest.entry, consent_version="2", consent="Câu mới.").as_dict()


def boxes(page: str) -> list[str]:
    return re.findall(r'<input[^>]*type="checkbox"[^>]*>', page)


def test_no_box_is_ticked_beforehand(app: Flask, client: Client, slug: str) -> None:
    page = client.get(f"/c/{slug}/enter").text
    assert len(boxes(page)) == 4
    assert not [box for box in boxes(page) if "checked" in box]


@pytest.mark.parametrize("changes", [{"consent": ""}, CHILD, CHILD | MOTHER | {"representative_consent": ""}])
def test_without_agreement_nobody_enters(
    app: Flask, client: Client, slug: str, changes: dict[str, str]
) -> None:
    data = {name: value for name, value in (FORM | changes | {"step": "save"}).items() if value}
    assert client.post(f"/c/{slug}/enter", data=data).status_code == 422
    with app.app_context():
        assert not browse_entries(get_contest(slug).id).rows


def test_what_was_read_is_kept(app: Flask, client: Client, slug: str) -> None:
    page = client.get(f"/c/{slug}/enter").text
    enter(client, slug)
    with app.app_context():
        contest = get_contest(slug)
        entry = browse_entries(contest.id).rows[0]
        ((given, words),) = list_consents(contest.id, entry.id)
        assert (given.version, given.may_publish, given.by_representative) == ("1", False, False)
        assert words in page
        assert "khiếu nại" in words


@pytest.mark.parametrize(
    "ticks, published",
    [
        ({}, False),
        ({"may_publish": "y"}, False),
        ({"representative_publish": "y"}, False),
        ({"may_publish": "y", "representative_publish": "y"}, True),
    ],
)
def test_a_child_is_published_only_where_both_agree(
    app: Flask, client: Client, slug: str, ticks: dict[str, str], published: bool
) -> None:
    assert enter(client, slug, **CHILD, **MOTHER, **ticks).status_code == 303
    assert may_publish(app, slug) is published


def test_the_check_shows_the_representative(client: Client, slug: str) -> None:
    page = client.post(f"/c/{slug}/enter", data=FORM | CHILD | MOTHER | {"step": "check"}).text
    assert "Lò Thị Mai, 0912 000 111" in page


def test_a_childs_missing_representative_opens_the_part(client: Client, slug: str) -> None:
    reply = client.post(f"/c/{slug}/enter", data=FORM | CHILD | {"step": "check"})
    assert reply.status_code == 422
    assert re.search(r'<details class="th-return" open><summary>.*Người dự thi dưới 16 tuổi', reply.text)
    assert 'href="#representative_name"' in reply.text


def test_where_children_cannot_take_part_nobody_is_asked(app: Flask, client: Client, slug: str) -> None:
    with app.app_context(), transaction():
        contest = get_contest(slug)
        contest.entry_data = replace(contest.entry, min_age=16).as_dict()
    assert len(boxes(client.get(f"/c/{slug}/enter").text)) == 2


def test_new_words_are_asked_before_the_next_start(app: Flask, client: Client, slug: str) -> None:
    enter(client, slug, may_publish="y")
    assert client.get(f"/c/{slug}/rounds/1").status_code == 200
    new_words(app, slug)
    for reply in (client.get(f"/c/{slug}/rounds/1"), client.post(f"/c/{slug}/rounds/1/start")):
        assert reply.location == f"/c/{slug}/consent"
    page = client.get(f"/c/{slug}/consent").text
    assert "Câu mới." in page
    assert len(boxes(page)) == 2
    assert not [box for box in boxes(page) if "checked" in box]
    assert client.post(f"/c/{slug}/consent", data={}).status_code == 422
    assert client.post(f"/c/{slug}/consent", data={"consent": "y"}).location == f"/c/{slug}/rounds/1"
    assert not may_publish(app, slug)
    assert client.post(f"/c/{slug}/rounds/1/start").location.startswith("/attempts/")
    assert client.get(f"/c/{slug}/consent").location == f"/c/{slug}/rounds/1"


def test_strangers_agree_to_nothing(app: Flask, slug: str) -> None:
    assert app.test_client().get(f"/c/{slug}/consent").status_code == 404
    assert app.test_client().get("/c/khong-co/consent").status_code == 404
