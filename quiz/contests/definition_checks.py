"""What must agree between the parts of a definition. Pure.

The form has been checked already (types, allowed words); here stands what no single key can show. The same
checks serve definitions from files and those put together on the organisers' pages.
"""

from collections.abc import Iterator
from datetime import timedelta

from quiz.contests.definition_entry import CHILD_BELOW, FORM_FIELDS, UNIQUE_PARTS, EntryPolicy, Unique, Way
from quiz.contests.definition_lines import Path
from quiz.contests.definition_problems import Finding, listed, repeated
from quiz.contests.definition_rounds import AwardRule, Finish, PaperRule, Per, PublishTime, RoundDefinition
from quiz.contests.definition_windows import check_windows
from quiz.scoring.ranking import Criterion

MAX_QUESTIONS = 200
_ORDER = (PublishTime.AT_ONCE, PublishTime.AFTER_CLOSE, PublishTime.AFTER_PUBLICATION, PublishTime.NEVER)


def check_entry(entry: EntryPolicy, *, has_tree: bool) -> Iterator[Finding]:
    """The rules of entering against one another."""
    for name in UNIQUE_PARTS[entry.unique]:
        if name in FORM_FIELDS and not entry.requires(name):
            yield (
                ("entry", "unique"),
                f"Chống trùng theo “{entry.unique}” nhưng “{name}” không bắt buộc.",
                f'Đặt fields.{name} = "required", hoặc chọn unique khác.',
            )
    yield from _check_ways(entry)
    yield from _check_ages(entry)
    yield from _check_categories(entry)
    if entry.units and not entry.requires("unit"):
        yield (
            ("entry", "units"),
            "Chỉ một số đơn vị được dự thi nhưng “unit” không bắt buộc.",
            'Đặt fields.unit = "required", hoặc bỏ “units”.',
        )
    if entry.roster and entry.unique is not Unique.ROSTER and not entry.requires("birth_date"):
        yield (
            ("entry", "roster"),
            "Chỉ người trong danh sách được dự thi nhưng “birth_date” không bắt buộc.",
            'Đặt fields.birth_date = "required", hoặc unique = "roster" để vào bằng mã.',
        )
    if entry.asks("unit") and not has_tree:
        yield (
            ("entry", "fields", "unit"),
            "Hỏi đơn vị nhưng cuộc thi chưa có cây đơn vị.",
            "Thêm contest.tree.",
        )


def _check_ways(entry: EntryPolicy) -> Iterator[Finding]:
    path: Path = ("entry", "ways")
    if not entry.ways:
        yield path, "Chưa có cách vào nào.", f'Ví dụ: ways = ["{Way.FORM}", "{Way.CODE}"].'
    if not entry.has_way_to_identity:
        yield (
            path,
            "Chống trùng theo tài khoản nhưng có cách vào không cần tài khoản.",
            f'Đặt ways = ["{Way.ACCOUNT}"], hoặc chọn unique khác.',
        )
    if Way.CODE in entry.ways and not entry.contacts:
        yield (
            path,
            "Vào bằng mã xác nhận nhưng không hỏi số điện thoại hay thư điện tử.",
            'Đặt fields.phone = "required", hoặc bỏ “code”.',
        )


def _check_ages(entry: EntryPolicy) -> Iterator[Finding]:
    limits = [key for key in ("min_age", "max_age") if getattr(entry, key) is not None]
    if not entry.allow_under_16:
        limits.append("allow_under_16")
    if entry.age_on is not None and not limits:
        yield (
            ("entry", "age_on"),
            "Có “age_on” nhưng không giới hạn tuổi.",
            "Thêm min_age hoặc max_age, hoặc bỏ.",
        )
    if limits and not entry.requires("birth_date"):
        yield (
            ("entry", limits[0]),
            f"“{limits[0]}” cần ngày sinh nhưng ngày sinh không bắt buộc.",
            'Đặt fields.birth_date = "required".',
        )
    lowest = entry.lowest_age
    if entry.max_age is not None and lowest is not None and entry.max_age < lowest:
        yield (
            ("entry", "max_age"),
            f"“max_age” là {entry.max_age}, dưới tuổi nhỏ nhất {lowest}.",
            "Sửa một trong hai.",
        )
    if not entry.allow_under_16 and entry.min_age is not None and entry.min_age < CHILD_BELOW:
        yield (
            ("entry", "allow_under_16"),
            f"“min_age” cho từ {entry.min_age} tuổi nhưng “allow_under_16” không cho dưới {CHILD_BELOW}.",
            "Xóa một trong hai.",
        )


def _check_categories(entry: EntryPolicy) -> Iterator[Finding]:
    if entry.asks("category") and not entry.categories:
        yield (
            ("entry", "fields", "category"),
            "Hỏi đối tượng nhưng chưa có đối tượng nào để chọn.",
            'Thêm categories = [{ code = "hoc-sinh", name = "Học sinh, sinh viên" }].',
        )
    for index in repeated(entry.categories, lambda category: category.code):
        code = entry.categories[index].code
        yield (
            ("entry", "categories", index, "code"),
            f"Hai đối tượng cùng mã “{code}”.",
            "Mỗi đối tượng một mã.",
        )
    for index in repeated(entry.categories, lambda category: category.name.casefold()):
        name = entry.categories[index].name
        yield (
            ("entry", "categories", index, "name"),
            f"Hai đối tượng cùng tên “{name}”.",
            "Gộp lại thành một.",
        )


def check_round(definition: RoundDefinition, path: Path) -> Iterator[Finding]:
    """One round against itself."""
    length = definition.closes_at - definition.opens_at
    if length <= timedelta(0):
        yield (*path, "closes_at"), "“closes_at” không sau “opens_at”.", "Đặt giờ đóng sau giờ mở."
    elif definition.minutes is not None and timedelta(minutes=definition.minutes) > length:
        yield (
            (*path, "minutes"),
            f"Làm bài {definition.minutes} phút, dài hơn cả vòng thi.",
            "Giảm “minutes”, hoặc đóng vòng muộn hơn.",
        )
    elif definition.start_spread_seconds and _spread_cuts(definition, length):
        yield (
            (*path, "start_spread_seconds"),
            f"Người vào cuối, {definition.start_spread_seconds} giây sau giờ mở, không còn đủ giờ làm bài.",
            "Giảm “start_spread_seconds”, hoặc đóng vòng muộn hơn.",
        )
    yield from check_windows(definition.windows, path)
    yield from _check_paper(definition.paper, (*path, "paper"))
    if definition.practice:
        yield from _check_practice(definition, path)
    yield from _check_ranking(definition, path)
    if _ORDER.index(definition.publish.key) < _ORDER.index(definition.publish.score):
        yield (
            (*path, "publish", "key"),
            "Đáp án hiện trước điểm.",
            f'Đặt key = "{definition.publish.score}" hoặc muộn hơn.',
        )
    for index in repeated(definition.prizes, lambda prize: prize.name):
        name = definition.prizes[index].name
        yield (*path, "prizes", index), f"Giải “{name}” có hai lần.", "Gộp lại, dùng count."
    if definition.awarding != AwardRule() and not definition.all_prizes:
        yield (*path, "awarding"), "Có cách xét giải nhưng vòng không có giải.", "Thêm prizes, hoặc bỏ."


def _check_practice(definition: RoundDefinition, path: Path) -> Iterator[Finding]:
    """Nothing is won in a practice round, and nothing of it is counted."""
    if definition.all_prizes:
        yield (*path, "prizes"), "Vòng thi thử có giải.", "Bỏ “prizes”, hoặc bỏ “practice”."
    if definition.prediction is not None:
        yield (*path, "prediction"), "Vòng thi thử có câu dự đoán.", "Bỏ “prediction”, hoặc bỏ “practice”."
    if definition.attempts.per is not Per.ROUND:
        yield (
            (*path, "attempts", "per"),
            "Lượt của vòng thi thử không chung với vòng khác.",
            'Đặt attempts.per = "round".',
        )


def check_round_categories(
    rounds: tuple[RoundDefinition, ...], paths: tuple[Path, ...], entry: EntryPolicy
) -> Iterator[Finding]:
    """What rounds say of categories against the categories that people choose from."""
    known = {category.code for category in entry.categories}
    for definition, path in zip(rounds, paths, strict=True):
        for index, rule in enumerate(definition.categories):
            here: Path = (*path, "categories", index)
            if rule.code not in known:
                yield (*here, "code"), f"Không có đối tượng “{rule.code}”.", "Thêm vào entry.categories."
            if rule.most is not None and rule.prizes:
                yield (*here, "most"), "Vừa có giải riêng vừa giới hạn số giải chung.", "Giữ một trong hai."
            for place in repeated(rule.prizes, lambda prize: prize.name):
                name = rule.prizes[place].name
                yield (*here, "prizes", place), f"Giải “{name}” có hai lần.", "Gộp lại, dùng count."
            if rule.bank and not entry.requires("category"):
                mend = 'Đặt entry.fields.category = "required".'
                yield (*here, "bank"), "Đề riêng theo đối tượng nhưng “category” không bắt buộc.", mend
            if rule.bank and definition.paper.fixed:
                yield (
                    (*here, "bank"),
                    "Đề riêng theo đối tượng cần ma trận đề.",
                    "Dùng matrix thay cho fixed.",
                )
        for index in repeated(definition.categories, lambda rule: rule.code):
            code = definition.categories[index].code
            yield (*path, "categories", index), f"Đối tượng “{code}” có hai lần.", "Gộp lại thành một."


def _spread_cuts(definition: RoundDefinition, length: timedelta) -> bool:
    """Whether the last ones of a spread opening have less time than the first."""
    spread = timedelta(seconds=definition.start_spread_seconds)
    if definition.finish is Finish.LET_FINISH:
        return spread >= length
    return definition.minutes is None or spread + timedelta(minutes=definition.minutes) > length


def _check_paper(paper: PaperRule, path: Path) -> Iterator[Finding]:
    if paper.matrix and paper.fixed:
        yield (*path, "fixed"), "Có cả “matrix” và “fixed”.", "Giữ một: ma trận để rút, hoặc bộ câu cố định."
    elif not paper.matrix and not paper.fixed:
        yield (
            (*path, "matrix"),
            "Đề thi chưa có câu nào.",
            "Thêm matrix = [{ count = 20 }], hoặc fixed = [1, 2, 3].",
        )
    elif paper.question_count > MAX_QUESTIONS:
        key = "fixed" if paper.fixed else "matrix"
        yield (*path, key), f"Đề có {paper.question_count} câu.", f"Nhiều nhất {MAX_QUESTIONS} câu."
    if paper.fixed and paper.exposure_cap is not None:
        yield (*path, "exposure_cap"), "Bộ câu cố định ai cũng thấy hết.", "Bỏ “exposure_cap”."
    for index in repeated(paper.matrix, lambda cell: (cell.topic, cell.level)):
        yield (*path, "matrix", index), "Hai dòng cùng chủ đề và mức độ.", "Gộp lại thành một dòng."
    for index in repeated(paper.fixed, lambda number: number):
        yield (*path, "fixed", index), f"Câu {paper.fixed[index]} có hai lần.", "Xóa một chỗ."


def _check_ranking(definition: RoundDefinition, path: Path) -> Iterator[Finding]:
    prediction = definition.prediction
    ranks_prediction = Criterion.PREDICTION_ERROR in definition.ranking
    below = Criterion.PREDICTION_NOT_ABOVE
    if not definition.ranking:
        yield (*path, "ranking"), "Chưa có tiêu chí xếp hạng.", f"Các tiêu chí: {listed(tuple(Criterion))}."
    if ranks_prediction and prediction is None:
        yield (
            (*path, "ranking"),
            "Xếp hạng theo “prediction_error” nhưng vòng không có câu dự đoán.",
            'Thêm prediction = { target = "participants" }, hoặc bỏ “prediction_error”.',
        )
    if below in definition.ranking and not ranks_prediction:
        yield (
            (*path, "ranking"),
            f"Có “{below}” nhưng không có “prediction_error”.",
            f"Đặt “prediction_error” trước “{below}”, hoặc bỏ “{below}”.",
        )
    if prediction is not None and definition.ranking and not ranks_prediction:
        yield (
            (*path, "prediction"),
            "Có câu dự đoán nhưng xếp hạng không xét đến.",
            "Thêm “prediction_error” vào ranking, hoặc bỏ prediction.",
        )
    if prediction is not None and prediction.decimals and not prediction.target.is_percentage:
        yield (
            (*path, "prediction", "decimals"),
            f"“{prediction.target}” là số nguyên, không có {prediction.decimals} chữ số thập phân.",
            "Đặt decimals = 0.",
        )


def check_rounds(rounds: tuple[RoundDefinition, ...], paths: tuple[Path, ...]) -> Iterator[Finding]:
    """All rounds, each with the path it came from."""
    for definition, path in zip(rounds, paths, strict=True):
        yield from check_round(definition, path)
    for index in repeated(rounds, lambda definition: definition.number):
        number = rounds[index].number
        yield (*paths[index], "number"), f"Hai vòng cùng số {number}.", "Mỗi vòng một số."
