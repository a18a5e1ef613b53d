"""The states of a round with who and when: people's steps from the log, the clock's own between them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from quiz.approvals.states import Kind
from quiz.audit.models import AuditEvent
from quiz.audit.queries import list_events_of
from quiz.audit.service import Action
from quiz.contests.models import Contest, Round
from quiz.contests.phases import RoundAction
from quiz.contests.timeline import Step, clock_steps

_STEPS = {
    Action.ROUND_OPENED: RoundAction.OPEN,
    Action.ROUND_PAUSED: RoundAction.PAUSE,
    Action.ROUND_RESUMED: RoundAction.RESUME,
    Action.ROUND_CLOSED: RoundAction.CLOSE,
    Action.ROUND_FROZEN: RoundAction.FREEZE,
    Action.ROUND_PUBLISHED: RoundAction.PUBLISH,
}
_BETWEEN = {
    Action.APPROVAL_ASKED: _l("Đề nghị công bố"),
    Action.APPROVAL_DECLINED: _l("Không duyệt công bố"),
    Action.APPROVAL_WITHDRAWN: _l("Rút đề nghị công bố"),
    Action.APPROVAL_LAPSED: _l("Đề nghị công bố hết hiệu lực"),
}
_WORDS = {
    RoundAction.OPEN: _l("Mở"),
    RoundAction.PAUSE: _l("Tạm dừng"),
    RoundAction.RESUME: _l("Chạy tiếp"),
    RoundAction.CLOSE: _l("Đóng, đang xét kết quả"),
    RoundAction.FREEZE: _l("Chốt kết quả"),
    RoundAction.PUBLISH: _l("Công bố kết quả"),
}
_ALONE = {
    Action.NUMBER_COUNTED_AGAIN: _l("Tính lại số thực tế"),
    Action.KEY_CORRECTED: _l("Sửa đáp án đã chấm"),
}


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """Something that became of the round. `who` is empty for the clock."""

    at: datetime
    what: str
    who: str
    note: str = ""


def history_of(contest: Contest, round_: Round, now: datetime) -> tuple[HistoryLine, ...]:
    """What became of the round, in the order of time."""
    wanted = [*_STEPS, *_BETWEEN, *_ALONE]
    events = list_events_of(contest.id, f"round {round_.number}", [one.value for one in wanted])
    lines = [*_by_people(round_, events), *_by_clock(round_, events, now)]
    return tuple(sorted(lines, key=lambda line: line.at))


def _by_people(round_: Round, events: Sequence[AuditEvent]) -> Iterator[HistoryLine]:
    for event in events:
        action = Action(event.action)
        if action in _STEPS:
            step = _STEPS[action]
            is_planned = step is RoundAction.OPEN and event.at < round_.opens_at
            what = _("Lên lịch mở") if is_planned else str(_WORDS[step])
            yield HistoryLine(event.at, what, event.actor_name, _note(event))
        elif action in _ALONE:
            yield HistoryLine(event.at, str(_ALONE[action]), event.actor_name, event.detail.get("reason", ""))
        elif event.detail.get("wanted") == Kind.PUBLISH.value:
            reason = event.detail.get("reason", "")
            yield HistoryLine(event.at, str(_BETWEEN[action]), event.actor_name, reason)


def _by_clock(round_: Round, events: Sequence[AuditEvent], now: datetime) -> Iterator[HistoryLine]:
    taken = [
        Step(_STEPS[Action(event.action)], event.at) for event in events if Action(event.action) in _STEPS
    ]
    for step in clock_steps(round_.window, taken, now):
        yield HistoryLine(step.at, str(_WORDS[step.action]), "", _("theo giờ đã đặt"))


def _note(event: AuditEvent) -> str:
    """Who asked, by which decision; that nobody else was asked."""
    detail, parts = event.detail, []
    if "asked_by" in detail:
        parts.append(_("%(who)s đề nghị", who=detail["asked_by"]))
    if "second_person" in detail:
        parts.append(_("từ dòng lệnh máy chủ, không có người thứ hai"))
    if "decision" in detail:
        parts.append(_("Quyết định số %(number)s", number=detail["decision"]))
    return ", ".join(parts)
