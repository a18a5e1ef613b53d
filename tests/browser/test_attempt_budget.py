"""What an attempt costs on a weak network: bytes and requests as the browser counts them."""

from collections.abc import Sequence

from playwright.sync_api import Browser, Request, expect

from tests.support.attempt_seat import answers, seat, until
from tests.support.browser import Trouble
from tests.support.live import Live
from tests.support.sitting import choose

_KB = 1024
# Of one page, compressed: the stricter of the two documents that set budgets.
_MOST = {"document": 12 * _KB, "stylesheet": 10 * _KB, "script": 15 * _KB}
_MOST_TOGETHER = 60 * _KB
_MOST_REQUESTS = 6
_MOST_AGAIN = 15 * _KB
_MOST_OF_A_SAVE = 1 * _KB


def weigh(requests: Sequence[Request]) -> dict[str, int]:
    """Bytes of the replies' bodies as sent, by kind."""
    found: dict[str, int] = {}
    for request in requests:
        kind = request.resource_type
        found[kind] = found.get(kind, 0) + request.sizes()["responseBodySize"]
    return found


def test_the_page_its_return_and_a_save_keep_to_the_budget(
    browser: Browser, live: Live, code: str, trouble: Trouble
) -> None:
    seen: list[Request] = []

    def watch(page: object) -> None:
        page.on("requestfinished", lambda request: seen.append(request))  # type: ignore[attr-defined]

    with seat(browser, live, code, trouble, prepare=watch) as (page, _):
        page.wait_for_load_state("networkidle")
        weight = weigh(seen)
        assert not {kind: n for kind, n in weight.items() if n > _MOST.get(kind, 5 * _KB)}, weight
        assert sum(weight.values()) <= _MOST_TOGETHER, weight
        assert len(seen) <= _MOST_REQUESTS, [request.url for request in seen]
        assert all(request.url.startswith(live.url) for request in seen)

        seen.clear()
        choose(page, 1, 1)
        until(page, lambda: answers(live, code) == {"1": [1]})
        expect(page.locator("[data-save]")).to_contain_text("Đã lưu")
        (put,) = (request for request in seen if request.method == "PUT")
        sizes = put.sizes()
        ours = sizes["requestBodySize"] + sizes["responseBodySize"] + sizes["responseHeadersSize"]
        assert ours <= _MOST_OF_A_SAVE, sizes

        seen.clear()
        page.reload()
        page.wait_for_load_state("networkidle")
        fetched = [request for request in seen if request.resource_type == "document"]
        assert sum(weigh(fetched).values()) <= _MOST_AGAIN
