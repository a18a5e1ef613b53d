"""A phone without a connection: the running paper comes back, and nothing of it stays when it is over."""

from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from quiz.core.settings import ROOT
from quiz.web.bundles import bundle_script
from tests.support.attempt_seat import answers, seat, until
from tests.support.browser import PHONE, Trouble, assert_accessible, context
from tests.support.live import Live
from tests.support.sitting import choose

_PAPERS = (
    "caches.open('paper').then(async (one) => (await one.keys()).map((key) => new URL(key.url).pathname))"
)
_NAMES = "caches.keys()"
_REGISTERED = "navigator.serviceWorker.getRegistrations().then((all) => all.length)"
_READY = "() => navigator.serviceWorker.ready.then((one) => one.active.state === 'activated')"


def settled(page: Page, code: str) -> None:
    """The worker is there and the paper is kept."""
    page.wait_for_function(_READY)
    until(page, lambda: f"/attempts/{code}" in page.evaluate(_PAPERS))


def without_network(made: BrowserContext, page: Page, address: str) -> None:
    """Go there with the network gone."""
    made.set_offline(True)
    page.goto(address, wait_until="domcontentloaded")


@pytest.mark.parametrize("code", [{"prediction": None}], indirect=True)
def test_the_paper_is_opened_again_offline_and_is_gone_when_handed_in(
    browser: Browser, live: Live, code: str, trouble: Trouble
) -> None:
    with seat(browser, live, code, trouble, service_workers="allow") as (page, made):
        settled(page, code)
        choose(page, 1, 1)
        choose(page, 2, 2)
        until(page, lambda: answers(live, code) == {"1": [1], "2": [2]})
        made.set_offline(True)
        choose(page, 3, 3)
        expect(page.locator("[data-save]")).to_contain_text("1 câu chưa gửi")
        page.reload()
        expect(page.locator("body.is-playing")).to_be_visible()
        expect(page.locator("[data-banner=offline]")).to_contain_text("Trang mở từ bản giữ trên máy này")
        for place in (1, 2, 3):
            expect(page.locator(f"#q{place}-{place}")).to_be_checked()
        expect(page.locator("[data-save]")).to_contain_text("1 câu chưa gửi")
        assert_accessible(page)
        choose(page, 4, 4)
        without_network(made, page, "/")
        expect(page.get_by_role("heading", level=1)).to_have_text("Không có mạng")
        assert_accessible(page)
        page.get_by_role("link", name="Mở lại bài đang làm").click()
        expect(page.locator("#q4-4")).to_be_checked()
        made.set_offline(False)
        until(page, lambda: answers(live, code) == {str(n): [n] for n in range(1, 5)})
        expect(page.locator("[data-banner=offline]")).to_be_hidden()

        choose(page, 6, 1)
        page.locator(".th-examnav [data-open=submit]").click()
        page.locator("[data-submit]").click()
        expect(page.locator(".th-receipt")).to_be_visible()
        until(page, lambda: "paper" not in page.evaluate(_NAMES))
        assert page.evaluate("Object.keys(localStorage).length") == 0
        without_network(made, page, f"/attempts/{code}")
        expect(page.get_by_role("heading", level=1)).to_have_text("Không có mạng")
        expect(page.get_by_role("link", name="Mở lại bài đang làm")).to_be_hidden()
        trouble.expect("ERR_INTERNET_DISCONNECTED")
        trouble.expect("ERR_FAILED")
        trouble.expect("409 (CONFLICT)")


def test_the_kill_switch_removes_the_worker_and_all_it_kept(
    browser: Browser, live: Live, trouble: Trouble
) -> None:
    """One address whose worker changes, as after a restart with QUIZ_OFFLINE=0."""
    scripts = [live.app.test_client().get("/sw.js").text]
    with any_site(scripts) as url, context(browser, url, PHONE, service_workers="allow") as made:
        page = made.new_page()
        trouble.watch(page)
        page.goto("/")
        page.evaluate("navigator.serviceWorker.register('/sw.js')")
        page.wait_for_function(_READY)
        page.evaluate("caches.open('paper').then((one) => one.put('/attempts/x', new Response('x')))")
        assert len(page.evaluate(_NAMES)) == 2
        scripts[0] = bundle_script(ROOT / "static" / "js" / "worker" / "gone.js")
        page.evaluate("navigator.serviceWorker.ready.then((one) => one.update())")
        until(page, lambda: page.evaluate(_NAMES) == [])
        until(page, lambda: page.evaluate(_REGISTERED) == 0)


@contextmanager
def any_site(scripts: list[str]) -> Iterator[str]:
    """A server that has an empty page everywhere, and at /sw.js the first of the scripts."""

    class Site(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            is_worker = self.path.startswith("/sw.js")
            self.send_response(200)
            self.send_header("Content-Type", "text/javascript" if is_worker else "text/html")
            self.end_headers()
            self.wfile.write(scripts[0].encode() if is_worker else b"<!doctype html><title>x</title>")

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Site) as server:
        thread = Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()
