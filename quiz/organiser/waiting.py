"""What waits for the organisers, and what is missing before a round can open."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from flask import current_app, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from quiz.approvals.queries import find_waiting
from quiz.approvals.states import Kind
from quiz.bank import browsing
from quiz.bank.queries import find_bank
from quiz.collective.queries import count_proposed
from quiz.complaints.queries import count_waiting as complaints_waiting
from quiz.contests.coverage import shortages_of
from quiz.contests.definition import MatrixCell, PaperRule, Way
from quiz.contests.models import Contest, Round
from quiz.contests.phases import Phase
from quiz.contests.queries import list_units
from quiz.entries.list_queries import count_roster
from quiz.entries.shared_numbers import count_open
from quiz.entries.unit_queries import count_open_requests
from quiz.organiser.labels import cell_words
from quiz.organiser.pages import Check, Todo
from quiz.privacy.queries import count_queue
from quiz.signin.browser import channels_for, senders
from quiz.signin.provider import provider
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
        checks = checks_of(contest, round_, now)
        missing = [check for check in checks if not check.is_met and not check.is_advice]
        if missing:
            title = _("%(round)s chưa đủ điều kiện mở", round=name)
            url = url_for("organiser.contest", slug=contest.slug, round=round_.number)
            yield Todo(
                "warning", title, f"{missing[0].title}: {missing[0].detail}", f"{url}#dieu-kien", _("Xem")
            )
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


def checks_of(contest: Contest, round_: Round, now: datetime) -> list[Check]:
    """What a round needs before it opens, met or not; the bank's numbers for every cell of the matrix."""
    edit = url_for("organiser.edit_round", slug=contest.slug, number=round_.number)
    checks = []
    if now >= round_.closes_at:
        detail = _("đã qua: %(moment)s", moment=full_time(round_.closes_at))
        checks.append(Check(False, _("Giờ đóng"), detail, edit))
    checks += _entry(contest)
    for paper in round_.settings.papers:
        checks += coverage_checks(paper, edit)
    checks += _ways(contest)
    about = url_for("organiser.edit_contest", slug=contest.slug)
    if not contest.settings.organiser or not contest.settings.hotline:
        text = _("người dự thi cần biết ai tổ chức và gọi số nào")
        checks.append(Check(False, _("Tên Ban Tổ chức, số hỗ trợ"), text, about, is_advice=True))
    return checks


def _ways(contest: Contest) -> Iterator[Check]:
    """The ways in that this installation cannot serve: without a sender nobody gets a code."""
    offered, url = contest.entry.ways, url_for("signin.codes_sent")
    can_send = bool(channels_for(contest)) if Way.CODE in offered else bool(senders().channels)
    advice = len(offered) > 1
    if not can_send and not {Way.CODE, Way.ACCOUNT}.isdisjoint(offered):
        text = _("chưa có máy gửi tin nên chưa ai nhận được mã")
        yield Check(False, _("Cách vào dự thi"), text, url, is_advice=advice)
    if Way.OIDC in offered and provider() is None:
        yield Check(False, _("Cách vào dự thi"), _("chưa đặt nơi đăng nhập chung"), url, is_advice=advice)


def _entry(contest: Contest) -> Iterator[Check]:
    if contest.entry.asks("unit") and contest.tree_id is None and not list_units(contest.id):
        edit = url_for("organiser.entry_policy", slug=contest.slug)
        yield Check(False, _("Cây đơn vị"), _("mẫu đăng ký hỏi đơn vị nhưng cuộc thi chưa có cây"), edit)
    if contest.entry.uses_roster:
        count = count_roster(contest.id)
        url = url_for("rosters.roster", slug=contest.slug)
        detail = _("%(n)s người", n=number(count)) if count else _("chưa có ai trong danh sách")
        yield Check(count > 0, _("Danh sách được dự thi"), detail, url)


def coverage_checks(paper: PaperRule, edit_url: str = "") -> list[Check]:
    """One line for each cell of the matrix: so many needed, so many there."""
    bank = find_bank(paper.bank)
    if bank is None:
        return [
            Check(False, _("Ngân hàng câu hỏi"), _("chưa có ngân hàng “%(bank)s”", bank=paper.bank), edit_url)
        ]
    shortages = {(s.cell.topic, s.cell.level): s for s in shortages_of(paper)}
    matrix = browsing.matrix(bank.id)
    checks = []
    for cell in paper.matrix or (MatrixCell(None, None, len(paper.fixed)),):
        short = shortages.get((cell.topic, cell.level))
        have = short.available if short else len(paper.fixed) or available(matrix, cell.topic, cell.level)
        detail = _("cần %(wanted)s, có %(have)s", wanted=number(cell.count), have=number(have))
        url = _bank_url(bank.slug) if short else ""
        checks.append(Check(short is None, cell_words(cell.topic, cell.level), detail, url or edit_url))
    return checks


def available(matrix: browsing.BankMatrix, topic: str | None, level: str | None) -> int:
    """Approved questions of a topic and a level, None being any."""
    if topic is None and level is None:
        return matrix.total
    if topic is None:
        return matrix.of_level(level)
    return matrix.of_topic(topic) if level is None else matrix.count(topic, level)


def _bank_url(slug: str) -> str:
    return url_for("bank.bank", slug=slug) if "bank.bank" in current_app.view_functions else ""
