"""One attempt on a line of time: what the system has kept of it, and nothing that it has not.

Of saves there are the last one and its number alone: a save replaces the sheet (ADR 0002).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask_babel import gettext as _

from quiz.accounts.queries import names_of
from quiz.attempts.closing import BY_ENTRANT
from quiz.attempts.deadlines import Scope, list_extensions
from quiz.attempts.models import Attempt, Extension
from quiz.attempts.queries import list_former_results
from quiz.audit.queries import list_times
from quiz.audit.service import Action
from quiz.complaints.queries import list_complaints_of
from quiz.contests.models import Contest, ContestUnit, Round
from quiz.contests.queries import list_units
from quiz.entries.models import Entry
from quiz.vetting.integrity_queries import find_annulment, find_objection
from quiz.web.filters import duration, full_time, number

_LONG_SILENCE = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class StoryLine:
    """Something that happened. `kind` is a word for files."""

    at: datetime
    kind: str
    what: str
    note: str = ""


def story_of(contest: Contest, round_: Round, entry: Entry, attempt: Attempt) -> tuple[StoryLine, ...]:
    """Everything known about the attempt, the oldest first."""
    lines = [
        *_sitting(attempt),
        *_returns(contest, attempt),
        *_extensions(contest, entry, attempt),
        *_end(attempt),
        *_corrections(contest, attempt),
        *_void(contest, attempt),
        *_complaints(contest, entry, round_),
    ]
    return tuple(sorted(lines, key=lambda line: line.at))


def _sitting(attempt: Attempt) -> Iterator[StoryLine]:
    note = _("đề có %(n)s câu", n=attempt.question_count)
    yield StoryLine(attempt.started_at, "opened", _("Vào thi"), note)
    if attempt.saved_at is not None:
        answered = sum(1 for choices in _answers(attempt).values() if choices)
        note = _(
            "%(answered)s/%(total)s câu đã chọn trong bản này",
            answered=answered,
            total=attempt.question_count,
        )
        what = _("Lần lưu cuối cùng, bản số %(n)s", n=number(attempt.revision))
        yield StoryLine(attempt.saved_at, "saved", what, note)
    if attempt.late_at is not None:
        note = _("đến sau khi hết giờ nên không tính, giữ lại để đối chiếu")
        yield StoryLine(attempt.late_at, "late", _("Bản lưu đến muộn"), note)


def _answers(attempt: Attempt) -> dict[str, object]:
    return attempt.answers if isinstance(attempt.answers, dict) else {}


def _returns(contest: Contest, attempt: Attempt) -> Iterator[StoryLine]:
    """The log names the person, not the attempt: what falls into its time."""
    until = attempt.closed_at or attempt.accepts_until
    for at in list_times(contest.id, Action.ENTRANT_RETURNED.value, attempt.entry_id):
        if attempt.started_at <= at <= until:
            note = _("bằng số điện thoại và ngày sinh đã đăng ký")
            yield StoryLine(at, "returned", _("Vào lại trên thiết bị khác"), note)


def _extensions(contest: Contest, entry: Entry, attempt: Attempt) -> Iterator[StoryLine]:
    until = attempt.closed_at or attempt.accepts_until
    given = [
        one
        for one in list_extensions(contest.id, attempt.round_number)
        if attempt.started_at <= one.given_at <= until and _concerns(one, contest, entry)
    ]
    names = names_of(one.staff_id for one in given if one.staff_id is not None)
    for one in given:
        minutes = duration(one.seconds * 1000)
        what = _("Bù giờ tạm dừng: %(time)s", time=minutes)
        if one.kind == "time":
            what = _("Thêm giờ: %(time)s", time=minutes)
        who = names.get(one.staff_id, "") if one.staff_id is not None else ""
        yield StoryLine(one.given_at, "time_added", what, " · ".join(filter(None, (who, one.reason))))


def _concerns(extension: Extension, contest: Contest, entry: Entry) -> bool:
    if extension.scope == Scope.ENTRY.value:
        return extension.target_id == entry.id
    if extension.scope == Scope.ROUND.value:
        return True
    units: dict[int, ContestUnit] = {unit.id: unit for unit in list_units(contest.id)}
    own, target = units.get(entry.unit_id or 0), units.get(extension.target_id or 0)
    return own is not None and target is not None and own.path.startswith(target.path)


def _end(attempt: Attempt) -> Iterator[StoryLine]:
    if attempt.closed_at is None:
        return
    note = ""
    if attempt.correct_count is not None and attempt.duration_ms is not None:
        note = _(
            "%(n)s/%(total)s câu đúng, %(time)s",
            n=attempt.correct_count,
            total=attempt.question_count,
            time=duration(attempt.duration_ms),
        )
    if attempt.closed_by == BY_ENTRANT:
        yield StoryLine(
            attempt.submitted_at or attempt.closed_at, "submitted", _("Người dự thi nộp bài"), note
        )
        return
    yield StoryLine(
        attempt.submitted_at or attempt.closed_at, "time_over", _("Hết giờ, nộp bản đã lưu"), note
    )


def _corrections(contest: Contest, attempt: Attempt) -> Iterator[StoryLine]:
    for change, former in list_former_results(contest.id, attempt.entry_id):
        if change.round_number == attempt.round_number and former.attempt_id == attempt.id:
            note = _("trước đó %(n)s câu đúng; %(reason)s", n=former.correct_count, reason=change.reason)
            yield StoryLine(change.applied_at, "regraded", _("Sửa đáp án, tính lại bài"), note)


def _void(contest: Contest, attempt: Attempt) -> Iterator[StoryLine]:
    if attempt.voided_at is None:
        return
    annulment = find_annulment(attempt)
    if annulment is None:
        yield StoryLine(
            attempt.voided_at, "given_back", _("Trả lại lượt, không tính"), attempt.void_reason or ""
        )
        return
    yield StoryLine(attempt.voided_at, "annulled", _("Hủy bài"), annulment.reason)
    if objection := find_objection(contest.id, annulment.id, attempt.entry_id):
        yield StoryLine(objection.objected_at, "objected", _("Người dự thi có ý kiến về việc hủy"))
        if objection.answered_at is not None:
            yield StoryLine(objection.answered_at, "objection_answered", _("Trả lời ý kiến"))


def _complaints(contest: Contest, entry: Entry, round_: Round) -> Iterator[StoryLine]:
    """About the round, whichever attempt is meant; what was written stands on the complaint's own page."""
    for one in list_complaints_of(contest.id, entry.id):
        if one.round_number == round_.number:
            due = _("hạn trả lời %(moment)s", moment=full_time(one.due_at))
            yield StoryLine(one.made_at, "complained", _("Khiếu nại số %(n)s về vòng", n=one.number), due)
            if one.answered_at is not None:
                what = _("Trả lời khiếu nại số %(n)s", n=one.number)
                yield StoryLine(one.answered_at, "complaint_answered", what, one.answered_name or "")


def silence_of(attempt: Attempt) -> timedelta | None:
    """How long before the end nothing was saved any more, where that is long; None else or without an end."""
    if attempt.closed_at is None:
        return None
    end = attempt.submitted_at or attempt.closed_at
    quiet = end - (attempt.saved_at or attempt.started_at)
    return quiet if quiet >= _LONG_SILENCE else None
