"""A round between its page and its definition: form fields, the matrix's numbers, the ranking's order."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from quiz.contests.definition import (
    AttemptRule,
    AwardRule,
    Category,
    Finish,
    MatrixCell,
    PaperRule,
    Per,
    PredictionRule,
    PublishRule,
    PublishTime,
    RoundDefinition,
    Shuffle,
)
from quiz.organiser.prize_lines import prize_lines, read_prize_lines
from quiz.organiser.round_access import access_values, admission_from, hours_from
from quiz.organiser.round_categories import categories_from, category_values
from quiz.organiser.round_forms import MAX_COUNT, RoundForm, moment
from quiz.scoring.prediction import Stated, Target
from quiz.scoring.prizes import Exclusive
from quiz.scoring.ranking import Counts, Criterion

Matrix = Mapping[tuple[str, str], str]


@dataclass(frozen=True, slots=True)
class Lists:
    """What the page holds besides its fields: numbers by (topic, level) as typed, "" for any; the ranking."""

    matrix: Matrix
    ranking: tuple[Criterion, ...]


def form_values(
    definition: RoundDefinition, zone: ZoneInfo, categories: Sequence[Category] = ()
) -> dict[str, object]:
    """What the form shows at first, with a row for each of the contest's categories."""
    opens, closes = definition.opens_at.astimezone(zone), definition.closes_at.astimezone(zone)
    prediction = definition.prediction
    return {
        "name": definition.name,
        "opens_day": opens.date(),
        "opens_time": opens.time(),
        "closes_day": closes.date(),
        "closes_time": closes.time(),
        "minutes": definition.minutes,
        "spread": definition.start_spread_seconds or None,
        "finish": definition.finish.value,
        "limit": definition.attempts.limit,
        "per": definition.attempts.per.value,
        "counts": definition.attempts.counts.value,
        "must_answer_all": definition.must_answer_all,
        "practice": definition.practice,
        "bank": definition.paper.bank,
        "fixed": ", ".join(definition.paper.fixed),
        "exposure_cap": _percent(definition.paper.exposure_cap),
        "shuffle_questions": Shuffle.QUESTIONS in definition.paper.shuffle,
        "shuffle_choices": Shuffle.CHOICES in definition.paper.shuffle,
        "target": prediction.target.value if prediction else "",
        "decimals": prediction.decimals if prediction else 0,
        "stated": (prediction.counts if prediction else Stated.COUNTED).value,
        **access_values(definition.windows, definition.admits),
        "prizes": prize_lines(definition.prizes),
        "exclusive": definition.awarding.exclusive.value,
        "winners_all_correct": definition.awarding.all_correct,
        "cap_percent": definition.awarding.cap_percent,
        "categories": category_values(definition.categories, categories),
        "score": definition.publish.score.value,
        "key": definition.publish.key.value,
        "board": definition.publish.board.value,
        "freeze_minutes": definition.publish.freeze_minutes or None,
    }


def lists_of(definition: RoundDefinition) -> Lists:
    """The matrix and the ranking as the definition has them."""
    matrix = {(cell.topic or "", cell.level or ""): str(cell.count) for cell in definition.paper.matrix}
    return Lists(matrix, definition.ranking)


def posted_lists(data: MultiDict[str, str]) -> Lists:
    """The matrix and the ranking as they were sent: names of rows and columns, a number for each cell."""
    topics, levels = data.getlist("topic"), data.getlist("level")
    matrix = {
        (topic, level): value.strip()
        for row, topic in enumerate(topics)
        for column, level in enumerate(levels)
        if (value := data.get(f"cell-{row}-{column}", "")).strip()
    }
    known = {criterion.value: criterion for criterion in Criterion}
    ranking = dict.fromkeys(known[value] for value in data.getlist("ranking") if value in known)
    return Lists(matrix, tuple(ranking))


def rearranged(lists: Lists, deed: str, wanted: str) -> Lists | None:
    """The lists after one of the page's small buttons ("up:duration", "add"); None for any other deed."""
    verb, _colon, name = deed.partition(":")
    known = {criterion.value: criterion for criterion in Criterion}
    criterion = known.get(wanted if verb == "add" else name)
    order = list(lists.ranking)
    if verb == "refresh":
        return lists
    if verb not in ("up", "down", "drop", "add"):
        return None
    if verb == "add" and criterion is not None and criterion not in order:
        order.append(criterion)
    elif verb == "drop" and criterion in order:
        order.remove(criterion)
    elif verb in ("up", "down") and criterion in order:
        place = order.index(criterion)
        order.remove(criterion)
        order.insert(max(0, place + (-1 if verb == "up" else 1)), criterion)
    return replace(lists, ranking=tuple(order))


def matrix_problems(matrix: Matrix) -> tuple[str, ...]:
    """Numbers that are none."""
    return tuple(
        str(_("“%(value)s” trong ma trận đề không phải số câu. Nhập số từ 1 đến 1000.", value=value[:20]))
        for value in matrix.values()
        if not (value.isascii() and value.isdecimal() and int(value[:9]) <= MAX_COUNT)
    )


def round_from(base: RoundDefinition, form: RoundForm, lists: Lists, zone: ZoneInfo) -> RoundDefinition:
    """The round as it stands on the page; the number stays what it is."""
    return replace(
        base,
        name=form.name.data,
        opens_at=_kept_second(base.opens_at, moment(form.opens_day.data, form.opens_time.data, zone)),
        closes_at=_kept_second(base.closes_at, moment(form.closes_day.data, form.closes_time.data, zone)),
        minutes=form.minutes.data or None,
        paper=_paper(base.paper, form, lists.matrix),
        attempts=AttemptRule(form.limit.data or None, Per(form.per.data), Counts(form.counts.data)),
        ranking=lists.ranking,
        prediction=_prediction(form),
        publish=_publish(form),
        finish=Finish(form.finish.data),
        must_answer_all=form.must_answer_all.data,
        practice=form.practice.data,
        start_spread_seconds=form.spread.data or 0,
        prizes=read_prize_lines(form.prizes.data or "") or (),
        awarding=AwardRule(
            Exclusive(form.exclusive.data), bool(form.winners_all_correct.data), form.cap_percent.data
        ),
        categories=categories_from(form.categories, base.categories),
        windows=hours_from(form, base.windows, zone.key),
        admits=admission_from(form),
    )


def _publish(form: RoundForm) -> PublishRule:
    return PublishRule(
        score=PublishTime(form.score.data),
        key=PublishTime(form.key.data),
        board=PublishTime(form.board.data),
        freeze_minutes=form.freeze_minutes.data or 0,
    )


def _kept_second(stored: datetime, typed: datetime) -> datetime:
    """The page shows minutes: a time that nobody touched keeps its seconds."""
    return stored if stored.replace(second=0, microsecond=0) == typed else typed


def _paper(base: PaperRule, form: RoundForm, matrix: Matrix) -> PaperRule:
    """The paper as typed. What is the same in another order stays in the order that it had."""
    ticked = ((Shuffle.QUESTIONS, form.shuffle_questions), (Shuffle.CHOICES, form.shuffle_choices))
    shuffle = tuple(one for one, field in ticked if field.data)
    cells = matrix_cells(matrix)
    return PaperRule(
        bank=form.bank.data,
        shuffle=base.shuffle if set(shuffle) == set(base.shuffle) else shuffle,
        matrix=base.matrix if set(cells) == set(base.matrix) else cells,
        fixed=tuple((form.fixed.data or "").replace(",", " ").split()),
        exposure_cap=_share(base.exposure_cap, form.exposure_cap.data),
    )


def _percent(share: Decimal | None) -> int | None:
    return None if share is None else max(1, int((share * 100).to_integral_value()))


def _share(base: Decimal | None, typed: int | None) -> Decimal | None:
    """The page shows whole percents: a share that nobody touched stays exact."""
    if typed is None:
        return None
    return base if _percent(base) == typed else Decimal(typed) / 100


def matrix_cells(matrix: Matrix) -> tuple[MatrixCell, ...]:
    """The numbers above zero as cells; what is no number is left out."""
    return tuple(
        MatrixCell(topic or None, level or None, int(value))
        for (topic, level), value in matrix.items()
        if value.isascii() and value.isdecimal() and 0 < int(value[:9]) <= MAX_COUNT
    )


def _prediction(form: RoundForm) -> PredictionRule | None:
    if not form.target.data:
        return None
    return PredictionRule(Target(form.target.data), form.decimals.data or 0, Stated(form.stated.data))


def next_round(rounds: Sequence[RoundDefinition], bank: str, now: datetime) -> RoundDefinition:
    """A draft after the last round: the same rules, as long, at the same times of day, not in the past.

    Without a round before it: a week from the next full hour, ten questions of the bank.
    """
    if not rounds:
        start = (now + timedelta(hours=1)).replace(minute=0, second=0, microsecond=0)
        paper = PaperRule(bank, matrix=(MatrixCell(None, None, 10),))
        return RoundDefinition(1, str(_("Vòng %(n)s", n=1)), start, start + timedelta(days=7), 15, paper)
    last = rounds[-1]
    number, name = last.number + 1, last.name.removesuffix(str(last.number))
    later = timedelta(days=-(-(max(last.closes_at, now) - last.opens_at) // timedelta(days=1)))
    return replace(
        last,
        number=number,
        name=f"{name}{number}" if name != last.name else str(_("Vòng %(n)s", n=number)),
        opens_at=last.opens_at + later,
        closes_at=last.closes_at + later,
        practice=False,
    )
