"""GIFT files: escapes, weights, feedback, kinds that are skipped, braces that were forgotten."""

import pytest

from question_bank.reading import read
from question_bank.values import Kind
from tests.support.questions import codes, key_line


def read_gift(text):
    return read(text.encode(), "de.gift")


def only(text):
    report = read_gift(text)
    assert len(report.questions) == 1, report.problems
    return report.questions[0]


def texts(question):
    return [choice.text for choice in question.choices]


def test_all_on_one_line():
    question = only("::Câu 1:: Thủ đô? {=Hà Nội ~Huế ~Vinh}")
    assert (question.number, question.text, texts(question)) == ("1", "Thủ đô?", ["Hà Nội", "Huế", "Vinh"])
    assert question.correct == (0,)


def test_escapes():
    question = only(r"Cho x \= 1 \{a\: b\}\nvà \~ \# \\: {=1 \= 1 ~a \-> b ~10\:30 ~C\#}")
    assert question.text == "Cho x = 1 {a: b}\nvà ~ # \\:"
    assert texts(question) == ["1 = 1", r"a \-> b", "10:30", "C#"]


def test_answer_in_the_middle_of_a_sentence():
    assert only("Thủ đô là {=Hà Nội ~Huế} của Việt Nam.").text == "Thủ đô là _____ của Việt Nam."


def test_feedback_weights_and_explanation():
    question = only("Số lẻ? {~%50%1#đúng rồi ~%-100%2#sai ~%50%3 #### Số lẻ không chia hết cho 2.}")
    assert question.kind is Kind.MULTIPLE
    assert question.correct == (0, 2)
    assert [choice.weight for choice in question.choices] == [0.5, -1.0, 0.5]
    assert [choice.feedback for choice in question.choices] == ["đúng rồi", "sai", None]
    assert question.explanation == "Số lẻ không chia hết cho 2."


def test_thirds():
    report = read_gift("Số lẻ? {~%33.33333%1 ~%33.33333%3 ~%33.33333%5 ~2}")
    assert key_line(report) == "1ABC"
    assert codes(report) == []


@pytest.mark.parametrize(
    "weights,code",
    [("~%150%1 ~2", "bad-weight"), ("~%50%1 ~%20%3 ~2", "weights-odd"), ("=1 =3 ~2", "several-right")],
)
def test_odd_weights_are_named(weights, code):
    assert codes(read_gift(f"Số lẻ? {{{weights}}}")) == [code]


@pytest.mark.parametrize(
    "body,correct,feedback",
    [
        ("T", (0,), [None, None]),
        ("FALSE", (1,), [None, None]),
        ("TRUE#nhầm rồi#giỏi", (0,), ["giỏi", "nhầm rồi"]),
        ("F#nhầm rồi#giỏi", (1,), ["nhầm rồi", "giỏi"]),
    ],
)
def test_true_and_false_with_feedback_for_the_wrong_answer_first(body, correct, feedback):
    question = only(f"Hà Nội là thủ đô. {{{body}}}")
    assert question.kind is Kind.TRUE_FALSE
    assert question.correct == correct
    assert texts(question) == ["Đúng", "Sai"]
    assert [choice.feedback for choice in question.choices] == feedback


def test_an_arrow_inside_a_choice_is_no_matching():
    assert texts(only("Chiều nào? {=Bắc -> Nam ~Nam -> Bắc}")) == ["Bắc -> Nam", "Nam -> Bắc"]


def test_other_kinds_are_counted():
    report = read_gift(
        "Nêu cảm nghĩ. {}\n\nThủ đô? {=Hà Nội =Ha Noi}\n\nNăm? {#1930:2}\n\n"
        "Nối. {=a -> 1 =b -> 2 =c -> 3}\n\nLời dẫn không có câu hỏi.\n\nĐúng không? {T}\n"
    )
    assert report.skipped == {"essay": 1, "shortanswer": 1, "numerical": 1, "matching": 1, "description": 1}
    assert [question.number for question in report.questions] == ["5"]


def test_markup():
    question = only(
        "[html]<p>Diện tích <b>5&nbsp;m<sup>2</sup></b><script>x()</script></p>{=1 &lt; 2 ~<i>3</i>}"
    )
    assert question.text == "Diện tích 5 m²"
    assert texts(question) == ["1 < 2", "3"]
    assert only("[plain]Thẻ <b> là gì? {=a < b ~c}").text == "Thẻ <b> là gì?"
    assert only("So sánh a < b {=đúng ~không}").text == "So sánh a < b"


def test_comments_and_categories():
    report = read_gift(
        "$CATEGORY: $course$/top/Lịch sử/Đại hội VI\n\n// Nguồn: Văn kiện\n// [tag:Thông hiểu]\n"
        "::1:: Năm? {\n // ghi chú\n =1986 ~1991\n}\n\n$CATEGORY: Địa lý\n\nThủ đô? {=Hà Nội ~Huế}\n"
    )
    first, second = report.questions
    assert (first.topic, first.source, first.level) == ("Đại hội VI", "Văn kiện", "Thông hiểu")
    assert (second.topic, second.source, second.level) == ("Địa lý", None, None)
    assert first.place == "line 5"


def test_a_forgotten_brace_spoils_only_its_own_question():
    report = read_gift("::1:: Một? {=1 ~2\n\n::2:: Hai? {=2 ~1}\n\nBa? {=3 ~4\n\nBốn? {=4 ~3}\n")
    assert key_line(report) == "2A 4A"
    assert codes(report) == ["bad-syntax", "bad-syntax"]


def test_questions_without_a_blank_line_between_are_two():
    assert key_line(read_gift("Một? {=1 ~2}\nHai? {~1 =2}\n::3::Ba? {=3 ~1}")) == "1A 2B 3A"


@pytest.mark.parametrize(
    "text,code",
    [
        ("Một? {~1 ~2}", "no-key"),
        ("Một? {=1 ~1}", "same-choice-twice"),
        ("Một? {=1 ~}", "empty-choice"),
        ("{=1 ~2}", "empty-question"),
        ("Một {=1 ~2} và hai {=2 ~1}?", "bad-syntax"),
        ("Một? {chữ thừa =1 ~2}", "bad-syntax"),
        ("Một? {" + "~a ~b ~c ~d ~e ~f ~g ~h =i" + "}", "too-many-choices"),
    ],
)
def test_errors(text, code):
    report = read_gift(text)
    assert report.questions == ()
    assert codes(report) == [code]


def test_formulas_with_braces():
    assert texts(only(r"Phân số? {=\\frac{1}{2} ~\\frac{1}{3}}")) == [r"\frac{1}{2}", r"\frac{1}{3}"]
