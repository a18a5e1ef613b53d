"""The checks of the browser tests notice what they are there for; a silent check would hide every fault."""

import pytest

from tests.support import browser as support
from tests.support.browser import assert_accessible

_PAGE = """<!doctype html><html lang="vi"><title>Trang</title>
<meta name="viewport" content="width=device-width"><main><h1>Trang</h1>{}</main>"""


def _show(page, inner):
    page.route("**/trang", lambda route: route.fulfill(body=_PAGE.format(inner), content_type="text/html"))
    page.goto("/trang")


def test_a_sound_page_passes(any_page):
    _show(any_page, "<p>Nội dung</p>")
    assert_accessible(any_page)


def test_a_field_without_a_label_is_found(any_page):
    _show(any_page, '<input type="text">')
    with pytest.raises(AssertionError, match="label"):
        assert_accessible(any_page)


def test_a_page_wider_than_the_window_is_found(any_page):
    _show(any_page, f"<p>{'m' * 400}</p>")
    with pytest.raises(AssertionError, match="wider than the window"):
        assert_accessible(any_page)


def test_complaints_of_the_browser_are_noted(page, trouble):
    page.goto("/khong-co-trang-nay")
    assert "404" in trouble.lines[0]
    trouble.expect("404")


def test_the_page_of_a_wrong_address_is_accessible(any_page, trouble):
    reply = any_page.goto("/khong-co-trang-nay")
    assert reply.status == 404
    trouble.expect("404")
    assert_accessible(any_page)


def test_what_fails_leaves_a_picture(browser, live, monkeypatch, tmp_path):
    monkeypatch.setattr(support, "FAILED", tmp_path)
    with pytest.raises(ZeroDivisionError):
        _fail_at_a_page(browser, live)
    assert [path.name for path in tmp_path.iterdir()] == [
        "test_checks.py-test_what_fails_leaves_a_picture-1.jpg"
    ]


def _fail_at_a_page(browser, live):
    with support.context(browser, live.url, support.PHONE) as made:
        made.new_page().set_content("<p>Trang")
        raise ZeroDivisionError
