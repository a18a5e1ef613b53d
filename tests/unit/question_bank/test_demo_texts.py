"""The demo's Word, GIFT and Aiken files are read completely and exactly as their README says."""

import re
from collections import Counter
from pathlib import Path

import pytest

from question_bank.reading import read
from tests.support.questions import key_line

BANKS = Path(__file__).parents[3] / "demo" / "banks"
README = (BANKS / "README.md").read_text("utf-8")


def section(name):
    return README.split(f"## `{name}`")[1].split("\n## ")[0]


def read_demo(name):
    return read((BANKS / name).read_bytes(), name)


def keys_in_readme(name):
    listed = re.search(r"^Đáp án(?: \([^)]*\))?: (.+)$", section(name), re.MULTILINE)
    if listed:
        return listed[1].strip()
    rows = re.findall(r"^\| (\d+) \| ([A-D]) \|", section(name), re.MULTILINE)
    return " ".join(number + letter for number, letter in rows)


@pytest.mark.parametrize(
    "name,form,count",
    [
        ("lich-su-dai-hoi.docx", "docx", 36),
        ("lang-son.gift.txt", "gift", 25),
        ("mixed.aiken.txt", "aiken", 16),
    ],
)
def test_read_exactly(name, form, count):
    report = read_demo(name)
    assert report.format == form
    assert report.problems == ()
    assert report.duplicates == ()
    assert report.skipped == {}
    assert len(report.questions) == count
    assert key_line(report) == keys_in_readme(name)
    assert all(len(question.choices) == 4 for question in report.questions)


def test_the_word_file_says_its_keys_in_three_ways():
    questions = read_demo("lich-su-dai-hoi.docx").questions
    assert [question.key_from for question in questions] == (
        ["bold"] * 4 + ["colour"] * 4 + ["underline"] * 4 + ["answer line"] * 12 + ["table"] * 12
    )
    assert questions[0].place == "paragraph 5"
    assert questions[1].choices[1].text == "Đại hội VII và Đại hội X"


def test_sources_at_the_end_of_the_word_file():
    questions = read_demo("lich-su-dai-hoi.docx").questions
    assert all(question.source for question in questions)
    assert questions[21].source == (
        "Đại hội Đảng XII họp phiên trù bị: "
        "https://kinhdoanhnet.vn/hom-nay-201-dai-hoi-dang-xii-hop-phien-tru-bi-17022.html"
    )


def test_topics_sources_and_levels_of_the_gift_file():
    questions = read_demo("lang-son.gift.txt").questions
    assert Counter(question.topic for question in questions) == {
        "Văn bản Lạng Sơn 2020": 15,
        "Đảng bộ tỉnh Lạng Sơn": 3,
        "Tỉnh Lạng Sơn": 2,
        "Đại hội Đảng bộ tỉnh Lạng Sơn XVII": 2,
        "Đại hội Đảng bộ tỉnh Lạng Sơn XVIII": 3,
    }
    assert all(question.source for question in questions)
    assert {question.level for question in questions} == {"Nhận biết", "Thông hiểu"}


def test_no_question_stands_in_two_files():
    texts = [
        question.text
        for name in (
            "lich-su-dai-hoi.docx",
            "lang-son.gift.txt",
            "mixed.aiken.txt",
            "lich-su-dai-hoi.xlsx",
            "van-ban-son-la.csv",
        )
        for question in read_demo(name).questions
    ]
    assert len(texts) == len(set(texts)) == 169
