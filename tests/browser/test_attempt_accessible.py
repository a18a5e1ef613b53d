"""The attempt for everybody: screen reader, keys only, small and enlarged screens, contrast, no script."""

import re
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from quiz.contests.definition import MatrixCell, PaperRule, PredictionRule
from quiz.scoring.prediction import Target
from tests.browser.test_citizen import fill_entry
from tests.support.attempt_seat import answers, seat, until
from tests.support.browser import DESK, Trouble, assert_accessible, context
from tests.support.contests_now import open_contest
from tests.support.factories import make_bank
from tests.support.live import Live
from tests.support.sitting import choose, move_deadline, start_attempt, stored

NARROW = {"width": 320, "height": 640}
ENLARGED = {"width": 320, "height": 256}  # 1280 × 1024 at 400 %
_TOO_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def test_a_screen_readers_way_through_question_map_and_dialog(
    browser: Browser, live: Live, code: str, trouble: Trouble
) -> None:
    with seat(browser, live, code, trouble) as (page, _):
        expect(page.get_by_role("main")).to_match_aria_snapshot(
            """
            - main:
              - heading /Làm bài. Cuộc thi/ [level=1]
              - region "Câu 1":
                - text: Câu 1 trong 6 câu
                - checkbox /Đánh dấu/
                - group /Câu hỏi số \\d+ của ngân hàng/:
                  - radio /A Phương án/
                  - radio /B Phương án/
                  - radio /C Phương án/
                  - radio /D Phương án/
            """
        )
        expect(page.get_by_role("banner")).to_match_aria_snapshot(
            """
            - banner:
              - timer "Thời gian còn lại": /1[45]:\\d\\d/
              - status: Chưa trả lời
            """
        )
        assert_accessible(page)
        choose(page, 1, 2)
        page.locator("[data-open=map]").click()
        expect(page.get_by_role("dialog")).to_match_aria_snapshot(
            """
            - dialog "Sơ đồ câu":
              - button "Đóng"
              - heading "Sơ đồ câu" [level=2]
              - text: 1/6 đã trả lời
              - list "Sơ đồ câu":
                - listitem:
                  - link "Câu 1, đã trả lời, đang làm"
                - listitem:
                  - link "Câu 2, chưa trả lời"
            """
        )
        assert_accessible(page)
        page.get_by_role("dialog").get_by_role("button", name="Nộp bài").click()
        expect(page.get_by_role("dialog")).to_match_aria_snapshot(
            """
            - dialog "Nộp bài?":
              - heading "Nộp bài?" [level=2]
              - term: Đã trả lời
              - definition: 1 trong 6 câu
              - term: Chưa trả lời
              - definition:
                - link "Câu 2"
              - button "Nộp bài" [disabled]
              - button "Làm tiếp"
              - paragraph: Cần nhập số dự đoán trước khi nộp.
            """
        )
        # what lies behind is out of reach
        assert page.get_by_role("radio").count() == 0
        assert_accessible(page)


def test_a_screen_reader_hears_of_lost_lines_and_of_the_last_minute(
    browser: Browser, live: Live, code: str, trouble: Trouble
) -> None:
    move_deadline(live, code, timedelta(seconds=58))
    with seat(browser, live, code, trouble) as (page, made):
        made.set_offline(True)
        choose(page, 1, 1)
        expect(page.locator("[data-banner=offline]")).to_be_visible()
        expect(page.get_by_role("banner")).to_match_aria_snapshot(
            """
            - banner:
              - timer "Thời gian còn lại": /00:\\d\\d/
              - status: 1 câu chưa gửi
              - status:
                - text: Mất kết nối
                - paragraph: /đang giữ trên máy này và tự gửi khi có mạng/
              - status:
                - text: Còn chưa đầy 1 phút
                - paragraph: Hết giờ, bài tự nộp với những câu đã lưu.
            """
        )
        assert_accessible(page)
        made.set_offline(False)
        until(page, lambda: answers(live, code) == {"1": [1]})
        trouble.expect("ERR_INTERNET_DISCONNECTED")


def test_the_result_reads_from_the_top(browser: Browser, live: Live, code: str, trouble: Trouble) -> None:
    with seat(browser, live, code, trouble) as (page, _):
        choose(page, 1, 1)
        page.evaluate("place => document.querySelectorAll('.th-map a')[place - 1].click()", 7)
        page.locator("#prediction").fill("1250")
        expect(page.locator("[data-spelled]")).to_contain_text("một nghìn hai trăm năm mươi")
        until(page, lambda: stored(live, code)["prediction"] == "1250")
        page.locator(".th-examnav [data-open=submit]").click()
        page.locator("[data-submit]").click()
        expect(page.locator(".th-receipt")).to_be_visible()
        expect(page.get_by_role("main")).to_match_aria_snapshot(
            """
            - main:
              - heading "Kết quả lượt 1, Tuần 1" [level=1]
              - paragraph: /trên 6 câu đúng/
              - term: Số dự đoán
              - definition: /1250 người/
              - term: Lượt còn lại
            """
        )
        assert_accessible(page)


@pytest.mark.parametrize("size", [NARROW, ENLARGED], ids=["320px", "400%"])
def test_nothing_is_cut_off_or_covered_on_a_small_or_enlarged_screen(
    browser: Browser, live: Live, code: str, trouble: Trouble, size: dict[str, int]
) -> None:
    with seat(browser, live, code, trouble, viewport=size) as (page, _):
        for place in (1, 6, 7):
            page.evaluate("place => document.querySelectorAll('.th-map a')[place - 1].click()", place)
            assert page.evaluate(_TOO_WIDE) <= 0
            page.locator(".th-q.is-shown input").last.focus()
            assert covered(page) is None
        assert_accessible(page)
        for name in ("map", "submit"):
            page.evaluate("name => document.querySelector(`.th-examnav [data-open=${name}]`).click()", name)
            dialog = page.get_by_role("dialog")
            last = dialog.get_by_role("button").last
            last.scroll_into_view_if_needed()
            expect(last).to_be_in_viewport()
            assert page.evaluate(_TOO_WIDE) <= 0
            assert_accessible(page)
            page.keyboard.press("Escape")


def covered(page: Page) -> Any:
    """What lies over the element that has the focus, None where it can be seen (WCAG 2.4.11)."""
    return page.evaluate(
        """() => {
          const active = document.activeElement;
          const shown = document.querySelector(`label[for="${active.id}"].th-opt`) || active;
          const box = shown.getBoundingClientRect();
          const [x, y] = [box.left + box.width / 2, box.top + Math.min(box.height / 2, 20)];
          const there = document.elementFromPoint(x, y);
          const isSeen = there && (shown.contains(there) || there.contains(shown));
          return isSeen ? null : String(there && there.className);
        }"""
    )


def test_the_keyboard_alone_leads_from_entry_to_receipt(
    browser: Browser, live: Live, trouble: Trouble
) -> None:
    """Tab, letters, digits, arrows, Enter and nothing else once the form is filled."""
    slug = open_contest(live, "chi-ban-phim")
    with context(browser, live.url, DESK) as made:
        page = made.new_page()
        trouble.watch(page)
        page.goto(f"/c/{slug}/enter")
        fill_entry(page, slug, "0987 111 222")
        press_on(page, re.compile("^Tiếp tục"))
        expect(page.get_by_role("heading", level=1)).to_have_text("Kiểm tra lại thông tin")
        press_on(page, re.compile("^Xác nhận"))
        expect(page.get_by_role("heading", level=1)).to_have_text("Sẵn sàng làm bài")
        press_on(page, re.compile("^Bắt đầu làm bài"))
        expect(page.locator("body.is-playing")).to_be_visible()
        for key in ("a", "2", "C", "4", "b", "1"):
            page.keyboard.press(key)
            page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        expect(page.locator("#prediction")).to_be_focused()
        page.keyboard.type("3195")
        expect(page.locator("[data-save]")).to_contain_text("Đã lưu")
        press_on(page, re.compile("^Nộp bài"))
        expect(page.get_by_role("dialog")).to_be_visible()
        expect(page.locator("[data-submit]")).to_have_attribute("aria-disabled", "false")
        press_on(page, re.compile("^Nộp bài"))
        expect(page.locator(".th-receipt")).to_be_visible()


def press_on(page: Page, name: re.Pattern[str]) -> None:
    """Tab to the button or link of this name and press Enter."""
    for _ in range(80):
        page.keyboard.press("Tab")
        words = page.evaluate(
            "document.activeElement.matches('button, a') && document.activeElement.innerText"
        )
        if words and name.search(words.strip()):
            page.keyboard.press("Enter")
            return
    raise AssertionError(f"no key leads to {name.pattern}")


def test_eight_choices_by_letters_and_digits_which_can_be_turned_off(
    browser: Browser, live: Live, trouble: Trouble
) -> None:
    """WCAG 2.1.4: keys without a modifier have a switch; arrows and Enter go on working."""
    with live.app.app_context():
        make_bank("tam-phuong-an", choices=8)
    paper = PaperRule(bank="tam-phuong-an", matrix=(MatrixCell(None, None, 4),))
    code = start_attempt(live, open_contest(live, "tam-phuong-an", paper=paper))
    with seat(browser, live, code, trouble, viewport=DESK) as (page, _):
        page.keyboard.press("h")
        until(page, lambda: answers(live, code) == {"1": [8]})
        page.keyboard.press("7")
        until(page, lambda: answers(live, code) == {"1": [7]})
        page.get_by_role("button", name="Tắt phím chữ").click()
        page.reload()
        page.locator("#cau-1").focus()
        for key in ("a", "3", "m"):
            page.keyboard.press(key)
        page.wait_for_timeout(500)
        assert (answers(live, code), stored(live, code)["flags"]) == ({"1": [7]}, [])
        page.keyboard.press("ArrowLeft")
        expect(page.get_by_role("button", name="Bật phím chữ")).to_be_visible()


@pytest.mark.parametrize("code", [{"must_answer_all": True, "prediction": None}], indirect=True)
@pytest.mark.parametrize("js", [True, False], ids=["js", "no-js"])
def test_where_every_question_must_be_answered(
    browser: Browser, live: Live, code: str, trouble: Trouble, js: bool
) -> None:
    with seat(browser, live, code, trouble, viewport=DESK, java_script_enabled=js) as (page, _):
        if js:
            choose(page, 1, 1)
            page.locator(".th-examnav [data-open=submit]").click()
            dialog = page.get_by_role("dialog")
            expect(dialog).to_contain_text("Vòng này cần trả lời đủ mọi câu trước khi nộp.")
            expect(page.locator("[data-submit]")).to_have_attribute("aria-disabled", "true")
            dialog.get_by_role("link", name="Câu 2").click()
            expect(page.locator("#cau-2")).to_be_visible()
        else:
            page.locator("label[for=q1-1]").click()
            page.get_by_role("button", name="Nộp bài").click()
            expect(page.locator("main")).to_contain_text("Vòng này cần trả lời đủ mọi câu trước khi nộp.")
            expect(page.get_by_role("button", name="Nộp bài")).to_have_count(0)
        assert_accessible(page)


_PERCENT = {"prediction": PredictionRule(Target.PERCENT_ALL_CORRECT, decimals=2)}


@pytest.mark.parametrize("code", [_PERCENT], indirect=True)
def test_a_prediction_with_a_decimal_comma(browser: Browser, live: Live, code: str, trouble: Trouble) -> None:
    with seat(browser, live, code, trouble) as (page, _):
        page.evaluate("place => document.querySelectorAll('.th-map a')[place - 1].click()", 7)
        field = page.locator("#prediction")
        field.fill("87,655")
        expect(page.locator("[data-spelled]")).to_contain_text("Chỉ nhập chữ số, ví dụ 87,65.")
        page.locator(".th-examnav [data-open=submit]").click()
        expect(page.locator("[data-submit]")).to_have_attribute("aria-disabled", "true")
        page.keyboard.press("Escape")
        field.fill("87,65")
        expect(page.locator("[data-spelled]")).to_contain_text("87,65 %")
        until(page, lambda: stored(live, code)["prediction"] == "87,65")
        page.locator(".th-examnav [data-open=submit]").click()
        page.locator("[data-submit]").click()
        expect(page.locator("main")).to_contain_text("87,65")
        expect(page.locator(".th-receipt")).to_be_visible()


@pytest.mark.parametrize(
    "look", [{"forced_colors": "active"}, {"contrast": "more"}, {"reduced_motion": "reduce"}], ids=str
)
def test_in_high_contrast_and_with_less_motion(
    browser: Browser, live: Live, code: str, trouble: Trouble, look: dict[str, Any]
) -> None:
    with seat(browser, live, code, trouble, **look) as (page, _):
        plain, chosen = page.locator("label[for=q1-1]"), page.locator("label[for=q1-2]")
        choose(page, 1, 2)
        until(page, lambda: answers(live, code) == {"1": [2]})
        # not by colour alone: a thicker frame, a tick
        form = """element => {
          const [style, tick] = [getComputedStyle(element), getComputedStyle(element, "::after")];
          return [style.borderTopWidth, style.boxShadow === "none", tick.backgroundImage].join();
        }"""
        assert chosen.evaluate(form) != plain.evaluate(form)
        moving = "document.getAnimations().filter((one) => one.playState === 'running').length"
        if "reduced_motion" in look:
            assert page.evaluate(moving) == 0
        if "forced_colors" not in look:
            assert_accessible(page)


def test_without_a_script_the_whole_paper_is_one_page(
    browser: Browser, live: Live, code: str, trouble: Trouble
) -> None:
    with seat(browser, live, code, trouble, viewport=NARROW, java_script_enabled=False) as (page, _):
        expect(page.get_by_role("group")).to_have_count(6)
        page.locator("label[for=q3-2]").click()
        page.get_by_role("button", name="Lưu", exact=True).click()
        expect(page.locator("main")).to_contain_text("Đã lưu bài.")
        assert answers(live, code) == {"3": [2]}
        assert_accessible(page)
