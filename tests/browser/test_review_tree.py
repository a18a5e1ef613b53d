"""One's own paper after publication, as a screen reader goes through it."""

from playwright.sync_api import Browser, expect
from sqlalchemy import update

from quiz.attempts import queries, service
from quiz.attempts.sheets import Sheet
from quiz.contests.definition import PaperRule
from quiz.contests.models import Round
from quiz.contests.phases import RoundState
from quiz.core import clock
from quiz.core.database import transaction
from tests.support.browser import DESK, PHONE, Trouble, assert_accessible, context
from tests.support.contests_now import open_contest
from tests.support.live import Live
from tests.support.sitting import sit_down, start_attempt

# Of questions 1 to 3 choices B, C and D are right: one answered right, one wrong and flagged, one left empty.
_SHEET = Sheet(1, {1: (2,), 2: (1,)}, (2,), None)


def published(live: Live, slug: str) -> str:
    """The code of an attempt in a round whose results are published."""
    paper = PaperRule(bank="bank", shuffle=(), fixed=("1", "2", "3"))
    open_contest(live, slug, paper=paper, prediction=None)
    code = start_attempt(live, slug)
    with live.app.app_context():
        attempt = queries.get_attempt(code)
        keyring, now = live.app.extensions["keyring"], clock.now()
        service.submit(code, _SHEET, entry_id=attempt.entry_id, now=now, keyring=keyring)
        of_contest = Round.contest_id == attempt.contest_id
        state = {"closes_at": now, "state": RoundState.PUBLISHED.value, "state_since": now}
        with transaction() as session:
            session.execute(update(Round).where(of_contest).values(**state))
    return code


def test_a_screen_readers_way_through_the_review(browser: Browser, live: Live, trouble: Trouble) -> None:
    code = published(live, "xem-lai")
    with context(browser, live.url, DESK) as made:
        sit_down(live, made, code)
        page = made.new_page()
        trouble.watch(page)
        page.goto(f"/attempts/{code}")
        expect(page.get_by_role("main")).to_match_aria_snapshot(
            """
            - main:
              - heading "Xem lại bài thi Tuần 1" [level=1]
              - paragraph: /Lượt 1, nộp/
              - paragraph: /1 trên 3 câu đúng/
              - group "Lọc câu":
                - button "Cả 3 câu" [pressed]
                - button "2 câu sai hoặc trống"
                - button "1 câu đã đánh dấu"
              - heading "Từng câu" [level=2]
              - list:
                - listitem:
                  - heading "Câu 1" [level=3]
                  - text: Đúng
                  - paragraph: Câu hỏi số 1 của ngân hàng?
                  - list:
                    - listitem: A Phương án 1.0
                    - listitem: B Phương án 1.1 Đáp án đúng, đã chọn
                    - listitem: C Phương án 1.2
                    - listitem: D Phương án 1.3
                  - paragraph: /Nguồn/
                  - paragraph: /Giải thích/
                - listitem:
                  - heading "Câu 2" [level=3]
                  - text: Sai Đã đánh dấu
                  - paragraph: Câu hỏi số 2 của ngân hàng?
                  - list:
                    - listitem: A Phương án 2.0 Đã chọn, sai
                    - listitem: B Phương án 2.1
                    - listitem: C Phương án 2.2 Đáp án đúng
                    - listitem: D Phương án 2.3
                - listitem:
                  - heading "Câu 3" [level=3]
                  - text: Bỏ trống
                  - paragraph: Câu hỏi số 3 của ngân hàng?
                  - list:
                    - listitem: A Phương án 3.0
                    - listitem: B Phương án 3.1
                    - listitem: C Phương án 3.2
                    - listitem: D Phương án 3.3 Đáp án đúng
              - complementary "Sơ đồ câu":
                - heading "Sơ đồ câu" [level=2]
                - list "Sơ đồ câu":
                  - listitem:
                    - link "Câu 1, đúng"
                  - listitem:
                    - link "Câu 2, sai"
                  - listitem:
                    - link "Câu 3, bỏ trống"
                - paragraph:
                  - button "In bài thi"
            """
        )
        for size in (PHONE, DESK):
            page.set_viewport_size(size)
            assert_accessible(page)
        page.get_by_role("button", name="2 câu sai hoặc trống").click()
        expect(page.get_by_role("heading", name="Câu 1")).to_be_hidden()
        expect(page.get_by_role("main")).to_match_aria_snapshot(
            """
            - main:
              - group "Lọc câu":
                - button "Cả 3 câu"
                - button "2 câu sai hoặc trống" [pressed]
              - list:
                - listitem:
                  - heading "Câu 2" [level=3]
                - listitem:
                  - heading "Câu 3" [level=3]
            """
        )
