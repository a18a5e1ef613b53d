"""What a contest needs before a round of it opens, by the steps in which a contest is put together.

Each line leads to the field that answers it. Opening on the page refuses with the lines that are not met.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from enum import StrEnum

from flask import url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from quiz.bank import browsing
from quiz.bank.queries import find_bank
from quiz.contests.coverage import shortages_of
from quiz.contests.definition import MatrixCell, PaperRule, Way
from quiz.contests.models import Contest, Round
from quiz.contests.queries import list_units
from quiz.entries.list_queries import count_roster
from quiz.organiser.labels import cell_words
from quiz.organiser.pages import Check
from quiz.scoring.ranking import Criterion
from quiz.signin.browser import channels_for, senders
from quiz.signin.provider import provider
from quiz.web.filters import full_time, number


class BuildStep(StrEnum):
    """A part of putting a contest together."""

    ABOUT = "about"
    ENTRY = "entry"
    UNITS = "units"
    ROUND = "round"
    PAPER = "paper"
    RANKING = "ranking"


BUILD_STEPS = {
    BuildStep.ABOUT: _l("Thông tin chung"),
    BuildStep.ENTRY: _l("Quyền dự thi"),
    BuildStep.UNITS: _l("Đơn vị"),
    BuildStep.ROUND: _l("Vòng thi"),
    BuildStep.PAPER: _l("Ma trận đề"),
    BuildStep.RANKING: _l("Xếp hạng, giải"),
}
_PREDICTED = {Criterion.PREDICTION_ERROR, Criterion.PREDICTION_NOT_ABOVE}


def checks_of(contest: Contest, round_: Round, now: datetime) -> list[Check]:
    """What a round needs before it opens, met or not, its own lines first."""
    return [*round_checks(contest, round_, now), *contest_checks(contest)]


def unmet(checks: Iterable[Check]) -> list[Check]:
    """What stands in the way of opening."""
    return [check for check in checks if not check.is_met and not check.is_advice]


def sentence(check: Check) -> str:
    """A line of the checklist as a refusal says it."""
    return f"{check.title}: {check.detail}"


def contest_checks(contest: Contest) -> list[Check]:
    """What concerns the contest as a whole."""
    return [*_about(contest), *_entry(contest), *_ways(contest), *_units(contest)]


def round_checks(contest: Contest, round_: Round, now: datetime) -> list[Check]:
    """What concerns one round; the bank's numbers for every cell of the matrix."""
    edit = url_for("organiser.edit_round", slug=contest.slug, number=round_.number)
    times = _(
        "%(opens)s đến %(closes)s", opens=full_time(round_.opens_at), closes=full_time(round_.closes_at)
    )
    is_past = now >= round_.closes_at
    if is_past:
        times = _("đã qua: %(moment)s", moment=full_time(round_.closes_at))
    checks = [Check(not is_past, _("Giờ mở, giờ đóng"), times, f"{edit}#closes_day", step=BuildStep.ROUND)]
    for paper in round_.settings.papers:
        checks += coverage_checks(paper, f"{edit}#matrix")
    checks += _ranking(round_, edit)
    return checks


def _about(contest: Contest) -> Iterator[Check]:
    settings = contest.settings
    edit = url_for("organiser.edit_contest", slug=contest.slug)
    yield Check(True, _("Tên cuộc thi"), settings.title, f"{edit}#title", step=BuildStep.ABOUT)
    for has, title, found, why, field in (
        (
            settings.organiser,
            _("Cơ quan tổ chức"),
            settings.organiser,
            _("người dự thi cần biết ai tổ chức"),
            "organiser",
        ),
        (
            settings.hotline,
            _("Số điện thoại hỗ trợ"),
            settings.hotline,
            _("người dự thi cần biết gọi số nào"),
            "hotline",
        ),
        (
            settings.decision,
            _("Văn bản ban hành"),
            settings.decision.number if settings.decision else "",
            _("số văn bản giúp người dự thi phân biệt với cuộc thi giả"),
            "decision_number",
        ),
    ):
        yield Check(bool(has), title, found or why, f"{edit}#{field}", is_advice=True, step=BuildStep.ABOUT)


def _entry(contest: Contest) -> Iterator[Check]:
    edit = url_for("organiser.entry_policy", slug=contest.slug)
    if not contest.entry.has_way_to_identity:
        text = _("cách nhận ra một người cần cách vào có tài khoản")
        yield Check(False, _("Cách vào dự thi"), text, f"{edit}#ways", step=BuildStep.ENTRY)
    if contest.entry.uses_roster:
        count = count_roster(contest.id)
        url = url_for("rosters.roster", slug=contest.slug)
        detail = _("%(n)s người", n=number(count)) if count else _("chưa có ai trong danh sách")
        yield Check(count > 0, _("Danh sách được dự thi"), detail, url, step=BuildStep.ENTRY)


def _ways(contest: Contest) -> Iterator[Check]:
    """The ways in that this installation cannot serve: without a sender nobody gets a code."""
    offered, url = contest.entry.ways, url_for("signin.codes_sent")
    can_send = bool(channels_for(contest)) if Way.CODE in offered else bool(senders().channels)
    advice, step = len(offered) > 1, BuildStep.ENTRY
    if not can_send and not {Way.CODE, Way.ACCOUNT}.isdisjoint(offered):
        text = _("chưa có máy gửi tin nên chưa ai nhận được mã")
        yield Check(False, _("Cách vào dự thi"), text, url, is_advice=advice, step=step)
    if Way.OIDC in offered and provider() is None:
        text = _("chưa đặt nơi đăng nhập chung")
        yield Check(False, _("Cách vào dự thi"), text, url, is_advice=advice, step=step)


def _units(contest: Contest) -> Iterator[Check]:
    step = BuildStep.UNITS
    edit = url_for("organiser.entry_policy", slug=contest.slug)
    units = list_units(contest.id)
    if units:
        detail = _("%(n)s đơn vị", n=number(len(units)))
        yield Check(True, _("Cây đơn vị"), detail, edit, step=step)
    elif contest.tree_id is not None:
        yield Check(True, _("Cây đơn vị"), _("lấy vào cuộc thi khi mở vòng đầu tiên"), edit, step=step)
    elif contest.entry.asks("unit"):
        text = _("mẫu đăng ký hỏi đơn vị nhưng cuộc thi chưa có cây")
        yield Check(False, _("Cây đơn vị"), text, f"{edit}#unit", step=step)
    if contest.collective:
        lacking = sum(1 for unit in units if unit.is_leaf and unit.headcount is None)
        if lacking:
            url = url_for("unit_numbers.numbers", slug=contest.slug)
            text = _("%(n)s đơn vị chưa có tổng số người", n=number(lacking))
            yield Check(False, _("Tổng số người"), text, url, is_advice=True, step=step)


def _ranking(round_: Round, edit: str) -> Iterator[Check]:
    settings, step = round_.settings, BuildStep.RANKING
    if settings.practice:
        return
    count = len(settings.ranking)
    yield Check(True, _("Thứ tự xếp hạng"), _("%(n)s tiêu chí", n=count), f"{edit}#xep-hang", step=step)
    if settings.prediction is not None and _PREDICTED.isdisjoint(settings.ranking):
        text = _("có câu dự đoán nhưng thứ tự xếp hạng không dùng đến")
        yield Check(False, _("Câu dự đoán"), text, f"{edit}#target", is_advice=True, step=step)
    prizes = sum(prize.count for prize in settings.all_prizes)
    found = _("%(n)s giải", n=number(prizes)) if prizes else _("chưa có giải cá nhân")
    yield Check(bool(prizes), _("Giải cá nhân"), found, f"{edit}#giai", is_advice=True, step=step)


def coverage_checks(paper: PaperRule, edit_url: str = "") -> list[Check]:
    """One line for each cell of the matrix: so many needed, so many there."""
    bank, step = find_bank(paper.bank), BuildStep.PAPER
    if bank is None:
        text = _("chưa có ngân hàng “%(bank)s”", bank=paper.bank)
        return [Check(False, _("Ngân hàng câu hỏi"), text, edit_url, step=step)]
    shortages = {(s.cell.topic, s.cell.level): s for s in shortages_of(paper)}
    matrix = browsing.matrix(bank.id)
    checks = []
    for cell in paper.matrix or (MatrixCell(None, None, len(paper.fixed)),):
        short = shortages.get((cell.topic, cell.level))
        have = short.available if short else len(paper.fixed) or available(matrix, cell.topic, cell.level)
        detail = _("cần %(wanted)s, có %(have)s", wanted=number(cell.count), have=number(have))
        title = cell_words(cell.topic, cell.level)
        checks.append(Check(short is None, title, detail, edit_url, step=step))
    return checks


def available(matrix: browsing.BankMatrix, topic: str | None, level: str | None) -> int:
    """Approved questions of a topic and a level, None being any."""
    if topic is None and level is None:
        return matrix.total
    if topic is None:
        return matrix.of_level(level)
    return matrix.of_topic(topic) if level is None else matrix.count(topic, level)
