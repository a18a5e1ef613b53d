"""What is written is read back the same; nothing written is calculated by a spreadsheet."""

import csv
import io
import json

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from question_bank.formats.tables.grid import guard, unguard
from question_bank.reading import read
from question_bank.values import Choice, Image, Kind, Question
from question_bank.writers import FEATURES, WRITERS, Loss, find_writer
from question_bank.writers import xlsx as xlsx_writer
from tests.support.question_strategies import TEXTS, banks, content
from tests.support.questions import codes, make_question

_SLOW = [HealthCheck.too_slow, HealthCheck.differing_executors]

TABLES = [entry for entry in WRITERS if entry.name in ("xlsx", "csv")]
RICH = Question(
    number="1",
    place="",
    kind=Kind.MULTIPLE,
    text="Hình nào đúng?",
    choices=(
        Choice("Hà Nội", feedback="Đúng rồi", weight=0.5),
        Choice("Huế", weight=0.5),
        Choice("", weight=-1.0),
        Choice("Tất cả", pinned=True),
    ),
    correct=(0, 1),
    key_from="file",
    topic="Sơn La",
    level="Khó",
    source="Điều 1",
    explanation="Vì thế.",
    images=(
        Image("a.png", "image/png", b"\x89PNG", "một hình"),
        Image("b.jpg", "image/jpeg", b"\xff\xd8", choice=2),
    ),
)


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(bank=banks(with_everything=True))
def test_json_loses_nothing(bank):
    report = read(find_writer("json").write(bank), "a.json")
    assert [content(question) for question in report.questions] == [content(question) for question in bank]


@pytest.mark.parametrize("writer", TABLES, ids=lambda writer: writer.name)
@settings(max_examples=50, deadline=None, suppress_health_check=_SLOW)
@given(bank=banks())
def test_tables_lose_nothing_that_they_carry(writer, bank):
    report = read(writer.write(bank), f"a.{writer.extension}")
    errors = [problem for problem in report.problems if problem.code not in MATTERS_OF_CONTENT]
    assert errors == []
    assert [content(question) for question in report.questions] == [content(question) for question in bank]


# Remarks about the questions themselves, which are also made when the first file is read.
MATTERS_OF_CONTENT = ("contradicting-question", "choices-alike")


def test_json_keeps_pictures_weights_and_feedback():
    (question,) = read(find_writer("json").write([RICH]), "a.json").questions
    assert content(question) == content(RICH)


def test_what_cannot_be_carried_is_said_before_export():
    assert find_writer("json").losses([RICH]) == ()
    plain = make_question()
    assert find_writer("csv").losses([RICH, RICH, plain]) == (
        Loss("images", "hình ảnh", 2),
        Loss("weights", "tỷ lệ điểm từng phương án", 2),
    )
    assert all(entry.carries <= set(FEATURES) for entry in WRITERS)
    assert find_writer("docm") is None


DANGEROUS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "＝1+1", "=cmd|' /C calc'!A0", '=HYPERLINK("http://x")']


@pytest.mark.parametrize("text", DANGEROUS)
def test_nothing_written_is_calculated(text):
    bank = [make_question(text, (text, "b"), topic=text, source=text, explanation=text)]
    for row in csv.reader(io.StringIO(find_writer("csv").write(bank).decode("utf-8-sig"))):
        assert all(not cell.lstrip().startswith(("=", "+", "-", "@", "＝")) for cell in row)
    book = openpyxl.load_workbook(io.BytesIO(find_writer("xlsx").write(bank)))
    for sheet in book:
        for row in sheet.iter_rows():
            assert all(cell.data_type in ("s", "n") for cell in row)
            assert all(not str(cell.value or "").lstrip().startswith(("=", "+", "-", "@")) for cell in row)


@given(TEXTS | st.text())
def test_guarding_can_be_undone(text):
    assert unguard(guard(text)) == text


def test_ordinary_words_are_not_guarded():
    for text in (
        "Câu nói nào sau đây là của Bác?",
        "A Phủ là ai?",
        "Huế",
        "'Đổi mới' là gì?",
        "5 - 3",
        "Bằng = hai",
    ):
        assert guard(text) == text


def test_the_same_questions_give_the_same_bytes():
    bank = [make_question()]
    for entry in WRITERS:
        assert entry.write(bank) == entry.write(bank)


def test_an_empty_bank_can_be_written():
    for entry in WRITERS:
        assert read(entry.write([]), f"a.{entry.extension}").refused


def test_template():
    data = xlsx_writer.template(topics=("Sơn La", "Lạng Sơn"), choices=5)
    report = read(data, "mau.xlsx")
    # Neither the header nor the help sheet is taken for a question.
    assert codes(report) == ["no-questions"]
    book = openpyxl.load_workbook(io.BytesIO(data))
    sheet = book["Ngân hàng câu hỏi"]
    names = [cell.value for cell in sheet[1]]
    assert names == ["STT", "Chủ đề", "Mức độ", "Câu hỏi", "A", "B", "C", "D", "E", "Đáp án (chữ cái)",
                     "Loại câu hỏi", "Nguồn", "Giải thích"]  # fmt: skip
    offered = {str(rule.sqref)[0]: rule.formula1 for rule in sheet.data_validations.dataValidation}
    assert offered == {
        "B": '"Sơn La,Lạng Sơn"',
        "C": '"Nhận biết,Thông hiểu,Vận dụng,Vận dụng cao"',
        "J": '"A,B,C,D,E"',
        "K": '"Một đáp án,Nhiều đáp án,Đúng/Sai"',
    }
    assert sheet.freeze_panes == "A2"
    assert "Hướng dẫn" in book.sheetnames


def test_a_filled_template_is_read():
    book = openpyxl.load_workbook(io.BytesIO(xlsx_writer.template()))
    sheet = book["Ngân hàng câu hỏi"]
    sheet.append([1, "Sơn La", "Nhận biết", "Ở đâu?", "Huế", "Vinh", "Hà Nội", "1/2", "A, C"])
    out = io.BytesIO()
    book.save(out)
    report = read(out.getvalue(), "a.xlsx")
    assert codes(report) == []
    assert report.questions[0].correct == (0, 2)


BAD_JSON = [
    ("[1, 2", "bad-json"),
    ('{"format": "x", "version": 1, "questions": []}', "bad-json"),
    ('{"format": "tim-hieu-questions", "version": 2, "questions": []}', "newer-version"),
    ('{"format": "tim-hieu-questions", "questions": []}', "bad-json"),
    ('{"format": "tim-hieu-questions", "version": 1}', "bad-json"),
    ('{"format": "tim-hieu-questions", "version": 1, "version": 1, "questions": []}', "bad-json"),
    ('{"a": NaN}', "bad-json"),
    ('{"a":' * 100_000, "bad-json"),
    ('{"format": "tim-hieu-questions", "version": 1, "questions": []}', "no-questions"),
]


@pytest.mark.parametrize("text,code", BAD_JSON, ids=range(len(BAD_JSON)))
def test_bad_json_is_refused(text, code):
    report = read(text.encode(), "a.json")
    expected = "not-what-it-says" if not text.startswith("{") else code
    assert codes(report) == [expected]


@pytest.mark.parametrize(
    "changes",
    [
        {"text": 5}, {"text": ""}, {"kind": "essay"}, {"choices": []}, {"choices": "ab"}, {"choices": [1, 2]},
        {"choices": [{"text": "a"}, {"text": ""}]}, {"correct": []}, {"correct": [9]}, {"correct": [0, 0]},
        {"correct": [True]}, {"correct": [0, 1]}, {"correct": [1.0]}, {"topic": 1}, {"images": [{}]},
        {"choices": [{"text": "a", "weight": 2}, {"text": "b"}]},
        {"choices": [{"text": "a", "pinned": 1}, {"text": "b"}]},
        {"images": [{"name": "a", "media_type": "image/svg+xml", "data": ""}]},
        {"images": [{"name": "a", "media_type": "image/png", "data": "?"}]},
    ],
    ids=str,
)  # fmt: skip
def test_a_bad_field_is_named_and_the_others_are_read(changes):
    frame = json.loads(
        find_writer("json").write([make_question("Một?"), make_question("Hai?"), make_question("Ba?")])
    )
    frame["questions"][1] |= changes
    report = read(json.dumps(frame).encode(), "a.json")
    assert codes(report) == ["bad-field"]
    assert report.problems[0].place == "item 2"
    assert len(report.questions) == 2
