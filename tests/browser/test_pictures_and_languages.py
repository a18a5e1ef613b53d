"""Questions with pictures, in another language: on a phone, on a desk, without a connection, on paper."""

import itertools
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from quiz.bank.queries import find_bank
from quiz.contests.definition import MatrixCell, PaperRule
from tests.support.browser import DESK, PHONE, Trouble, assert_accessible, context
from tests.support.contests_now import open_contest
from tests.support.factories import make_bank
from tests.support.live import Live
from tests.support.sitting import choose, sit_down, start_attempt, stored
from tests.support.wordings import enrich

_turn = itertools.count(1)
_BANK = "hinh-va-tieng"


@pytest.fixture
def code(live: Live) -> str:
    """A running attempt: every question has pictures, most of them an English wording."""
    with live.app.app_context():
        is_new = find_bank(_BANK) is None
        if is_new:
            make_bank(_BANK)
    if is_new:
        enrich(live.app, _BANK, skip=3, width=900)
    slug = f"hinh-{next(_turn)}"
    paper = PaperRule(bank=_BANK, matrix=(MatrixCell(None, None, 12),))
    return start_attempt(live, open_contest(live, slug, paper=paper))


@pytest.fixture(params=[PHONE, DESK], ids=["phone", "desk"])
def page(
    request: pytest.FixtureRequest, browser: Browser, live: Live, code: str, trouble: Trouble
) -> Iterator[Page]:
    with context(browser, live.url, request.param) as made:
        yield _seated(made, live, code, trouble)


def _seated(made: BrowserContext, live: Live, code: str, trouble: Trouble) -> Page:
    sit_down(live, made, code)
    page = made.new_page()
    page.on("dialog", lambda dialog: dialog.accept())
    trouble.watch(page)
    page.goto(f"/attempts/{code}")
    expect(page.locator(".th-examnav")).to_be_visible()
    return page


def _button(page: Page, tag: str):  # type: ignore[no-untyped-def]
    return page.locator(f"[data-languages] [lang={tag}]")


def _go_to_translated(page: Page) -> None:
    """The first question that is shown in English."""
    place = page.locator(".th-q:has(.th-qtext[lang=en])").first.get_attribute("data-place")
    page.evaluate("place => document.querySelectorAll('.th-map a')[place - 1].click()", int(place or 1))


def test_a_question_with_pictures_fits_and_is_accessible(page: Page) -> None:
    shown = page.locator(".th-q.is-shown")
    expect(shown.locator(".th-qfigure > img")).to_have_js_property("complete", True)
    assert_accessible(page)
    image = shown.locator(".th-qfigure > img").bounding_box()
    assert image is not None
    assert image["x"] + image["width"] <= (page.viewport_size or PHONE)["width"]
    assert image["height"] > 10
    for row in shown.locator(".th-opt").all():
        box = row.bounding_box()
        assert box is not None
        assert box["height"] >= 48
    # The picture itself is what is tapped.
    shown.locator(".th-optpics img").nth(1).click()
    expect(shown.locator("input[type=radio]").nth(1)).to_be_checked()


def test_looking_closer_stays_on_the_page(page: Page) -> None:
    shown = page.locator(".th-q.is-shown")
    shown.locator("summary").focus()
    page.keyboard.press("Enter")
    large = shown.locator(".th-qzoom img")
    expect(large).to_be_visible()
    box = large.bounding_box()
    assert box is not None
    assert round(box["width"]) == 900
    assert_accessible(page)


def test_the_language_changes_in_place_and_ticks_stay(page: Page, live: Live, code: str) -> None:
    choose(page, 1, 2)
    _button(page, "en").click()
    expect(_button(page, "en")).to_have_attribute("aria-pressed", "true")
    _go_to_translated(page)
    shown = page.locator(".th-q.is-shown")
    expect(shown.locator(".th-qtext")).to_contain_text("of the bank?")
    expect(shown.locator(".th-opt > [lang=en]")).to_have_count(4)
    assert page.locator(".th-qtext[lang=vi]").count() == 3  # what nobody translated
    assert_accessible(page)
    expect(page.locator("[name=q1]").nth(1)).to_be_checked()
    page.wait_for_timeout(800)
    assert stored(live, code)["answers"] == {"1": [2]}
    page.reload()
    expect(_button(page, "en")).to_have_attribute("aria-pressed", "true")
    _button(page, "vi").click()
    assert page.locator(".th-qtext[lang=en]").count() == 0


def test_without_a_connection_pictures_and_languages_are_there(
    page: Page, live: Live, code: str, trouble: Trouble
) -> None:
    """Pictures of later questions came before they were needed; both wordings are on the page."""
    pictures = "[...document.querySelectorAll('.th-qfigure > img, .th-optpics img')]"
    page.wait_for_function(f"() => {pictures}.every(i => i.naturalWidth)")
    page.context.set_offline(True)
    _button(page, "en").click()
    _go_to_translated(page)
    shown = page.locator(".th-q.is-shown")
    expect(shown.locator(".th-qtext")).to_contain_text("of the bank?")
    assert shown.locator(".th-qfigure > img").evaluate("image => image.naturalWidth") == 900
    choose(page, 5, 3)
    page.context.set_offline(False)
    page.wait_for_timeout(4000)
    assert stored(live, code)["answers"] == {"5": [3]}
    page.reload()
    expect(_button(page, "en")).to_have_attribute("aria-pressed", "true")
    trouble.expect("ERR_INTERNET_DISCONNECTED")


def test_nothing_jumps_when_pictures_come(browser: Browser, live: Live, code: str, trouble: Trouble) -> None:
    """Their sizes are known before their bytes are."""
    with context(browser, live.url, PHONE) as made:
        sit_down(live, made, code)
        page = made.new_page()
        page.route("**/pictures/**", lambda route: None)  # they never come
        page.goto(f"/attempts/{code}", wait_until="domcontentloaded")
        expect(page.locator(".th-examnav")).to_be_visible()
        shown = page.locator(".th-q.is-shown")
        boxes = [one.bounding_box() for one in shown.locator(".th-qfigure > img, .th-optpics img").all()]
        sizes = [(round(box["width"]), round(box["height"])) for box in boxes if box]
        assert sizes[0][0] > 300
        assert sizes[0][1] == pytest.approx(sizes[0][0] / 15, abs=3)
        assert len(sizes) == 5
        assert all(width > 70 and height > 40 for width, height in sizes[1:])


def test_all_questions_and_pictures_on_paper(page: Page) -> None:
    page.emulate_media(media="print")
    assert page.locator(".th-qfigure > img").evaluate_all("all => all.every(i => i.offsetParent)")
    assert not page.locator(".th-langs").is_visible()
    assert not page.locator("details").first.is_visible()
