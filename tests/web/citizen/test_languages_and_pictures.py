"""Questions in the language of one's choice, with pictures, by plain links and forms."""

import json
import re

import pytest
from flask import Flask
from sqlalchemy import update

from quiz.contests.models import Round
from quiz.core import clock
from quiz.core.database import transaction
from tests.support.citizen import enter, open_contest, revision_of, start
from tests.support.client import Client
from tests.support.wordings import enrich

READY = "/c/dai-hoi/rounds/1"


def text_of(client: Client, address: str) -> str:
    return client.get(address).get_data(as_text=True)


def switch(page: str) -> list[tuple[str, str]]:
    """Language and whether it is the chosen one, by the order of the switch."""
    found = re.search(r'<p class="th-langs".*?</p>', page, re.DOTALL)
    if found is None:
        return []
    mark = r'(aria-current="true"|aria-pressed="true")?'
    return re.findall(rf'lang="([a-z-]+)"[^>]*?{mark}(?: data-url="[^"]*")?>', found[0])


def legends(page: str) -> list[str]:
    return re.findall(r'<legend class="th-qtext" lang="([a-z]+)">', page)


def chosen(page: str) -> list[str]:
    return [tag for tag, mark in switch(page) if mark]


@pytest.fixture
def translated(app: Flask, client: Client) -> Client:
    open_contest(app)
    enrich(app, skip=2)
    enter(client, "dai-hoi")
    return client


def test_no_translation_no_switch(app: Flask, client: Client) -> None:
    open_contest(app)
    enter(client, "dai-hoi")
    assert switch(text_of(client, READY)) == []
    page = text_of(client, start(client, "dai-hoi"))
    assert switch(page) == []
    assert set(legends(page)) == {"vi"}


def test_the_choice_before_the_start_holds_on_the_paper(translated: Client) -> None:
    ready = text_of(translated, READY)
    assert chosen(ready) == ["vi"]
    assert chosen(text_of(translated, f"{READY}?questions=en")) == ["en"]
    page = text_of(translated, start(translated, "dai-hoi"))
    assert chosen(page) == ["en"]
    assert "Option " in page
    assert "en" in legends(page)


def test_changing_the_language_saves_first_and_moves_nothing(translated: Client) -> None:
    address = start(translated, "dai-hoi")
    page = text_of(translated, address)
    order = re.findall(r"Phương án (\d+\.\d)</span>", page)
    form = {"revision": revision_of(page), "q1": "2", "f3": "1", "then": "language-en"}
    page = translated.post(f"{address}/answers", data=form, follow_redirects=True).get_data(as_text=True)
    assert re.search(r'name="q1" id="q1-2" value="2" checked', page)
    assert re.search(r'name="f3" value="1" id="f3" checked', page)
    # Numbers in both wordings tell which choice stands where; questions count from 1 there and from 0 here.
    shown = re.findall(r"(?:Phương án|Option) (\d+\.\d)</span>", page)
    assert [one.split(".")[1] for one in shown] == [one.split(".")[1] for one in order]
    data = re.search(r'id="attempt-data">(.*?)</script>', page)
    assert data is not None
    told = json.loads(data[1])
    assert told["questions_in"] == "en"
    back = [one for one in told["wordings"]["vi"] if one]  # the script can go back without a connection
    assert back
    assert all(one[0] == "vi" and one[2].startswith("Phương án") for one in back)


def test_another_device_begins_with_the_language_of_its_pages(app: Flask, translated: Client) -> None:
    address = start(translated, "dai-hoi")
    assert chosen(text_of(translated, f"{address}?lang=en")) == ["en"]
    assert chosen(text_of(translated, f"{address}?questions=vi")) == ["vi"]
    assert chosen(text_of(translated, address)) == ["vi"]


@pytest.mark.parametrize("tag", ["xx", "en;", "<script>", "EN", "a" * 40])
def test_a_language_that_is_not_there_changes_nothing(translated: Client, tag: str) -> None:
    address = start(translated, "dai-hoi")
    page = translated.get(address, query_string={"questions": tag}).get_data(as_text=True)
    assert chosen(page) == ["vi"]


def test_pictures_have_size_and_description_and_hide_their_names(translated: Client) -> None:
    page = text_of(translated, start(translated, "dai-hoi"))
    images = re.findall(r"<img [^>]*?/pictures/[^>]*>", page)
    assert len(images) == 6 * (2 + 4)  # with the large one inside of "Xem hình lớn hơn"
    assert all(re.search(r'width="\d+" height="\d+"', image) for image in images)
    assert sum('alt=""' in image for image in images) == 6  # what is said already is not said again
    assert 'alt="Hình của phương án C"' in page
    first = [image for image in images if 'loading="lazy"' not in image]
    assert len(first) == 5  # those of the first question
    assert "dap-an" not in page
    assert "dung-" not in page
    addresses = set(re.findall(r"/pictures/[0-9a-f]{64}\.png", page))
    assert {translated.get(address).status_code for address in addresses} == {200}


def test_the_review_speaks_the_same_language(app: Flask, translated: Client) -> None:
    address = start(translated, "dai-hoi")
    sheet = {"revision": 1, "answers": {"1": [1]}, "prediction": "10"}
    assert translated.put(f"{address}/sheet", json=sheet).status_code == 200
    translated.post(f"{address}/submit")
    with app.app_context(), transaction() as session:
        session.execute(update(Round).values(state="published", state_since=clock.now()))
    page = text_of(translated, f"{address}?questions=en")
    assert chosen(page) == ["en"]
    assert "Because " in page
    assert "Option " in page
    assert 'lang="vi"><b>Nguồn' in page
    assert "/pictures/" in page
    assert "Giải thích" in text_of(translated, f"{address}?questions=vi")


def test_only_choices_in_a_session(translated: Client) -> None:
    """A picture, or a language nobody has, never makes a cookie grow."""
    address = start(translated, "dai-hoi")
    reply = translated.get(f"{address}/sheet?questions={'a' * 500}")
    assert "Set-Cookie" not in reply.headers
