"""From the boards to the scenes of the large screen."""

from collections.abc import Callable, Mapping
from datetime import datetime
from urllib.parse import urlsplit

from flask import url_for
from flask_babel import gettext as _

from quiz.attempts.queries import count_running
from quiz.contests import queries as contests
from quiz.contests.models import Contest, ContestUnit, Round
from quiz.contests.pages import criteria_words
from quiz.contests.phases import Phase
from quiz.core.errors import NotFound
from quiz.screens.boards import people_lines, unit_boards
from quiz.screens.options import Scene, ScreenOptions
from quiz.screens.pages import AnyScene, BoardLine, BoardScene, Countdown, CountScene, Display, EnterScene
from quiz.sharing.codes import qr_inline
from quiz.sharing.figures import open_figures
from quiz.standings.scopes import Kind, list_scopes, round_scope
from quiz.web.filters import clock_time, day, local, number, weekday

ROWS = 8  # lines that can be read from the back of a hall
_MOST_PAGES = 2  # of one board, one after the other
_MOST_BOARDS = 8  # of units, and of combined lists
_OPEN = (Phase.OPEN, Phase.RESTING, Phase.PAUSED)


def display(contest: Contest, options: ScreenOptions, now: datetime) -> Display:
    """The whole screen. Raises NotFound where the address names a round or unit that there is not."""
    round_, unit = shown_round(contest, options.round_number, now), shown_unit(contest, options.unit)
    address = url_for("public.contest", slug=contest.slug, _external=True)
    scenes = [scene for name in options.scenes for scene in _SCENES[name](contest, round_, unit, now)]
    offset = local(now).utcoffset()
    return Display(
        slug=contest.slug,
        title=contest.settings.title,
        place=unit.name if unit else "",
        address=_spoken(address),
        # A screen is never dark: where nothing may be shown it says what it is about.
        scenes=tuple(scenes) or _enter(contest, round_, unit, now),
        seconds=options.seconds,
        now=now,
        offset_minutes=round(offset.total_seconds() / 60) if offset else 0,
    )


def shown_round(contest: Contest, number_: int | None, now: datetime) -> Round | None:
    """The round that is asked for, or the one that matters now. Raises NotFound."""
    if number_ is None:
        return contests.current_round(contest, now)
    round_ = contests.get_public_round(contest, number_)
    if not round_.counts:
        raise NotFound("round")
    return round_


def shown_unit(contest: Contest, code: str) -> ContestUnit | None:
    """The unit that is asked for. Raises NotFound."""
    unit = contests.find_unit(contest.id, code) if code else None
    if code and unit is None:
        raise NotFound("unit")
    return unit


def _people(
    contest: Contest, round_: Round | None, unit: ContestUnit | None, now: datetime
) -> tuple[AnyScene, ...]:
    if round_ is None or not _has_board(round_, now):
        return ()
    title = _("Dẫn đầu %(round)s", round=round_.settings.name)
    lines = people_lines(contest, round_scope(round_, now), now, unit=unit, limit=ROWS * _MOST_PAGES)
    return _pages("people", title, _held(round_, now) or _("số câu đúng, thời gian làm bài"), lines)


def _lists(
    contest: Contest, round_: Round | None, unit: ContestUnit | None, now: datetime
) -> tuple[AnyScene, ...]:
    """The combined lists that may be seen and have lines."""
    del round_  # a list has rounds of its own
    scenes: list[AnyScene] = []
    for scope in list_scopes(contest, now):
        if scope.kind is not Kind.LIST:
            continue
        lines = people_lines(contest, scope, now, unit=unit, limit=ROWS * _MOST_PAGES)
        if lines:
            order = ", ".join(criteria_words(scope.criteria)[:2])
            scenes += _pages("people", _("Dẫn đầu %(round)s", round=scope.name), order, lines)
    return tuple(scenes[:_MOST_BOARDS])


def _units(
    contest: Contest, round_: Round | None, unit: ContestUnit | None, now: datetime
) -> tuple[AnyScene, ...]:
    if round_ is None or not _has_board(round_, now):
        return ()
    boards, held = unit_boards(contest, round_, now, unit=unit, limit=ROWS * _MOST_PAGES), _held(round_, now)
    scenes: list[AnyScene] = []
    for words, formula, lines in boards[:_MOST_BOARDS]:
        title = _("Đơn vị dẫn đầu %(round)s", round=round_.settings.name)
        title = f"{round_.settings.name} · {words}" if words else title
        # Of many boards each has one page, or the hall would wait for minutes.
        shown = lines if len(boards) == 1 else lines[:ROWS]
        scenes += _pages("units", title, f"{formula}, {held}" if held else formula, shown)
    return tuple(scenes)


def _held(round_: Round, now: datetime) -> str:
    """What is said of a board that stands still before the round closes."""
    since = round_.held_since(now)
    return _("bảng giữ nguyên từ %(time)s", time=clock_time(since)) if since else ""


def _pages(kind: str, title: str, note: str, lines: tuple[BoardLine, ...]) -> tuple[AnyScene, ...]:
    parts = [lines[start : start + ROWS] for start in range(0, len(lines), ROWS)]
    # A second page for one or two lines would stand half empty for its whole turn.
    return tuple(BoardScene(kind, title, note, part) for part in parts if part is parts[0] or len(part) > 2)


def _has_board(round_: Round, now: datetime) -> bool:
    return round_.counts and round_.window.phase(now) is not Phase.SCHEDULED


def _counts(
    contest: Contest, round_: Round | None, unit: ContestUnit | None, now: datetime
) -> tuple[AnyScene, ...]:
    if round_ is None:
        return ()
    del unit  # the counts are the contest's; a unit's own stand on its board
    shown, name = open_figures(contest, round_, now), round_.settings.name
    counts = [
        (number(value), words)
        for value, words in (
            (shown.people, _("Người dự thi %(round)s", round=name)),
            (shown.attempts, _("Lượt thi %(round)s", round=name)),
        )
        if value is not None
    ]
    strip = []
    # How many are at work adds up to attempts and people: it is shown where both are.
    if round_.window.phase(now) in _OPEN and len(counts) == 2:
        running = count_running(contest.id, now, round_.number)
        strip = [(number(running), _("người đang làm bài"))] if running else []
    countdown = _countdown(round_, now)
    if not counts and countdown is None:
        return ()
    return (CountScene("counts", name, tuple(counts), tuple(strip), countdown),)


def _countdown(round_: Round, now: datetime) -> Countdown | None:
    phase, name = round_.window.phase(now), round_.settings.name
    if phase is Phase.SCHEDULED:
        return Countdown(round_.opens_at, _("đến khi %(round)s mở", round=name), _moment(round_.opens_at))
    if phase is Phase.OPEN:
        return Countdown(round_.closes_at, _("đến khi %(round)s đóng", round=name), _moment(round_.closes_at))
    if phase is Phase.RESTING and (reopens_at := round_.window.reopens_at(now)) is not None:
        return Countdown(reopens_at, _("đến giờ thi tiếp của %(round)s", round=name), _moment(reopens_at))
    return None


def _moment(at: datetime) -> str:
    return f"{clock_time(at)} {weekday(at)} {day(at)}"


def _enter(
    contest: Contest, round_: Round | None, unit: ContestUnit | None, now: datetime
) -> tuple[AnyScene, ...]:
    phase = round_.window.phase(now) if round_ else Phase.SCHEDULED
    address = url_for("public.contest", slug=contest.slug, _external=True)
    if round_ is None or phase.is_over:
        title = _("Quét mã để xem kết quả")
        steps: tuple[str, ...] = (_("Mở máy ảnh hoặc Zalo, hướng vào mã"),)
    else:
        title = _("Quét mã để vào thi") if phase in _OPEN else _("Quét mã để đăng ký trước")
        steps = (
            _("Mở máy ảnh hoặc Zalo, hướng vào mã"),
            _("Khai thông tin dự thi, chọn đơn vị") if unit is None else _("Chọn %(unit)s", unit=unit.name),
            _paper(round_),
        )
    return (EnterScene("enter", title, steps, _spoken(address), qr_inline(address)),)


def _paper(round_: Round) -> str:
    definition = round_.settings
    questions = definition.paper.question_count
    if definition.minutes:
        return _("Trả lời %(n)s câu trong %(minutes)s phút", n=questions, minutes=definition.minutes)
    return _("Trả lời %(n)s câu", n=questions)


def _spoken(address: str) -> str:
    parts = urlsplit(address)
    return parts.netloc + parts.path


_Maker = Callable[[Contest, Round | None, ContestUnit | None, datetime], tuple[AnyScene, ...]]
_SCENES: Mapping[Scene, _Maker] = {
    Scene.UNITS: _units,
    Scene.PEOPLE: _people,
    Scene.LISTS: _lists,
    Scene.COUNTS: _counts,
    Scene.ENTER: _enter,
}
