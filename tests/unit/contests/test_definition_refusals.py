"""What a contest definition is refused for: the line, the key, what is wrong and what is allowed."""

import pytest

from tests.support.definitions import PUBLISHED_FORM, SMALL, refused


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
