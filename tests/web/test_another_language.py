"""A language more is a folder of catalogues and a line in one list: nothing else is touched."""

import io
from pathlib import Path

import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from flask import Flask
from flask_babel import ngettext

from quiz.web import locale
from tests.support.citizen import open_contest
from tests.support.client import Client

_OWN_NAME = "Tày"
_HEAD = r"""
msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\n"
"Plural-Forms: nplurals=1; plural=0;\n"
"""
_WORDS = """
msgid "Cuộc thi"
msgstr "Chuang xeng"

msgid "%(num)s câu"
msgid_plural "%(num)s câu!"
msgstr[0] "sip"
"""


@pytest.fixture
def thai(app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Tày, which no table of locales knows, with two sentences."""
    for language, words in (("tyz", _WORDS), ("vi", "")):
        folder = tmp_path / language / "LC_MESSAGES"
        folder.mkdir(parents=True)
        with (folder / "messages.mo").open("wb") as file:
            write_mo(file, read_po(io.BytesIO((_HEAD + words).encode())))
    monkeypatch.setattr(locale, "CATALOGUES", tmp_path)
    monkeypatch.setitem(locale.LANGUAGES, "tyz", _OWN_NAME)


@pytest.mark.usefixtures("thai")
def test_its_words_stand_on_pages_and_vietnamese_where_it_has_none(app: Flask, client: Client) -> None:
    slug = open_contest(app)
    page = client.get(f"/c/{slug}?lang=tyz").get_data(as_text=True)
    assert '<html lang="tyz">' in page
    assert "Chuang xeng" in page
    assert "Thể lệ" in page
    assert "Chuang xeng" in client.get("/").get_data(as_text=True)  # it is remembered
    assert "Chuang xeng" not in client.get("/?lang=vi").get_data(as_text=True)


@pytest.mark.usefixtures("thai")
def test_readers_find_it_by_its_own_name(app: Flask, client: Client) -> None:
    page = client.get("/").get_data(as_text=True)
    assert f'lang="tyz" hreflang="tyz">{_OWN_NAME}</a>' in page


@pytest.mark.usefixtures("thai")
def test_one_and_many_are_the_same_in_it(app: Flask) -> None:
    said = []
    for count in (1, 5):
        with app.test_request_context("/?lang=tyz"):
            said.append(ngettext("%(num)s câu", "%(num)s câu!", count))
    assert said == ["sip", "sip"]


def test_what_organisers_wrote_is_read_out_in_its_own_language(app: Flask, client: Client) -> None:
    page = client.get(f"/c/{open_contest(app)}?lang=en").get_data(as_text=True)
    assert '<html lang="en">' in page
    assert '<h1 lang="vi">' in page
