"""Articles about when the rounds are, what a paper is, and what is predicted."""

from collections.abc import Iterator, Sequence

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from quiz.contests import labels
from quiz.contests.definition import (
    AttemptRule,
    Finish,
    MatrixCell,
    Per,
    PredictionRule,
    RoundDefinition,
    Shuffle,
)
from quiz.rulebook.articles import Grid, Part, alike
from quiz.scoring.prediction import Target
from quiz.scoring.ranking import Criterion
from quiz.web.filters import full_time, number, percent

_LIMITS = {
    Per.DAY: _l("Mỗi người được thi nhiều nhất %(n)s lượt mỗi ngày"),
    Per.WEEK: _l("Mỗi người được thi nhiều nhất %(n)s lượt mỗi tuần, tính từ thứ Hai"),
    Per.ROUND: _l("Mỗi người được thi nhiều nhất %(n)s lượt trong một vòng"),
    Per.CONTEST: _l("Mỗi người được thi nhiều nhất %(n)s lượt trong cả cuộc thi"),
}
_COUNTED = {
    Target.PEOPLE_ALL_CORRECT: _l("Đếm người, không đếm lượt: người có lượt được tính đúng tất cả các câu."),
    Target.PARTICIPANTS: _l("Đếm người, không đếm lượt: người có ít nhất một lượt đã nộp hoặc đã hết giờ."),
    Target.ATTEMPTS: _l("Đếm lượt: mọi lượt đã nộp hoặc đã hết giờ của những người được xếp hạng."),
    Target.PERCENT_ALL_CORRECT: _l(
        "Số người có lượt được tính đúng tất cả các câu, chia cho số người có ít nhất một lượt, nhân 100."
    ),
}


def timetable(rounds: Sequence[RoundDefinition]) -> Part:
    """When each round opens and closes."""
    rows = tuple(
        (
            _("%(round)s (thi thử)", round=definition.name) if definition.practice else definition.name,
            full_time(definition.opens_at),
            full_time(definition.closes_at),
        )
        for definition in rounds
    )
    if not rows:
        return Part()
    head = (_("Vòng thi"), _("Mở"), _("Đóng"))
    return Part(
        grids=(Grid(_("Lịch các vòng, giờ Việt Nam"), head, rows),),
        after=(
            *_hours_and_admission(rounds),
            _("Giờ lấy theo đồng hồ của máy chủ, không theo đồng hồ của điện thoại."),
            *_practice(rounds),
        ),
    )


def _hours_and_admission(rounds: Sequence[RoundDefinition]) -> Iterator[str]:
    for definition in rounds:
        if definition.windows is not None:
            hours = labels.hours_in_words(definition.windows)
            yield _("%(round)s chỉ mở %(hours)s.", round=definition.name, hours=hours)
        if definition.admits is not None:
            yield f"{definition.name}: {labels.admission_in_words(definition.admits)}"


def _practice(rounds: Sequence[RoundDefinition]) -> Iterator[str]:
    if any(definition.practice for definition in rounds):
        yield _("Vòng thi thử để làm quen: không tính vào kết quả, không xếp hạng, không trừ lượt vòng khác.")


def papers(rounds: Sequence[RoundDefinition]) -> tuple[Part, ...]:
    """How a paper is made, how long and how often one may work on one."""
    return alike(rounds, lambda definition: Part(clauses=tuple(_paper(definition))))


def _paper(definition: RoundDefinition) -> Iterator[str]:
    count = number(definition.paper.question_count)
    if definition.minutes:
        minutes = definition.minutes
        yield _("Mỗi đề có %(n)s câu trắc nghiệm, làm trong %(minutes)s phút.", n=count, minutes=minutes)
    else:
        yield _("Mỗi đề có %(n)s câu trắc nghiệm, làm đến khi vòng đóng.", n=count)
    if definition.paper.fixed:
        yield _("Mọi người làm cùng một bộ câu hỏi.")
    else:
        cells = "; ".join(_cell(cell) for cell in definition.paper.matrix)
        yield _("Câu hỏi lấy ngẫu nhiên từ ngân hàng câu hỏi: %(cells)s.", cells=cells)
    if definition.paper.exposure_cap is not None:
        share = percent(definition.paper.exposure_cap, 0)
        yield _("Dù thi nhiều lượt, một người gặp nhiều nhất %(share)s số câu của ngân hàng.", share=share)
    yield from _shuffled(definition.paper.shuffle)
    yield _repeated(definition.attempts)
    if definition.must_answer_all:
        yield _("Phải trả lời đủ tất cả các câu mới nộp bài được; khi hết giờ, bài nộp như đang có.")
    yield _(
        "Mỗi lựa chọn được lưu ngay. Mất mạng thì vẫn làm tiếp được, đồng hồ vẫn chạy; hết giờ, bài tự nộp "
        "với những câu đã lưu."
    )
    yield str(labels.FINISHES[definition.finish])
    if definition.finish is Finish.CUT:
        yield _("Lượt bắt đầu muộn có ít thời gian hơn và được báo trước khi vào làm.")


def _cell(cell: MatrixCell) -> str:
    count = number(cell.count)
    if cell.topic and cell.level:
        return str(_("%(n)s câu %(topic)s, mức %(level)s", n=count, topic=cell.topic, level=cell.level))
    if cell.topic:
        return str(_("%(n)s câu %(topic)s", n=count, topic=cell.topic))
    if cell.level:
        return str(_("%(n)s câu mức %(level)s", n=count, level=cell.level))
    return str(_("%(n)s câu bất kỳ", n=count))


def _shuffled(shuffle: Sequence[Shuffle]) -> Iterator[str]:
    if Shuffle.QUESTIONS in shuffle and Shuffle.CHOICES in shuffle:
        yield _("Thứ tự câu hỏi và thứ tự phương án khác nhau ở mỗi đề.")
    elif Shuffle.QUESTIONS in shuffle:
        yield _("Thứ tự câu hỏi khác nhau ở mỗi đề.")
    elif Shuffle.CHOICES in shuffle:
        yield _("Thứ tự phương án khác nhau ở mỗi đề.")


def _repeated(attempts: AttemptRule) -> str:
    if attempts.limit is None:
        words = str(_("Không giới hạn số lượt thi"))
    else:
        words = str(_LIMITS[attempts.per]) % {"n": number(attempts.limit)}
    if attempts.limit == 1 and attempts.per in (Per.ROUND, Per.CONTEST):
        return f"{words}."
    return f"{words}; {labels.COUNTS[attempts.counts]}."


def predictions(rounds: Sequence[RoundDefinition]) -> tuple[Part, ...]:
    """What is predicted, how the number is counted, and when it is fixed."""
    predicted = [definition for definition in rounds if definition.prediction is not None]
    return alike(predicted, _prediction) if predicted else ()


def _prediction(definition: RoundDefinition) -> Part:
    rule = definition.prediction
    assert rule is not None
    return Part(clauses=tuple(_predicting(rule, definition.ranking)))


def _predicting(rule: PredictionRule, ranking: Sequence[Criterion]) -> Iterator[str]:
    yield _("Mỗi đề có thêm một câu dự đoán: %(target)s.", target=_lower(str(labels.TARGETS[rule.target])))
    yield str(_COUNTED[rule.target])
    yield _("Đăng ký bị loại hoặc gộp trước lúc chốt không tính.")
    if rule.decimals:
        yield _("Ghi số với nhiều nhất %(n)s chữ số sau dấu phẩy.", n=rule.decimals)
    yield _("Nếu thi nhiều lượt: %(which)s.", which=labels.STATED[rule.counts])
    yield _(
        "Con số thực tế được chốt một lần sau khi vòng đóng; chỉ tính lại khi Ban Tổ chức quyết định và ghi "
        "lý do. Trong khi vòng mở, không trang nào cho xem con số này."
    )
    if Criterion.PREDICTION_ERROR in ranking:
        yield _("Sát hơn là chênh lệch ít hơn, dù cao hay thấp. Không dự đoán thì xếp sau người có dự đoán.")


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]
