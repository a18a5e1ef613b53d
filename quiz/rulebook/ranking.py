"""Articles about places, units and prizes, with people made up to show how equals are told apart."""

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from quiz.contests import labels
from quiz.contests.collective_labels import collective_sentences
from quiz.contests.definition import (
    AwardRule,
    CollectiveDefinition,
    ContestDefinition,
    EntryPolicy,
    ListDefinition,
    Prize,
    PublishRule,
    RoundDefinition,
    Take,
)
from quiz.contests.pages import criteria_words
from quiz.rulebook.articles import Grid, Part, alike
from quiz.scoring.prizes import Exclusive
from quiz.scoring.ranking import Criterion, Facts
from quiz.scoring.tie_examples import Example, Paper, tie_example
from quiz.web.filters import duration, number, short_time

_LETTERS = "ABCDEFGHIJKLMNOP"
_HEADS = {
    Criterion.ALL_CORRECT: _l("Đúng tất cả"),
    Criterion.SCORE: _l("Câu đúng"),
    Criterion.CORRECT_COUNT: _l("Câu đúng"),
    Criterion.PREDICTION_ERROR: _l("Dự đoán lệch"),
    Criterion.PREDICTION_NOT_ABOVE: _l("Dự đoán cao hơn số thực tế"),
    Criterion.DURATION: _l("Thời gian làm bài"),
    Criterion.SUBMITTED_AT: _l("Nộp lúc"),
    Criterion.ATTEMPTS: _l("Số lượt"),
    Criterion.REGISTERED_AT: _l("Đăng ký lúc"),
    Criterion.FIRST_START: _l("Bắt đầu lượt đầu lúc"),
    Criterion.TIMES_AT_BEST: _l("Số lần đạt kết quả cao nhất"),
}
_EXCLUSIVE = {
    Exclusive.ONCE: _l("Mỗi người nhận nhiều nhất một giải trong cả cuộc thi; sau đó nhường người kế tiếp."),
    Exclusive.HIGHEST: _l("Người đã có giải chỉ nhận thêm giải cao hơn giải đang có."),
}


def _yes_no(value: bool) -> str:
    return str(_("có") if value else _("không"))


def _moment(milliseconds: int) -> str:
    return short_time(datetime.fromtimestamp(milliseconds / 1000, UTC))


CELLS: dict[Criterion, Callable[[Facts], str]] = {
    Criterion.ALL_CORRECT: lambda facts: _yes_no(facts.all_correct),
    Criterion.SCORE: lambda facts: f"{facts.correct_count}/{facts.total}",
    Criterion.CORRECT_COUNT: lambda facts: f"{facts.correct_count}/{facts.total}",
    Criterion.PREDICTION_ERROR: lambda facts: (
        "–" if facts.prediction_error is None else number(facts.prediction_error)
    ),
    Criterion.PREDICTION_NOT_ABOVE: lambda facts: _yes_no(facts.is_above),
    Criterion.DURATION: lambda facts: duration(facts.duration_ms),
    Criterion.SUBMITTED_AT: lambda facts: _moment(facts.submitted_ms),
    Criterion.ATTEMPTS: lambda facts: number(facts.attempts),
    Criterion.REGISTERED_AT: lambda facts: _moment(facts.registered_ms),
    Criterion.FIRST_START: lambda facts: _moment(facts.first_start_ms),
    Criterion.TIMES_AT_BEST: lambda facts: number(facts.times_at_best),
}


def columns(ranking: Sequence[Criterion]) -> tuple[tuple[str, Criterion], ...]:
    """Headings of a table that shows what is compared, each once, in the order of comparing."""
    chosen: dict[str, Criterion] = {}
    for criterion in ranking:
        chosen.setdefault(str(_HEADS[criterion]), criterion)
    return tuple(chosen.items())


def people(definition: ContestDefinition) -> tuple[Part, ...]:
    """How people are ranked in the rounds that count, and in the combined lists."""
    counting = [one for one in definition.rounds if not one.practice]
    # One day for all examples: rounds that are ranked alike must read alike.
    opens_ms = round(counting[0].opens_at.timestamp() * 1000) if counting else 0
    return (
        *alike(counting, lambda one: _round(one, opens_ms)),
        *(_list(one, definition.rounds) for one in definition.lists),
    )


def _round(definition: RoundDefinition, opens_ms: int) -> Part:
    ranking = definition.ranking
    clauses = []
    if Criterion.ALL_CORRECT in ranking:
        clauses.append(_("Chỉ xếp hạng người trả lời đúng tất cả các câu."))
    if len(ranking) > 1:
        clauses.append(_("So lần lượt theo thứ tự dưới đây; chỉ xét dòng sau khi các dòng trước bằng nhau."))
    steps = tuple(_capital(words) for words in criteria_words(ranking))
    after = [_("Bằng nhau ở mọi dòng thì cùng hạng, hạng tiếp theo bỏ trống (1, 2, 2, 4).")]
    if Criterion.DURATION in ranking:
        after.append(
            _("Thời gian làm bài tính từ lúc mở đề đến lúc nộp, theo giờ máy chủ, bỏ phần lẻ của giây.")
        )
    paper = Paper(
        definition.paper.question_count, definition.minutes, opens_ms, definition.attempts.limit != 1
    )
    lines = tie_example(ranking, paper)
    return Part(
        clauses=tuple(clauses),
        steps=steps,
        grids=(_example(ranking, lines),),
        after=(*_reasons(lines), *after),
    )


def _example(ranking: Sequence[Criterion], lines: Sequence[Example]) -> Grid:
    shown = columns(ranking)
    rows = tuple(
        (
            _LETTERS[index],
            *(CELLS[criterion](line.facts) for _head, criterion in shown),
            str(line.rank) if line.rank is not None else str(_("không xếp")),
        )
        for index, line in enumerate(lines)
    )
    head = (_("Người"), *(head for head, _criterion in shown), _("Hạng"))
    return Grid(_("Ví dụ với những người giả định"), head, rows)


def _reasons(lines: Sequence[Example]) -> Iterator[str]:
    """Why each but the first stands where they stand, a sentence each."""
    for index, line in enumerate(lines):
        above, below = _LETTERS[index - 1], _LETTERS[index]
        if line.rank is None:
            yield str(_("%(below)s chưa đúng tất cả các câu nên không xếp hạng.", below=below))
        elif index and line.decided_by is None:
            yield str(
                _("%(above)s và %(below)s bằng nhau ở mọi dòng nên cùng hạng.", above=above, below=below)
            )
        elif line.decided_by is not None:
            words = str(labels.CRITERIA[line.decided_by])
            first = _("%(above)s đứng trên %(below)s vì %(words)s", above=above, below=below, words=words)
            equal = _("các dòng xét trước bằng nhau")
            yield f"{first}." if line.decided_by is lines[1].decided_by else f"{first}; {equal}."


def _list(rule: ListDefinition, rounds: Sequence[RoundDefinition]) -> Part:
    names = {one.number: one.name for one in rounds}
    clauses = [
        _(
            "Bảng chung “%(name)s” của %(rounds)s: %(take)s.",
            name=rule.name,
            rounds=", ".join(names.get(number_, str(number_)) for number_ in rule.rounds),
            take=labels.TAKES[rule.take],
        )
    ]
    if rule.take is Take.BEST:
        clauses.append(_("Trong các lượt đó, %(counts)s.", counts=labels.COUNTS[rule.counts]))
    if rule.min_rounds > 1:
        clauses.append(_("Người dự thi ít nhất %(n)s vòng mới có hạng.", n=number(rule.min_rounds)))
    clauses.append(_("Người tính một lần, lượt tính một lần, dù có trong nhiều vòng."))
    if Criterion.PREDICTION_ERROR in rule.ranking:
        clauses.append(
            _(
                "Dự đoán của bảng chung là tổng chênh lệch dự đoán của các vòng đã thi; vòng không thi thì "
                "không cộng, thi mà không dự đoán thì xếp sau."
            )
        )
    steps = tuple(_capital(words) for words in criteria_words(rule.ranking))
    return Part(title=rule.name, clauses=tuple(clauses), steps=steps)


def units(definition: ContestDefinition) -> tuple[Part, ...]:
    """How units are ranked, one part for each collective rule."""
    categories = definition.entry.categories
    lists = {one.number: one.name for one in definition.lists}
    return tuple(
        Part(title=rule.name, clauses=tuple(collective_sentences(rule, categories, lists)))
        for rule in definition.collective
    )


def prizes(definition: ContestDefinition) -> tuple[Part, ...]:
    """The prizes of rounds, lists and units."""
    counting = [one for one in definition.rounds if not one.practice]
    parts = alike(counting, lambda one: Part(clauses=tuple(_round_prizes(one, definition.entry))))
    lists = tuple(
        Part(title=one.name, clauses=(_prizes(one.prizes),)) for one in definition.lists if one.prizes
    )
    collective = tuple(
        Part(title=one.name, clauses=tuple(_unit_prizes(one))) for one in definition.collective if one.prizes
    )
    return (*parts, *lists, *collective)


def _unit_prizes(rule: CollectiveDefinition) -> Iterator[str]:
    yield _prizes(rule.prizes)
    if rule.divisions or rule.bands:
        yield str(_("Mỗi bảng có đủ các giải này."))


def _round_prizes(definition: RoundDefinition, entry: EntryPolicy) -> Iterator[str]:
    if definition.prizes:
        yield _prizes(definition.prizes)
    for rule in definition.categories:
        name = entry.category_name(rule.code)
        if rule.prizes:
            yield f"{name}: {_prizes(rule.prizes)}"
        if rule.most is not None:
            yield _("%(name)s nhận nhiều nhất %(n)s giải của vòng.", name=name, n=number(rule.most))
    if definition.prizes or any(rule.prizes for rule in definition.categories):
        yield from _award_rule(definition.awarding)


def _award_rule(rule: AwardRule) -> Iterator[str]:
    if rule.all_correct:
        yield _("Chỉ trao giải cho người đúng tất cả các câu.")
    if rule.cap_percent is not None:
        yield _("Số giải không quá %(n)s%% số người dự thi của vòng.", n=rule.cap_percent)
    if rule.exclusive is not Exclusive.NO:
        yield str(_EXCLUSIVE[rule.exclusive])


def _prizes(of: Sequence[Prize]) -> str:
    return (
        ", ".join(
            f"{number(prize.count)} {prize.name} ({prize.amount})"
            if prize.amount
            else f"{number(prize.count)} {prize.name}"
            for prize in of
        )
        + "."
    )


def publication(definition: ContestDefinition) -> tuple[Part, ...]:
    """When the own score and the key are shown, how results become official, how to complain."""
    counting = [one for one in definition.rounds if not one.practice]
    after = []
    if definition.settings.two_persons:
        after.append(_("Kết quả và đáp án sửa lại do hai người của Ban Tổ chức cùng duyệt."))
    if days := definition.settings.complaints_days:
        after.append(
            _("Khiếu nại kết quả trong %(n)s ngày kể từ khi công bố; có trả lời trên trang này.", n=days)
        )
    return (*alike(counting, lambda one: Part(clauses=_publish(one.publish))), Part(clauses=tuple(after)))


def _publish(rule: PublishRule) -> tuple[str, ...]:
    return (
        _("Người dự thi xem điểm của mình: %(when)s.", when=labels.PUBLISH_TIMES[rule.score]),
        _("Đáp án: %(when)s.", when=labels.PUBLISH_TIMES[rule.key]),
        _("Bảng xếp hạng: %(when)s.", when=labels.BOARD_TIMES[rule.board]),
        *_standing_still(rule),
        _(
            "Sau khi vòng đóng, Ban Tổ chức xét kết quả rồi mới công bố chính thức; trước đó mọi thứ hạng "
            "đều là tạm thời."
        ),
    )


def _standing_still(rule: PublishRule) -> Iterator[str]:
    if rule.freeze_minutes:
        minutes = number(rule.freeze_minutes)
        yield _("Trong %(n)s phút cuối, bảng đứng yên đến khi vòng đóng; bài nộp vẫn được tính.", n=minutes)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
