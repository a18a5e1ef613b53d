"""Error pages as people see them; each is made as the handler makes it, whatever led there."""

from playwright.sync_api import Browser, Page, Route

from quiz.web.errors import error_page
from tests.support.browser import DESK, PHONE, Trouble, assert_accessible, context
from tests.support.live import Live

_STATUSES = (400, 403, 404, 405, 409, 410, 413, 422, 429, 500, 503)


def test_every_error_page_is_accessible(browser: Browser, live: Live, trouble: Trouble) -> None:
    for size, statuses in ((PHONE, _STATUSES), (DESK, (404, 503))):
        with context(browser, live.url, size) as made:
            page = made.new_page()
            trouble.watch(page)
            for status in statuses:
                show(page, live, status)
                assert_accessible(page)


def show(page: Page, live: Live, status: int) -> None:
    """The page of this status at an address of its own."""
    with live.app.test_request_context(f"/c/x/{status}"):
        html, _ = error_page(status)

    def fulfill(route: Route) -> None:
        route.fulfill(body=html, content_type="text/html; charset=utf-8")

    page.route(f"**/c/x/{status}", fulfill)
    page.goto(f"/c/x/{status}")
