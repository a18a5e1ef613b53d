"""What taking part costs on a metered phone: from the entry form to the result with nothing in the cache."""

from playwright.sync_api import Browser, Request, expect

from quiz.contests.definition import MatrixCell, PaperRule
from tests.browser.test_citizen import any_url, fill_entry, hand_in, saved, start
from tests.support.browser import PHONE, Trouble, context
from tests.support.contests_now import open_contest
from tests.support.live import Live

_QUESTIONS = 10
_MOST = 150 * 1024
_MOST_AT_FIRST, _MOST_REQUESTS, _MOST_AGAIN = 60 * 1024, 6, 15 * 1024


def transferred(requests: list[Request]) -> dict[str, int]:
    """Bytes as sent, by kind: the replies with their heads, and what was sent to the server."""
    found: dict[str, int] = {}
    for request in requests:
        sizes = request.sizes()
        kind = request.resource_type
        received = sizes["responseBodySize"] + sizes["responseHeadersSize"]
        found[kind] = found.get(kind, 0) + received + sizes["requestBodySize"] + sizes["requestHeadersSize"]
    return found


def test_a_whole_attempt_stays_within_150_kilobytes(browser: Browser, live: Live, trouble: Trouble) -> None:
    paper = PaperRule(bank="bank", matrix=(MatrixCell(None, None, _QUESTIONS),))
    slug = open_contest(live, "it-du-lieu", paper=paper, prediction=None)
    seen: list[Request] = []
    with context(browser, live.url, PHONE) as made:
        page = made.new_page()
        trouble.watch(page)
        page.on("requestfinished", lambda request: seen.append(request))
        fill_entry(page, slug)
        page.get_by_role("button", name="Tiếp tục").click()
        page.get_by_role("button", name="Xác nhận").click()
        start(page)
        for place in range(1, _QUESTIONS + 1):
            page.locator(".th-opt:visible").nth(place % 4).click()
            saved(page)
            if place < _QUESTIONS:
                page.get_by_role("button", name="Câu sau").click()
        hand_in(page)
        expect(page.get_by_text("Mã biên nhận")).to_be_visible()
        expect(page).to_have_url(any_url("/attempts/"))
        page.wait_for_load_state("networkidle")
        weight = transferred(seen)
    assert sum(1 for request in seen if request.method == "PUT") >= _QUESTIONS
    assert sum(weight.values()) <= _MOST, weight


def test_a_first_look_at_public_pages_and_the_next_one(
    browser: Browser, live: Live, trouble: Trouble
) -> None:
    slug = open_contest(live, "lan-dau", prediction=None)
    for address in ("/", f"/c/{slug}", f"/c/{slug}/enter", f"/c/{slug}/standings", f"/c/{slug}/rules"):
        seen: list[Request] = []
        with context(browser, live.url, PHONE) as made:
            page = made.new_page()
            trouble.watch(page)
            page.on("requestfinished", lambda request, seen=seen: seen.append(request))
            page.goto(address, wait_until="networkidle")
            assert sum(transferred(seen).values()) <= _MOST_AT_FIRST, (address, transferred(seen))
            # the QR code further down comes after the page
            asked = [one.url for one in seen if one.resource_type != "image" or "/static/" in one.url]
            assert len(asked) <= _MOST_REQUESTS, (address, asked)
            assert all(request.url.startswith(live.url) for request in seen), address
            seen.clear()
            page.goto(address, wait_until="networkidle")
            assert sum(transferred(seen).values()) <= _MOST_AGAIN, (address, transferred(seen))
