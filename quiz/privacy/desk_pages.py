"""From requests to what organisers see of them."""

from datetime import datetime

from flask import url_for
from flask_babel import gettext as _

from quiz.attempts.queries import count_attempts_by_round
from quiz.contests import queries as contests
from quiz.contests.models import Contest
from quiz.core.emails import mask_email
from quiz.core.national_ids import mask_national_id
from quiz.core.phones import mask_phone
from quiz.core.secrets import Keyring
from quiz.entries.labels import GENDERS
from quiz.entries.queries import get_entry
from quiz.privacy.due_dates import Due, lateness
from quiz.privacy.kinds import Kind, State
from quiz.privacy.labels import KINDS, STATES
from quiz.privacy.models import DataRequest
from quiz.privacy.pages import Facts, QueueLine, RequestPage
from quiz.privacy.service import correction_in, wish_of
from quiz.web.filters import day


def queue_line(contest: Contest, asked: DataRequest, now: datetime) -> QueueLine:
    """A request in the list."""
    late = lateness(
        Due(asked.answer_by, asked.done_by),
        answered_at=asked.answered_at,
        closed_at=asked.closed_at,
        now=now,
    )
    return QueueLine(
        id=asked.id,
        what=str(KINDS[Kind(asked.kind)]),
        state=str(STATES[State(asked.state)]),
        name=get_entry(contest.id, asked.entry_id).name,
        asked_at=asked.asked_at,
        answer_by=asked.answer_by,
        done_by=asked.done_by,
        answered_at=asked.answered_at,
        closed_at=asked.closed_at,
        is_answer_late=late.answer,
        is_deed_late=late.deed,
        url=url_for("privacy_desk.data_request", slug=contest.slug, request_id=asked.id),
    )


def request_page(contest: Contest, asked: DataRequest, keyring: Keyring, now: datetime) -> RequestPage:
    """One request with what was written, and what doing it means."""
    return RequestPage(
        line=queue_line(contest, asked, now),
        is_waiting=asked.state == State.WAITING.value,
        erases=asked.kind == Kind.ERASE.value,
        wish=_wish(asked, keyring),
        answer=asked.answer,
        entrant_url=url_for("organiser.entrant", slug=contest.slug, entry_id=asked.entry_id),
        effects=_effects(contest, asked),
    )


def _wish(asked: DataRequest, keyring: Keyring) -> Facts:
    """What the person wants, numbers masked: the organisers compare, they need not know them."""
    wish = wish_of(asked, keyring)
    correction, words = correction_in(wish), wish.get("words", "")
    lines = (
        (_("Họ và tên mới"), correction.name),
        (_("Ngày sinh mới"), day(correction.birth_date) if correction.birth_date else None),
        (_("Số điện thoại mới"), mask_phone(correction.phone) if correction.phone else None),
        (_("Số căn cước mới"), mask_national_id(correction.national_id) if correction.national_id else None),
        (_("Giới tính mới"), str(GENDERS[correction.gender]) if correction.gender else None),
        (_("Thư điện tử mới"), mask_email(correction.email) if correction.email else None),
        (_("Nơi công tác, học tập mới"), correction.workplace),
        (_("Địa chỉ mới"), correction.address),
        (_("Viết"), words),
    )
    return tuple((label, value) for label, value in lines if value)


def _effects(contest: Contest, asked: DataRequest) -> tuple[str, ...]:
    if asked.kind != Kind.ERASE.value:
        return ()
    counts = count_attempts_by_round(contest.id, [asked.entry_id])
    rounds = {one.number: one.settings.name for one in contests.list_rounds(contest)}
    sittings = [
        _("%(round)s: %(n)s lượt vẫn được tính, không còn tên.", round=rounds.get(number, ""), n=count)
        for (_entry, number), count in sorted(counts.items())
    ]
    return (
        _("Họ tên, ngày sinh, điện thoại, số căn cước, mọi mục đã khai và các mã so trùng bị xóa hẳn."),
        *sittings,
        _("Người này không vào lại được bài thi và không nhận giải."),
        _("Không làm ngược lại được."),
    )
