"""[[lists]] of a definition: reading, writing, and what must agree. Pure."""

from collections.abc import Iterator, Sequence

from quiz.contests.definition_lines import Path
from quiz.contests.definition_lists import LIST_RANKING, LIST_TIMES, ListDefinition, Take
from quiz.contests.definition_parsing import MAX_ROUNDS, read_prizes
from quiz.contests.definition_problems import Finding, listed, repeated
from quiz.contests.definition_reading import Table
from quiz.contests.definition_rounds import PublishTime, RoundDefinition
from quiz.contests.definition_writing import section, written_prizes
from quiz.scoring.ranking import Counts, Criterion

MAX_LISTS = 50


def read_list(table: Table, place: int) -> ListDefinition:
    """One of [[lists]]; without a number it has that of its place, from 1."""
    number = table.integer("number", 1, MAX_LISTS, default=min(place, MAX_LISTS))
    definition = ListDefinition(
        number=number,
        name=table.text("name", example="Bảng chung cuộc"),
        rounds=table.integers("rounds", 1, MAX_ROUNDS, example="[1, 2, 3]"),
        take=table.choice("take", Take.SUM, tuple(Take)),
        counts=table.choice("counts", Counts.BEST_THEN_EARLIEST, tuple(Counts)),
        ranking=table.choices("ranking", LIST_RANKING, tuple(Criterion)),
        min_rounds=table.integer("min_rounds", 1, MAX_ROUNDS, default=1),
        publish=table.choice("publish", PublishTime.AT_ONCE, LIST_TIMES),
        prizes=read_prizes(table),
    )
    table.done()
    return definition


def write_list(definition: ListDefinition) -> str:
    """One of [[lists]]"""
    is_best = definition.take is Take.BEST or definition.counts is not Counts.BEST_THEN_EARLIEST
    return section(
        "[[lists]]",
        {
            "number": definition.number,
            "name": definition.name,
            "rounds": definition.rounds,
            "take": definition.take,
            "counts": definition.counts if is_best else None,
            "ranking": definition.ranking,
            "min_rounds": definition.min_rounds if definition.min_rounds > 1 else None,
            "publish": definition.publish if definition.publish is not PublishTime.AT_ONCE else None,
            "prizes": written_prizes(definition.prizes),
        },
    )


def check_lists(
    lists: Sequence[ListDefinition], rounds: Sequence[RoundDefinition], paths: Sequence[Path]
) -> Iterator[Finding]:
    """All lists against themselves and the rounds, each with the path it came from."""
    known = {one.number: one for one in rounds}
    for definition, path in zip(lists, paths, strict=True):
        yield from _check_rounds(definition, known, path)
        yield from _check_ranking(definition, known, path)
        for index in repeated(definition.prizes, lambda prize: prize.name):
            name = definition.prizes[index].name
            yield (*path, "prizes", index), f"Giải “{name}” có hai lần.", "Gộp lại, dùng count."
    for index in repeated(lists, lambda one: one.number):
        yield (*paths[index], "number"), f"Hai bảng chung cùng số {lists[index].number}.", "Mỗi bảng một số."
    for index in repeated(lists, lambda one: one.name.casefold()):
        yield (*paths[index], "name"), "Hai bảng chung cùng tên.", "Đặt tên khác nhau."


def _check_rounds(
    definition: ListDefinition, known: dict[int, RoundDefinition], path: Path
) -> Iterator[Finding]:
    if not definition.rounds:
        yield (*path, "rounds"), "Bảng chung chưa có vòng nào.", "Ví dụ: rounds = [1, 2, 3]."
    for index, number in enumerate(definition.rounds):
        if number not in known:
            yield (*path, "rounds", index), f"Không có vòng {number}.", "Sửa số vòng, hoặc thêm vòng."
        elif known[number].practice:
            yield (*path, "rounds", index), f"Vòng {number} là vòng thi thử.", "Bỏ khỏi bảng chung."
    for index in repeated(definition.rounds, lambda number: number):
        yield (*path, "rounds", index), f"Vòng {definition.rounds[index]} có hai lần.", "Xóa một chỗ."
    if definition.rounds and definition.min_rounds > len(set(definition.rounds)):
        yield (
            (*path, "min_rounds"),
            f"Cần {definition.min_rounds} vòng nhưng bảng chung chỉ có {len(set(definition.rounds))}.",
            "Giảm “min_rounds”, hoặc thêm vòng.",
        )


def _check_ranking(
    definition: ListDefinition, known: dict[int, RoundDefinition], path: Path
) -> Iterator[Finding]:
    here: Path = (*path, "ranking")
    if not definition.ranking:
        yield here, "Chưa có tiêu chí xếp hạng.", f"Các tiêu chí: {listed(tuple(Criterion))}."
    if Criterion.PREDICTION_NOT_ABOVE in definition.ranking:
        yield here, "Bảng chung không xét dự đoán thấp hay cao hơn.", "Bỏ “prediction_not_above”."
    if Criterion.PREDICTION_ERROR not in definition.ranking:
        return
    if definition.take is Take.BEST:
        yield (
            here,
            "Mỗi vòng dự đoán một số khác nhau nên lượt của các vòng không so được.",
            'Bỏ “prediction_error”, hoặc take = "sum".',
        )
    for index, number in enumerate(definition.rounds):
        if number in known and known[number].prediction is None:
            yield (
                (*path, "rounds", index),
                f"Xếp hạng theo “prediction_error” nhưng vòng {number} không có câu dự đoán.",
                "Bỏ “prediction_error”, hoặc thêm câu dự đoán vào vòng.",
            )
