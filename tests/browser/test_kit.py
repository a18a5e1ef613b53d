"""The catalogue of components: nothing for axe to find in any look, at any width, and nothing sticks out."""

import pypdfium2
from playwright.sync_api import Browser

from tests.support.browser import DESK, PHONE, Trouble, assert_accessible, context
from tests.support.live import Live

_OVER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
_WALL = {"width": 3840, "height": 2160}


def test_every_component_in_every_look(browser: Browser, live: Live, trouble: Trouble) -> None:
    for size, looks in ((PHONE, ("light", "dark")), (DESK, ("contrast",))):
        with context(browser, live.url, size) as made:
            page = made.new_page()
            trouble.watch(page)
            for look in looks:
                page.goto(f"/_kit?theme={look}")
                assert page.locator("html").get_attribute("data-theme") == look
                assert_accessible(page)
    with context(browser, live.url, _WALL) as made:
        page = made.new_page()
        page.goto("/_kit")
        assert page.evaluate(_OVER) <= 0


def test_dark_is_what_the_device_asks_for_and_paper_is_white(browser: Browser, live: Live) -> None:
    with context(browser, live.url, DESK, color_scheme="dark") as made:
        page = made.new_page()
        page.goto("/_kit")
        ground = "getComputedStyle(document.body).backgroundColor"
        assert page.evaluate(ground) == "rgb(18, 26, 43)"
        page.goto("/_kit?theme=light")
        assert page.evaluate(ground) == "rgb(251, 246, 236)"
        page.goto("/_kit?theme=dark")
        page.emulate_media(media="print")
        assert page.evaluate(ground) == "rgb(255, 255, 255)"
        assert page.evaluate("getComputedStyle(document.body).color") == "rgb(0, 0, 0)"
        assert not page.locator(".th-top nav").first.is_visible()
        paper = pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True))
        assert [round(size) for size in paper[0].get_size()] == [595, 842]
        foot = paper[len(paper) - 1].get_textpage().get_text_range()
        assert f"Trang {len(paper)}/{len(paper)}" in foot
