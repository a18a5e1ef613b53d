"""What waits for the organisers, and what is missing before a round can open."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from quiz.approvals.queries import find_waiting
from quiz.approvals.states import Kind
from quiz.collective.queries import count_proposed
from quiz.complaints.queries import count_waiting as complaints_waiting
from quiz.contests.models import Contest, Round
from quiz.contests.phases import Phase
from quiz.entries.shared_numbers import count_open
from quiz.entries.unit_queries import count_open_requests
from quiz.organiser.checklist import checks_of, sentence, unmet
from quiz.organiser.pages import Todo
from quiz.privacy.queries import count_queue
from quiz.standings.cache import ShortCache
from quiz.vetting.duplicate_queries import count_appeals
from quiz.vetting.duplicate_queries import count_open as count_open_pairs
from quiz.vetting.integrity_queries import count_open_cases, count_unanswered
from quiz.web.filters import full_time, number

_shared_numbers: ShortCache[int] = ShortCache(timedelta(seconds=30))


def todos_of(contest: Contest, round_: Round, now: datetime) -> Iterator[Todo]:
    """What one round needs from the organisers now."""
    phase, name = round_.window.phase(now), round_.settings.name
    if phase in (Phase.CLOSED, Phase.FROZEN):
        yield from _papers_to_look_at(contest, round_)
    if phase is Phase.CLOSED:
        detail = _("đóng lúc %(moment)s", moment=full_time(round_.closes_at))
        yield _todo(contest, round_, "shield", _("Chốt kết quả %(round)s", round=name), detail, "freeze")
    elif phase is Phase.FROZEN and find_waiting(contest.id, round_.number, Kind.PUBLISH) is None:
        detail = _("đã chốt lúc %(moment)s", moment=full_time(round_.state_since))
        yield _todo(contest, round_, "file", _("Công bố kết quả %(round)s", round=name), detail, "publish")
    elif phase is Phase.PAUSED:
        detail = _("từ %(moment)s", moment=full_time(round_.state_since))
        yield _todo(contest, round_, "pause", _("%(round)s đang tạm dừng", round=name), detail, "resume")
    elif phase in (Phase.DRAFT, Phase.SCHEDULED):
        missing = unmet(checks_of(contest, round_, now))
        if missing:
            title = _("%(round)s chưa đủ điều kiện mở", round=name)
            url = url_for("organiser.rounds", slug=contest.slug)
            yield Todo("warning", title, sentence(missing[0]), f"{url}#vong-{round_.number}", _("Xem"))
        elif phase is Phase.DRAFT:
            detail = _("mở lúc %(moment)s", moment=full_time(round_.opens_at))
            yield _todo(
                contest, round_, "calendar", _("%(round)s còn là bản nháp", round=name), detail, "open"
            )


def _papers_to_look_at(contest: Contest, round_: Round) -> Iterator[Todo]:
    """Cases and objections that should be settled before the results are published."""
    name, address = round_.settings.name, _address(contest, round_)
    if cases := count_open_cases(contest.id, round_.number):
        title = _("%(n)s trường hợp cần xem ở %(round)s", n=number(cases), round=name)
        detail = _("bài nhanh bất thường hoặc giống nhau; xem trước khi công bố")
        yield Todo("shield", title, detail, url_for("integrity.cases", **address), _("Xem"))
    if said := count_unanswered(contest.id, round_.number):
        title = _("%(n)s ý kiến về việc hủy bài ở %(round)s", n=number(said), round=name)
        detail = _("trả lời trước khi công bố")
        yield Todo("person", title, detail, url_for("integrity.annul_page", **address), _("Xem"))


def people_todos(contest: Contest, now: datetime) -> Iterator[Todo]:
    """What people wait for, whatever round it is: answers about their data, another unit, shared numbers."""
    counts = count_queue(contest.id, now)
    if counts.waiting:
        title = _("%(n)s yêu cầu về dữ liệu cá nhân", n=counts.waiting)
        detail = (
            _("%(n)s yêu cầu quá hạn", n=counts.late) if counts.late else _("trả lời trong 2 ngày làm việc")
        )
        yield Todo("person", title, detail, url_for("privacy_desk.queue", slug=contest.slug), _("Xem"))
    units = count_open_requests(contest.id)
    if units:
        title = ngettext("%(num)s yêu cầu đổi đơn vị", "%(num)s yêu cầu đổi đơn vị", units)
        detail = _("chờ Ban Tổ chức đồng ý")
        url = url_for("organiser.unit_requests", slug=contest.slug)
        yield Todo("building", title, detail, url, _("Xem"))
    headcounts = count_proposed(contest.id)
    if headcounts:
        title = _("%(n)s đơn vị đề nghị tổng số người", n=number(headcounts))
        url = url_for("unit_numbers.numbers", slug=contest.slug)
        yield Todo("building", title, _("duyệt rồi mới tính vào tỷ lệ"), url, _("Xem"))
    # Counted over all entrants: not with every look at the overview.
    shared = _shared_numbers.get(contest.id, now, lambda: count_open(contest))
    if shared:
        title = ngettext("%(num)s số dùng chung chờ xét", "%(num)s số dùng chung chờ xét", shared)
        detail = _("xét trước khi trao giải")
        yield Todo("people", title, detail, url_for("organiser.numbers", slug=contest.slug), _("Xem"))
    complaints = complaints_waiting(contest.id, now)
    if complaints.count:
        title = _("%(n)s khiếu nại kết quả chờ trả lời", n=number(complaints.count))
        late = _("%(n)s khiếu nại quá hạn", n=number(complaints.late)) if complaints.late else ""
        detail = late or _("trả lời trong %(n)s ngày", n=contest.settings.complaints_days)
        yield Todo("clock", title, detail, url_for("complaints_desk.queue", slug=contest.slug), _("Xem"))
    yield from vetting_todos(contest)


def _address(contest: Contest, round_: Round) -> dict[str, Any]:
    return {"slug": contest.slug, "number": round_.number}


def vetting_todos(contest: Contest) -> Iterator[Todo]:
    """Appeals against decisions about entries, and entries that may be one person's."""
    appeals, pairs = count_appeals(contest.id), count_open_pairs(contest.id)
    if appeals:
        title = ngettext("%(num)s khiếu nại chờ trả lời", "%(num)s khiếu nại chờ trả lời", appeals)
        detail = _("trả lời trước khi công bố")
        yield Todo("clock", title, detail, url_for("vetting.decided", slug=contest.slug), _("Xem"))
    if pairs:
        title = ngettext("%(num)s cặp nghi trùng chờ xem", "%(num)s cặp nghi trùng chờ xem", pairs)
        detail = _("xét trước khi trao giải")
        yield Todo("copy", title, detail, url_for("vetting.suspicions", slug=contest.slug), _("Xem"))


def _todo(contest: Contest, round_: Round, icon: str, title: str, detail: str, action: str) -> Todo:
    url = url_for("organiser.step", slug=contest.slug, number=round_.number, action=action)
    return Todo(icon, title, detail, url, _("Làm"))
