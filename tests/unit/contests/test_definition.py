"""The form of a contest definition: the one that others write by hand, defaults, refusals."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from quiz.contests.definition import (
    AttemptRule,
    ContestDefinition,
    ContestSettings,
    DefinitionRefused,
    EntryFields,
    EntryPolicy,
    Finish,
    MatrixCell,
    PaperRule,
    Per,
    PredictionRule,
    Presence,
    Prize,
    PublishRule,
    PublishTime,
    RoundDefinition,
    Shuffle,
    Unique,
    check_definition,
    parse_definition,
    write_definition,
)
from quiz.scoring.collective import Formula, Gate
from quiz.scoring.prediction import Target
from quiz.scoring.ranking import Counts, Criterion

# The form as others write it by hand; docs and posters show it, so it holds from the first release.
PUBLISHED_FORM = Path(__file__).with_name("published_form.toml").read_text("utf-8")

SMALL = """\
[contest]
slug = "nho"
title = "Cuộc thi nhỏ"

[[rounds]]
number = 1
opens_at = 2026-11-16T10:00:00
closes_at = 2026-11-23T09:00:00
minutes = 10
paper = { bank = "lich-su", matrix = [{ count = 10 }] }
"""


def test_every_value_of_the_published_form() -> None:
    definition = parse_definition(PUBLISHED_FORM)
    assert (definition.slug, definition.title, definition.tree) == (
        "tim-hieu-dai-hoi",
        "Tìm hiểu lịch sử các kỳ Đại hội",
        "son-la",
    )
    decision = definition.settings.decision
    assert decision is not None
    assert (decision.number, decision.date) == ("12-KH/BTG", date(2026, 10, 1))
    assert definition.entry == EntryPolicy(
        fields=EntryFields(unit=Presence.REQUIRED), unique=Unique.PHONE, min_age=14
    )
    assert definition.rounds == (
        RoundDefinition(
            number=1,
            name="Vòng 1",
            # local times of Viet Nam, seven hours ahead
            opens_at=datetime(2026, 11, 16, 3, tzinfo=UTC),
            closes_at=datetime(2026, 11, 23, 2, tzinfo=UTC),
            minutes=10,
            attempts=AttemptRule(7, Per.ROUND, Counts.BEST_THEN_EARLIEST),
            paper=PaperRule(
                "lich-su-dai-hoi",
                (Shuffle.QUESTIONS, Shuffle.CHOICES),
                (MatrixCell("Đại hội I–V", "dễ", 4), MatrixCell("Đại hội VI–XIV", "vừa", 6)),
            ),
            prediction=PredictionRule(Target.PEOPLE_ALL_CORRECT, 0),
            ranking=(Criterion.ALL_CORRECT, Criterion.PREDICTION_ERROR, Criterion.SUBMITTED_AT),
            publish=PublishRule(PublishTime.AT_ONCE, PublishTime.AFTER_PUBLICATION),
        ),
    )
    (collective,) = definition.collective
    assert (collective.name, collective.formula, collective.level) == (
        "Giải tập thể",
        Formula.PARTICIPATION_RATE,
        "xã, phường",
    )
    assert collective.gates == (Gate(50, Decimal("0.30")), Gate(100, Decimal("0.25")))


def test_what_a_small_definition_leaves_out() -> None:
    definition = parse_definition(SMALL)
    settings, entry, (round_,) = definition.settings, definition.entry, definition.rounds
    assert (settings.timezone, settings.language.value, settings.display_title) == (
        "Asia/Ho_Chi_Minh",
        "vi",
        "Cuộc thi nhỏ",
    )
    assert entry == EntryPolicy()
    assert [
        name for name in ("name", "birth_date", "phone", "national_id", "unit") if entry.requires(name)
    ] == [
        "name",
        "birth_date",
        "phone",
    ]
    assert not entry.asks("unit")
    assert (round_.name, round_.finish, round_.must_answer_all, round_.prizes) == (
        "Vòng 1",
        Finish.CUT,
        False,
        (),
    )
    assert round_.attempts == AttemptRule(1, Per.ROUND, Counts.BEST_THEN_EARLIEST)
    assert round_.paper.shuffle == (Shuffle.QUESTIONS, Shuffle.CHOICES)
    assert round_.ranking == (Criterion.CORRECT_COUNT, Criterion.DURATION, Criterion.SUBMITTED_AT)
    assert round_.publish == PublishRule(PublishTime.AT_ONCE, PublishTime.AFTER_PUBLICATION)
    assert (round_.prediction, definition.collective) == (None, ())


def test_everything_that_may_be_added() -> None:
    definition = parse_definition(
        """\
[contest]
slug = "day-du"
title = "Cuộc thi đủ mọi mục"
short_title = "Đủ mọi mục"
organiser = "Ban Tuyên giáo và Dân vận Tỉnh ủy"
audience = "Công dân từ 16 tuổi"
barred = "Người ra đề"
hotline = "0212 000 0000"
hotline_hours = "7:30–17:00"
language = "en"
about = \"""
Đoạn một.

Đoạn "hai".
\"""

[entry]
fields.national_id = "optional"
fields.unit = "off"
unique = "phone+name+birth_date"
max_age = 35
allow_under_16 = false
consent = "Tôi đồng ý."
consent_version = "3"
retention_months = 6

[[rounds]]
number = 2
name = "Tuần 2"
opens_at = 2026-11-23T10:00:00+07:00
closes_at = 2026-11-30 09:00:00
minutes = 0
finish = "let_finish"
must_answer_all = true
prizes = [{ name = "Nhất" }, { name = "Nhì", count = 2 }]
attempts = { limit = "unlimited", per = "week", counts = "last" }
prediction = { target = "percent_all_correct" }

[rounds.paper]
bank = "lich-su"
shuffle = []
fixed = [1, 2, "3a"]

[[rounds]]
number = 1
opens_at = 2026-11-16T10:00:00
closes_at = 2026-11-23T09:00:00
minutes = 10
paper = { bank = "lich-su", matrix = [{ topic = "Đại hội I", count = 3 }, { count = 7 }] }
attempts = { limit = 0 }
"""
    )
    assert definition.settings.display_title == "Đủ mọi mục"
    assert definition.settings.about == 'Đoạn một.\n\nĐoạn "hai".'
    assert definition.entry.presence("national_id") is Presence.OPTIONAL
    assert definition.entry.lowest_age == 16
    assert (definition.entry.consent, definition.entry.consent_version) == ("Tôi đồng ý.", "3")
    first, second = definition.rounds  # in the order of their numbers
    assert (first.number, second.number) == (1, 2)
    assert first.attempts.limit is None
    assert first.paper.question_count == 10
    assert second.opens_at == datetime(2026, 11, 23, 3, tzinfo=UTC)
    assert (second.minutes, second.attempts.limit) == (None, None)
    assert (second.finish, second.must_answer_all) == (Finish.LET_FINISH, True)
    assert second.prizes == (Prize("Nhất", 1), Prize("Nhì", 2))
    assert (second.paper.shuffle, second.paper.fixed, second.paper.question_count) == (
        (),
        ("1", "2", "3a"),
        3,
    )
    assert second.prediction == PredictionRule(Target.PERCENT_ALL_CORRECT, 5)
    assert second.ranking[1] is Criterion.PREDICTION_ERROR


def refused(text: str) -> list[tuple[int, str, str, str]]:
    with pytest.raises(DefinitionRefused) as caught:
        parse_definition(text)
    assert str(caught.value)
    return [(p.line, p.key, p.message, p.mend) for p in caught.value.problems]


# What is changed in the published form, the line and key that must be named, and a part of what is said.
@pytest.mark.parametrize(
    "old,new,line,key,said",
    [
        # contest
        ('slug = "tim-hieu-dai-hoi"', 'slug = "Tìm hiểu"', 2, "contest.slug", "chữ thường không dấu"),
        ('slug = "tim-hieu-dai-hoi"\n', "", 1, "contest.slug", "Thiếu “slug” trong contest"),
        ('title = "Tìm hiểu lịch sử các kỳ Đại hội"', 'title = " "', 3, "contest.title", "để trống"),
        (
            'title = "Tìm hiểu lịch sử các kỳ Đại hội"',
            "title = 5",
            3,
            "contest.title",
            "chữ trong dấu ngoặc kép",
        ),
        ('title = "Tìm hiểu', 'title = "Tìm\\u0000hiểu', 3, "contest.title", "ký tự điều khiển"),
        ("date = 2026-10-01", 'date = "01/10/2026"', 4, "contest.decision.date", "phải là ngày"),
        ("date = 2026-10-01", "date = 2026-10-01T00:00:00", 4, "contest.decision.date", "phải là ngày"),
        (", date = 2026-10-01 }", " }", 4, "contest.decision.date", "Thiếu “date”"),
        ('tree = "son-la"', 'tre = "son-la"', 5, "contest.tre", "Có phải “tree”?"),
        ("Asia/Ho_Chi_Minh", "Asia/Sonla", 6, "contest.timezone", "Ở Việt Nam: Asia/Ho_Chi_Minh"),
        ("Asia/Ho_Chi_Minh", "../etc/passwd", 6, "contest.timezone", "Không có múi giờ"),
        # entry
        ('name = "required"', 'name = "off"', 9, "entry.fields.name", "Các giá trị được dùng: required."),
        ('phone = "required"', 'phone = "yes"', 9, "entry.fields.phone", "required, optional, off"),
        ('phone = "required"', 'phone = "optional"', 10, "entry.unique", "“phone” không bắt buộc"),
        ('birth_date = "required"', 'birth_date = "off"', 11, "entry.min_age", "ngày sinh không bắt buộc"),
        ('unique = "phone" ', 'unique = "fone" ', 10, "entry.unique", "Có phải “phone”?"),
        ('unique = "phone" ', 'unique = "national_id" ', 10, "entry.unique", "“national_id” không bắt buộc"),
        ("min_age = 14", "min_age = 140", 11, "entry.min_age", "Nhận từ 1 đến 120"),
        ("min_age = 14", "min_age = true", 11, "entry.min_age", "số nguyên"),
        ("min_age = 14", "min_age = 14.5", 11, "entry.min_age", "số nguyên"),
        ("min_age = 14", "min_age = 14\nmax_age = 12", 12, "entry.max_age", "dưới tuổi nhỏ nhất 14"),
        (
            "min_age = 14",
            "min_age = 14\nallow_under_16 = false",
            12,
            "entry.allow_under_16",
            "Xóa một trong hai",
        ),
        # rounds
        ("number = 1\n", "", 13, "rounds[1].number", "Thiếu “number” trong rounds[1]"),
        ("number = 1\n", "number = 0\n", 14, "rounds[1].number", "Nhận từ 1"),
        ("opens_at = 2026-11-16T10:00:00", "opens_at = 2026-11-16", 15, "rounds[1].opens_at", "chỉ có ngày"),
        ("opens_at = 2026-11-16T10:00:00", "opens_at = 10:00:00", 15, "rounds[1].opens_at", "chỉ có giờ"),
        ("opens_at = 2026-11-16T10:00:00", 'opens_at = "10 giờ"', 15, "rounds[1].opens_at", "ngày và giờ"),
        ("closes_at = 2026", "closes_at = 0026", 16, "rounds[1].closes_at", "ở năm 26"),
        (
            "closes_at = 2026-11-23",
            "closes_at = 2026-11-16",
            16,
            "rounds[1].closes_at",
            "không sau “opens_at”",
        ),
        ("minutes = 10", "minute = 10", 17, "rounds[1].minute", "Có phải “minutes”?"),
        ("minutes = 10", "minutes = -1", 17, "rounds[1].minutes", "Nhận từ 0"),
        ("09:00:00\nminutes", "09:00:00\nfinish = 1\nminutes", 17, "rounds[1].finish", "sai kiểu"),
        ("limit = 7", "limit = -7", 18, "rounds[1].attempts.limit", "Nhận từ 0"),
        ("limit = 7", 'limit = "nhiều"', 18, "rounds[1].attempts.limit", "số nguyên"),
        ('per = "round"', 'per = "month"', 18, "rounds[1].attempts.per", "day, week, round, contest"),
        (
            'counts = "best_then_earliest"',
            'counts = "bst"',
            18,
            "rounds[1].attempts.counts",
            "Có phải “best”?",
        ),
        ('bank = "lich-su-dai-hoi", ', "", 19, "rounds[1].paper.bank", "Thiếu “bank”"),
        (
            '["questions", "choices"]',
            '["question"]',
            19,
            "rounds[1].paper.shuffle[1]",
            "Có phải “questions”?",
        ),
        ('["questions", "choices"]', '["choices", "choices"]', 19, "rounds[1].paper.shuffle[2]", "hai lần"),
        ("count = 6", "count = 0", 20, "rounds[1].paper.matrix[2].count", "Nhận từ 1"),
        ("count = 6", "cout = 6", 20, "rounds[1].paper.matrix[2].cout", "Có phải “count”?"),
        (
            '"Đại hội VI–XIV", level = "vừa"',
            '"Đại hội I–V", level = "dễ"',
            20,
            "rounds[1].paper.matrix[2]",
            "Gộp",
        ),
        ("count = 6", "count = 600", 19, "rounds[1].paper.matrix", "Nhiều nhất 200"),
        ("] }\nprediction", "], fixed = [1] }\nprediction", 20, "rounds[1].paper.fixed", "Có cả"),
        (
            '"people_all_correct"',
            '"people"',
            21,
            "rounds[1].prediction.target",
            "people_all_correct, participants",
        ),
        ("decimals = 0", "decimals = 2", 21, "rounds[1].prediction.decimals", "là số nguyên"),
        ("decimals = 0", "decimals = 9", 21, "rounds[1].prediction.decimals", "Nhận từ 0 đến 5"),
        ('"prediction_error", ', "", 21, "rounds[1].prediction", "xếp hạng không xét đến"),
        ("prediction = {", "#", 22, "rounds[1].ranking", "không có câu dự đoán"),
        ('"all_correct", ', '"al_correct", ', 22, "rounds[1].ranking[1]", "Có phải “all_correct”?"),
        ('"submitted_at"]', '"all_correct"]', 22, "rounds[1].ranking[3]", "hai lần"),
        (
            '["all_correct", "prediction_error", "submitted_at"]',
            "[]",
            22,
            "rounds[1].ranking",
            "Chưa có tiêu chí",
        ),
        ('key = "after_publication"', 'key = "at_once"', 23, "rounds[1].publish.key", "after_close, never"),
        ('score = "at_once"', 'score = "never"', 23, "rounds[1].publish.score", "at_once, after_close"),
        (
            'score = "at_once", key = "after_publication"',
            'score = "after_publication", key = "after_close"',
            23,
            "rounds[1].publish.key",
            "Đáp án hiện trước điểm",
        ),
        # collective
        ('name = "Giải tập thể"\n', "", 25, "collective[1].name", "Thiếu “name”"),
        ("participation_rate", "participation", 27, "collective[1].formula", "Có phải “participation_rate”?"),
        ("rate = 0.25", "rate = 25", 29, "collective[1].gates[2].rate", "nhiều nhất 1"),
        ("rate = 0.25", "rate = nan", 29, "collective[1].gates[2].rate", "Cần số"),
        ("headcount_below = 100", "headcount_below = 50", 29, "collective[1].gates[2]", "Hai ngưỡng cùng cỡ"),
        ("gates = [", "gates = 1 # [", 29, "collective[1].gates", "danh sách các bảng"),
        # the whole
        ("[entry]", "[entri]", 8, "entri", "Có phải “entry”?"),
        ("[[rounds]]", "[rounds]", 13, "rounds", "hai dấu ngoặc"),
        ("[[collective]]", "[collective]", 25, "collective", "hai dấu ngoặc"),
    ],
)
def test_refusals_name_the_line_and_what_is_allowed(
    old: str, new: str, line: int, key: str, said: str
) -> None:
    assert old in PUBLISHED_FORM
    problems = refused(PUBLISHED_FORM.replace(old, new))
    assert [(at, where) for at, where, _, _ in problems if where == key] == [(line, key)], problems
    message, mend = next((message, mend) for _, where, message, mend in problems if where == key)
    assert said in f"{message} {mend}"


@pytest.mark.parametrize(
    "text,line,said",
    [
        ("[contest\nslug = 1", 1, "Thiếu dấu ]"),
        ('[contest]\nslug = "a', 2, "ngoặc kép đóng"),
        ("[contest]\nslug = nho", 2, "Giá trị không đọc được"),
        ("[contest]\nslug = “nho”", 2, 'dấu "thẳng"'),
        ("[contest]\nslug nho", 2, "Thiếu dấu ="),
        ("[contest]\n[contest]", 2, "đã có ở trên"),
        ('[contest]\nslug = "a"\nslug = "b"\n', 3, "đã có ở trên"),
        ("[[rounds]]\nopens_at = 2026-02-30T10:00:00", 2, "không có thật"),
        ("[[rounds]]\nopens_at = 2026-11-16T24:00:00", 2, "Còn chữ thừa"),
        ("[[rounds]]\nprizes = [{ count = 1 }", 2, "Thiếu dấu ]"),
        ("[[rounds]]\npaper = { bank = 'x',\n fixed = [1] }", 2, "viết trên một dòng"),
        ("tên = 1", 1, "khóa = giá trị"),
        ('a = "\\q"', 1, "dấu \\ lẻ"),
        ("a = " + "1" * 5000, 1, "Sai cú pháp"),
        ("a = " + "[" * 5000 + "]" * 5000, 1, "Quá nhiều lớp"),
        ("x" * 500_001, 1, "Nhiều nhất 500000"),
    ],
)
def test_a_text_that_is_no_toml_is_refused_with_its_line(text: str, line: int, said: str) -> None:
    ((at, key, message, mend),) = refused(text)
    assert (at, key) == (line, "")
    assert said in f"{message} {mend}"


def test_all_problems_are_told_at_once_in_the_order_of_lines() -> None:
    problems = refused(PUBLISHED_FORM.replace('"son-la"', "7").replace("minutes = 10", "minutes = 9999"))
    assert [(line, key) for line, key, _, _ in problems] == [(5, "contest.tree"), (17, "rounds[1].minutes")]


@pytest.mark.parametrize("text", ["", "# chỉ có ghi chú", "\ufeff"])
def test_an_empty_definition_misses_slug_and_title(text: str) -> None:
    assert [(line, key) for line, key, _, _ in refused(text)] == [(1, "contest.slug"), (1, "contest.title")]


def test_units_need_a_tree() -> None:
    problems = refused(PUBLISHED_FORM.replace('tree = "son-la"', ""))
    assert [(line, key) for line, key, _, _ in problems] == [(9, "entry.fields.unit"), (25, "collective[1]")]


def test_a_collective_prize_needs_the_unit() -> None:
    ((line, key, message, _),) = refused(PUBLISHED_FORM.replace('unit = "required"', 'unit = "off"'))
    assert (line, key) == (25, "collective[1]")
    assert "hỏi đơn vị" in message


def test_problems_in_the_second_round_are_found_there() -> None:
    second = SMALL.split("\n\n")[1].replace("minutes = 10", "minutes = 99999")
    ((line, key, _, _),) = refused(SMALL + "\n" + second)
    assert (line, key) == (16, "rounds[2].minutes")
    numbers = refused(SMALL + "\n" + SMALL.split("\n\n")[1])
    assert [(line, key) for line, key, _, _ in numbers] == [(13, "rounds[2].number")]


def test_a_round_shorter_than_its_minutes_is_refused() -> None:
    ((line, key, _, _),) = refused(SMALL.replace("2026-11-23T09:00:00", "2026-11-16T10:05:00"))
    assert (line, key) == (9, "rounds[1].minutes")


def test_windows_line_ends_and_byte_order_mark_do_not_matter() -> None:
    assert parse_definition("\ufeff" + PUBLISHED_FORM.replace("\n", "\r\n")) == parse_definition(
        PUBLISHED_FORM
    )


def test_texts_are_composed() -> None:
    decomposed = SMALL.replace("Cuộc thi nhỏ", "Cuo\u0323\u0302c thi nho\u0309")
    assert parse_definition(decomposed).title == "Cuộc thi nhỏ"


def test_hours_that_the_clock_skips_are_refused_and_those_that_come_twice_survive() -> None:
    berlin = SMALL.replace('slug = "nho"', 'slug = "nho"\ntimezone = "Europe/Berlin"')
    problems = refused(berlin.replace("2026-11-16T10:00:00", "2026-03-29T02:30:00"))
    assert [(line, key) for line, key, _, _ in problems] == [(8, "rounds[1].opens_at")]
    twice = parse_definition(berlin.replace("2026-11-16T10:00:00", "2026-10-25T02:30:00+01:00"))
    assert twice.rounds[0].opens_at == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
    assert "opens_at = 2026-10-25T02:30:00+01:00" in write_definition(twice)
    assert parse_definition(write_definition(twice)) == twice


@pytest.mark.parametrize("text", [PUBLISHED_FORM, SMALL])
def test_what_is_written_is_read_back(text: str) -> None:
    definition = parse_definition(text)
    written = write_definition(definition)
    assert parse_definition(written) == definition
    assert write_definition(parse_definition(written)) == written
    assert ContestDefinition.from_dict(definition.as_dict()) == definition


def test_times_are_written_as_local_times() -> None:
    written = write_definition(parse_definition(SMALL))
    assert "opens_at = 2026-11-16T10:00:00\n" in written
    assert "minutes = 10\n" in written


def test_a_definition_made_on_a_page_is_checked_alike() -> None:
    good = parse_definition(SMALL)
    assert check_definition(good) == ()
    round_ = good.rounds[0]
    bad = replace(good, rounds=(replace(round_, closes_at=round_.opens_at - timedelta(hours=1)),))
    (problem,) = check_definition(bad)
    assert (problem.line, problem.key) == (0, "rounds[1].closes_at")


def test_stored_rows_of_other_versions_can_be_read() -> None:
    data = parse_definition(SMALL).rounds[0].as_dict()
    del data["finish"]
    data["from_the_future"] = 1
    assert RoundDefinition.from_dict(data) == parse_definition(SMALL).rounds[0]
    assert ContestSettings.from_dict({"title": "x"}) == ContestSettings("x")
    with pytest.raises(KeyError, match="title"):
        ContestSettings.from_dict({})


@pytest.mark.parametrize(
    "level,kind,is_leaf,competes",
    [
        ("xã, phường", "xã", True, True),
        ("xã, phường", "Phường", False, True),
        ("xã, phường", "sở", True, False),
        ("xã, phường", "", True, False),
        ("sở, ban, ngành", "ban, ngành", True, True),
        ("xã,phường,đặc khu", "đặc  khu", True, True),
        ("", "xã", True, True),
        ("", "nhóm", False, False),
    ],
)
def test_which_units_compete(level: str, kind: str, is_leaf: bool, competes: bool) -> None:
    (collective,) = parse_definition(PUBLISHED_FORM).collective
    assert replace(collective, level=level).includes(kind, is_leaf=is_leaf) is competes


@pytest.mark.parametrize(
    "min_age,allow_under_16,lowest",
    [(None, True, None), (14, True, 14), (18, True, 18), (None, False, 16), (18, False, 18)],
)
def test_the_lowest_age(min_age: int | None, allow_under_16: bool, lowest: int | None) -> None:
    assert EntryPolicy(min_age=min_age, allow_under_16=allow_under_16).lowest_age == lowest
