"""Signs of the system's health beside a round's figures: when to call whoever looks after the machine."""

import shutil
from collections.abc import Iterator
from datetime import datetime, timedelta

from flask import current_app
from flask_babel import gettext as _

from quiz.attempts.line import known_line
from quiz.attempts.queries import count_overdue
from quiz.audit.queries import find_last_time
from quiz.audit.service import Action
from quiz.core.signs import measure_database
from quiz.jobs.queries import queue_figures
from quiz.organiser.pages import HealthLine
from quiz.standings.cache import ShortCache
from quiz.web.filters import full_time, number, percent
from quiz.web.guards import starts_per_second

_OVERDUE = timedelta(minutes=5)
_SLOW_SECONDS = 0.5
_LONG_WAIT = timedelta(minutes=2)
_MOST_AHEAD = timedelta(seconds=2)
_LEAST_FREE = 0.1
_OLD_BACKUP = timedelta(hours=26)

_kept: ShortCache[tuple[HealthLine, ...]] = ShortCache(timedelta(seconds=10))


def health_lines(now: datetime) -> tuple[HealthLine, ...]:
    """The signs, at most ten seconds old; five statements."""
    return _kept.get("health", now, lambda: tuple(_lines(now)))


def _lines(now: datetime) -> Iterator[HealthLine]:
    signs = measure_database()
    yield HealthLine(
        signs.seconds < _SLOW_SECONDS,
        _("Cơ sở dữ liệu trả lời"),
        _("%(n)s giây", n=number(signs.seconds, 3)),
    )
    yield _door(now)
    overdue = count_overdue(now - _OVERDUE)
    yield HealthLine(
        not overdue,
        _("Bài hết giờ chưa chấm"),
        number(overdue),
        _("việc dọn định kỳ không chạy: gọi người quản trị hệ thống") if overdue else "",
    )
    yield _jobs(now)
    yield _disk()
    yield _backup(now)
    if signs.ahead is not None:
        seconds = abs(signs.ahead.total_seconds())
        yield HealthLine(
            abs(signs.ahead) < _MOST_AHEAD,
            _("Đồng hồ máy chủ lệch với cơ sở dữ liệu"),
            _("%(n)s giây", n=number(seconds, 2)),
        )


def _door(now: datetime) -> HealthLine:
    line = known_line()
    waiting = line.waiting(now, starts_per_second()) if line is not None else 0
    note = _("đang có nhiều người vào; ai cũng được gọi theo thứ tự") if waiting else ""
    return HealthLine(True, _("Người chờ ở cửa vào"), number(waiting), note)


def _jobs(now: datetime) -> HealthLine:
    queue = queue_figures(now, now - timedelta(days=1))
    is_stuck = queue.oldest is not None and now - queue.oldest > _LONG_WAIT and not queue.working
    value = _("%(waiting)s chờ, %(working)s đang làm", waiting=queue.waiting, working=queue.working)
    if is_stuck:
        note = _("không máy nào nhận việc: gọi người quản trị hệ thống")
    elif queue.failed:
        note = _("%(n)s việc hỏng trong một ngày qua", n=number(queue.failed))
    else:
        note = ""
    return HealthLine(not is_stuck and not queue.failed, _("Việc chạy nền"), value, note)


def _disk() -> HealthLine:
    usage = shutil.disk_usage(current_app.config["SETTINGS"].var)
    share = usage.free / usage.total
    value = _("%(n)s GB, %(share)s", n=number(usage.free / 10**9, 1), share=percent(share))
    return HealthLine(share > _LEAST_FREE, _("Đĩa còn trống"), value)


def _backup(now: datetime) -> HealthLine:
    """The last one of `flask backup`; where it is not used nothing is known."""
    made_at = find_last_time(Action.BACKUP_MADE)
    if made_at is None:
        return HealthLine(None, _("Sao lưu gần nhất"), _("chưa biết"))
    is_old = now - made_at > _OLD_BACKUP
    note = _("đã quá một ngày") if is_old else ""
    return HealthLine(not is_old, _("Sao lưu gần nhất"), full_time(made_at), note)
