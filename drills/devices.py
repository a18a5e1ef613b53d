"""R11 to R14, R19 and the page's side of R17: what a person sees in the browser when things go wrong."""

import re
from datetime import timedelta

from playwright.sync_api import Page

from drills.outcome import Outcome, Run, told
from drills.seats import Hall, until
from drills.stage import Stage
from quiz.attempts.deadlines import Scope, extend, list_extensions
from quiz.audit.actors import Actor
from quiz.contests.models import Contest
from quiz.core import clock
from tests.support.sitting import choose, start_attempt

_ELSEWHERE = "[data-banner=elsewhere]"
_DAY = """
const Right = Date, off = %d * 86400e3;
class Wrong extends Right {
  constructor(...given) { if (given.length) super(...given); else super(Wrong.now()); }
  static now() { return Right.now() + off; }
}
window.Date = Wrong;
"""


def two_devices(run: Run) -> Outcome:
    """One paper on two devices: both follow, and where both answered, the person is asked."""
    with Stage(run.kind, run.seed, broken=run.broken) as stage, Hall(stage) as hall:
        code = start_attempt(hall.live, stage.contest().slug)
        first, second = hall.seat(code), hall.seat(code)
        choose(first, 1, 1)
        told_other = until(second, lambda: second.locator(_ELSEWHERE).is_visible(), 30)
        has_it = second.locator("#q1-1").is_checked()
        second.context.set_offline(True)
        choose(second, 1, 4)
        choose(first, 1, 2)
        choose(first, 2, 3)
        until(first, lambda: hall.row(code).answers == {"1": [2], "2": [3]}, 15)
        second.context.set_offline(False)
        until(second, lambda: "chọn" in second.locator(_ELSEWHERE).inner_text(), 15)
        asked = second.locator(_ELSEWHERE).inner_text()
        if "chọn" in asked:
            second.get_by_role("button", name="Lấy B").click()
        agreed = until(second, lambda: hall.row(code).answers == {"1": [2], "2": [3]}, 15)
        last = hall.row(code)
    checks = {
        "the other is told in 30 s": told_other and has_it,
        "nothing overwritten silently": "nơi khác chọn B, ở đây chọn D" in asked,
        "both sheets are one": agreed,
    }
    return told(checks, f"revision {last.revision}, answers {last.answers}")


def offline_midway(run: Run) -> Outcome:
    """No network for three minutes: work goes on, all is sent after it, the time left is right."""
    seconds = run.times(180) if not run.broken else 10
    with Stage(run.kind, run.seed, broken=run.broken) as stage, Hall(stage) as hall:
        code = start_attempt(hall.live, stage.contest().slug)
        page = hall.seat(code)
        choose(page, 1, 1)
        before = until(page, lambda: hall.row(code).answers == {"1": [1]}, 15)
        page.context.set_offline(True)
        for place in range(2, 7):
            choose(page, place, 2)
            page.wait_for_timeout(seconds * 1000 / 5)
        kept = page.locator("[data-save]").inner_text()
        page.context.set_offline(False)
        came = until(page, lambda: len(hall.row(code).answers) == 6, 15)
        said = until(page, lambda: "Đã lưu" in page.locator("[data-save]").inner_text(), 5)
        off = hall.off_by(page, code)
    checks = {
        "saved before": before,
        "says what is unsent": "5 câu chưa gửi" in kept,
        "all sent 15 s after": came and said,
        "time left right": off <= 2,
    }
    return told(checks, f"{seconds} s offline, clock off by {off:.1f} s")


def failed_then_gone(run: Run) -> Outcome:
    """Saves fail, then the page is loaded anew, then the browser is killed: all arrives without a touch."""
    with Stage(run.kind, run.seed, broken=run.broken) as stage, Hall(stage) as hall:
        code = start_attempt(hall.live, stage.contest().slug)
        profile = stage.folder / "profile"
        with hall.profile(profile, code) as page:
            page.route("**/sheet", lambda route: route.abort())
            for place in (1, 2, 3):
                choose(page, place, 3)
            nothing = hall.row(code).answers == {}
            # Saves get through again when the page that failed is gone.
            page.once("framenavigated", lambda _: page.unroute("**/sheet"))
            page.reload()
            reloaded = until(page, lambda: len(hall.row(code).answers) == 3, 15)
            page.route("**/sheet", lambda route: route.abort())
            for place in (4, 5, 6):
                choose(page, place, 3)
            page.wait_for_timeout(6_000)  # the browser writes to the disk every few seconds
            still = len(hall.row(code).answers)
        with hall.profile(profile, code) as page:
            killed = until(page, lambda: len(hall.row(code).answers) == 6, 15)
            said = until(page, lambda: "Đã lưu" in page.locator("[data-save]").inner_text(), 5)
    checks = {
        "nothing had arrived": nothing and still == (3 if reloaded else 0),
        "all there after the reload": reloaded,
        "all there after the kill": killed and said,
    }
    return told(checks, "3 answers before a reload, 3 before a kill of the browser")


def offline_at_the_end(run: Run) -> Outcome:
    """Offline when time is up: back after 20 s it counts, after five minutes it is kept and does not."""
    with Stage(run.kind, run.seed, broken=run.broken) as stage, Hall(stage) as hall:
        slug = stage.contest().slug
        code = start_attempt(hall.live, slug)
        soon = _over_while_offline(hall, code)
        soon.wait_for_timeout(20_000)
        soon.context.set_offline(False)
        shown = until(soon, lambda: soon.locator(".th-receipt").is_visible(), 20)
        counted = hall.row(code)
        other = start_attempt(hall.live, stage.contest(f"{slug}-2").slug)
        late = _over_while_offline(hall, other)
        hall.move(other, timedelta(minutes=-5))
        late.context.set_offline(False)
        until(late, lambda: late.locator(".th-receipt").is_visible(), 20)
        words = late.locator("main").inner_text()
        kept = hall.row(other)
    checks = {
        "20 s: scored": shown and counted.answers == {"1": [3], "2": [2]} and counted.closed_at is not None,
        "5 min: not scored": kept.answers == {"1": [3]},
        "5 min: kept": bool(kept.late_sheet)
        and (kept.late_sheet or {}).get("answers") == {"1": [3], "2": [2]},
        "5 min: told": "1 câu gửi đến sau khi hết giờ nên không được tính" in words,
    }
    return told(checks, f"stored after 20 s {counted.answers}, after 5 min {kept.answers}")


def phone_clock(run: Run) -> Outcome:
    """The phone's clock is a day off and its zone another: the page shows the right time all the same."""
    offs = []
    zones = []
    with Stage(run.kind, run.seed, broken=run.broken) as stage, Hall(stage) as hall:
        code = start_attempt(hall.live, stage.contest().slug)
        for days, zone in ((1, "America/Los_Angeles"), (-1, "Pacific/Kiritimati")):
            page = hall.seat(code, _DAY % days, zone)
            page.wait_for_timeout(500)
            offs.append(hall.off_by(page, code))
            choose(page, 1, 2 + days)
            until(page, lambda: bool(hall.row(code).saved_at), 10)
            page.wait_for_timeout(1_000)
            offs.append(hall.off_by(page, code))
            shown = re.search(r"\d\d:\d\d:\d\d", page.locator("[data-save]").inner_text())
            saved_at = hall.row(code).saved_at
            assert saved_at is not None
            here = (saved_at + timedelta(hours=7)).strftime("%H:%M:%S")
            zones.append(shown is not None and shown.group() == here)
            page.close()
    checks = {"time left right": max(offs) <= 2, "saved at, in Viet Nam's time": all(zones)}
    return told(checks, f"clock off by {max(offs):.1f} s at most")


def time_added(run: Run) -> Outcome:
    """An organiser adds ten minutes: the pages show it within 30 s, and nobody is cut at the old time."""
    with Stage(run.kind, run.seed, broken=run.broken) as stage, Hall(stage) as hall:
        contest = stage.contest()
        calm, tight = start_attempt(hall.live, contest.slug), _second(stage, contest)
        pages = [hall.seat(calm), hall.seat(tight)]
        hall.move(tight, timedelta(seconds=12))
        choose(pages[1], 1, 1)  # its reply says how little is left
        pages[1].wait_for_timeout(6_000)
        with stage.app.app_context():
            actor = Actor.system("drill")
            extend(
                contest,
                1,
                scope=Scope.ROUND,
                target_id=None,
                minutes=10,
                reason="Mất điện",
                actor=actor,
                now=clock.now(),
            )
            acts = [(one.moved, one.seconds, one.reason) for one in list_extensions(contest.id, 1)]
        shown = until(pages[0], lambda: hall.off_by(pages[0], calm) <= 2, 30)
        pages[1].wait_for_timeout(8_000)
        goes_on = hall.row(tight).closed_at is None and pages[1].locator(".th-examnav").is_visible()
        if goes_on:
            choose(pages[1], 2, 2)
        saved = until(pages[1], lambda: hall.row(tight).answers == {"1": [1], "2": [2]}, 10)
    checks = {
        "shown within 30 s": shown,
        "nobody cut": goes_on and saved,
        "kept with its reason": acts == [(2, 600, "Mất điện")],
    }
    return told(checks, f"extensions {acts}")


def _over_while_offline(hall: Hall, code: str) -> Page:
    """A page whose time ended without a network: one answer is on the server, one only here."""
    page = hall.seat(code)
    hall.move(code, timedelta(seconds=8))
    choose(page, 1, 3)
    until(page, lambda: hall.row(code).answers == {"1": [3]}, 5)
    page.context.set_offline(True)
    choose(page, 2, 2)
    until(page, lambda: page.locator("[data-over]").is_visible(), 20)
    return page


def _second(stage: Stage, contest: Contest) -> str:
    """An attempt of another person than `start_attempt` gives."""
    person = stage.people(contest, 2)[1]
    person.start()
    person.hang_up()
    return person.code
