"""Moodle XML: categories, weights, feedback, pictures, kinds that are skipped."""

import base64

import pytest

from question_bank.reading import read
from question_bank.values import Kind
from tests.support.questions import codes, key_line
from tests.support.word import PIXEL

PICTURE = f'<file name="a b.png" path="/" encoding="base64">{base64.b64encode(PIXEL).decode()}</file>'


def read_xml(inside):
    return read(f'<?xml version="1.0" encoding="UTF-8"?>\n<quiz>{inside}</quiz>'.encode(), "de.xml")


def answer(fraction, text, feedback="", more=""):
    return (
        f'<answer fraction="{fraction}" format="html"><text><![CDATA[{text}]]></text>{more}'
        f"<feedback><text>{feedback}</text></feedback></answer>"
    )


def question(*answers, text="<p>Thủ đô?</p>", kind="multichoice", more="", form="html"):
    return (
        f'<question type="{kind}"><name><text>tên &amp; số</text></name><questiontext format="{form}">'
        f"<text><![CDATA[{text}]]></text></questiontext>{''.join(answers)}{more}</question>"
    )


def test_a_single_choice_question():
    report = read_xml(
        question(answer(0, "<p>Huế</p>"), answer(100, "Hà&nbsp;Nội", "đúng"), more="<single>true</single>")
    )
    assert report.format == "moodle"
    only = report.questions[0]
    assert (only.text, only.correct, only.key_from, only.place) == ("Thủ đô?", (1,), "fraction", "question 1")
    assert [choice.text for choice in only.choices] == ["Huế", "Hà Nội"]
    assert [choice.feedback for choice in only.choices] == [None, "đúng"]
    assert [choice.weight for choice in only.choices] == [None, None]


def test_several_answers_keep_weights_that_say_more():
    even = question(answer(50, "1"), answer(0, "2"), answer(50, "3"), more="<single>false</single>")
    odd = question(
        answer(70, "1"), answer(-50, "2"), answer(30, "3"), more="<single>false</single>", text="Lẻ?"
    )
    first, second = read_xml(even + odd).questions
    assert first.kind is second.kind is Kind.MULTIPLE
    assert [choice.weight for choice in first.choices] == [None] * 3
    assert [choice.weight for choice in second.choices] == [0.7, -0.5, 0.3]
    assert second.correct == (0, 2)


def test_true_and_false():
    report = read_xml(question(answer(0, "true", "nhầm"), answer(100, "false", "giỏi"), kind="truefalse"))
    only = report.questions[0]
    assert only.kind is Kind.TRUE_FALSE
    assert [(choice.text, choice.feedback) for choice in only.choices] == [("Đúng", "nhầm"), ("Sai", "giỏi")]
    assert only.correct == (1,)


def test_categories_tags_and_explanation():
    category = (
        "<question type='category'><category><text>$course$/top/Lịch sử/Đại hội</text></category></question>"
    )
    more = (
        "<generalfeedback format='html'><text>&lt;b&gt;Vì thế&lt;/b&gt;</text></generalfeedback>"
        "<tags><tag><text>Mức độ: NB</text></tag><tag><text>Nguồn: Hiến pháp</text></tag></tags>"
    )
    only = read_xml(category + question(answer(100, "a"), answer(0, "b"), more=more)).questions[0]
    assert (only.topic, only.level, only.source) == ("Đại hội", "Nhận biết", "Hiến pháp")
    assert only.explanation == "Vì thế"


def test_pictures_in_wording_and_choices():
    text = '<p>Hình?<img src="@@PLUGINFILE@@/a%20b.png" alt="một điểm"></p>'
    choice = answer(100, '<img src="@@PLUGINFILE@@/a%20b.png">', more=PICTURE)
    inline = f'<img src="data:image/png;base64,{base64.b64encode(PIXEL).decode()}">'
    report = read_xml(question(choice, answer(0, inline), answer(0, "chữ"), text=text))
    only = report.questions[0]
    assert [choice.text for choice in only.choices] == ["Hình A", "Hình B", "chữ"]
    assert [(image.choice, image.alt) for image in only.images] == [(None, "một điểm"), (0, ""), (1, "")]
    assert {image.data for image in only.images} == {PIXEL}
    assert codes(report) == []


@pytest.mark.parametrize(
    "src, code",
    [("http://x.vn/c.png", "picture-missing"), ("data:image/svg+xml;base64,PHN2Zy8+", "picture-kind")],
)
def test_a_question_without_its_picture_is_not_taken(src, code):
    report = read_xml(question(answer(100, f'<img src="{src}"> chữ'), answer(0, "b")))
    assert (report.questions, codes(report)) == ((), [code])


def test_scripts_and_events_are_gone():
    text = (
        '<p onclick="x()">Một<script>alert(1)</script><style>p{}</style><a href="javascript:x()">hai</a></p>'
    )
    assert read_xml(question(answer(100, "a"), answer(0, "b"), text=text)).questions[0].text == "Mộthai"


def test_plain_text_is_literal():
    report = read_xml(question(answer(100, "a"), answer(0, "b"), text="Thẻ <b> & 5 < 6?", form="plain_text"))
    assert report.questions[0].text == "Thẻ <b> & 5 < 6?"


def test_other_kinds_are_counted():
    kinds = ["essay", "shortanswer", "matching", "match", "numerical", "multianswer", "description", "ddwtos"]
    report = read_xml(
        "".join(question(kind=kind) for kind in kinds) + question(answer(100, "a"), answer(0, "b"))
    )
    assert report.skipped == {
        "essay": 1, "shortanswer": 1, "matching": 2, "numerical": 1, "cloze": 1, "description": 1, "ddwtos": 1
    }  # fmt: skip
    assert key_line(report) == "8A"


@pytest.mark.parametrize(
    "inside,code",
    [
        (question(answer(0, "a"), answer(50, "b")), "no-key"),
        (question(answer(100, "a"), answer(100, "b"), answer(0, "c")), "several-right"),
        (question(answer(1000, "a"), answer(0, "b")), "bad-weight"),
        (question(answer("abc", "a"), answer(100, "b")), "bad-weight"),
        (question(answer(100, ""), answer(0, "b")), "empty-choice"),
        (question(answer(100, "a")), "too-few-choices"),
        (question(answer(100, "a"), answer(0, "b"), text=""), "empty-question"),
    ],
)
def test_problems(inside, code):
    assert code in codes(read_xml(inside))


def test_unsafe_and_broken_xml():
    attack = b'<!DOCTYPE quiz [<!ENTITY a "b"><!ENTITY c SYSTEM "file:///etc/passwd">]><quiz>&a;&c;</quiz>'
    assert codes(read(attack, "de.xml")) == ["unsafe-xml"]
    assert codes(read(b"<quiz><question></quiz>", "de.xml")) == ["corrupt-file"]
    assert codes(read(b"<html><body>x</body></html>", "de.xml")) == ["not-what-it-says"]
    assert codes(read(b"<quiz></quiz>", "de.xml")) == ["no-questions"]
