"""Pairs as organisers really write them: which are the same question, which only look like it."""

import unicodedata
from dataclasses import replace

import pytest

from question_bank.duplicates import find_duplicates
from question_bank.fingerprints import fingerprint, wording_key
from question_bank.folding import loose_words
from question_bank.numerals import numerals
from question_bank.reading import read
from question_bank.values import Question
from tests.support.questions import make_question
from tests.unit.question_bank.test_demo_banks import BANKS, FILES

PLACES = ("Hà Nội", "Ma Cao", "Tuyên Quang", "Sơn La")
SAME, NEAR, OTHER = "the same", "near", "another question"
# fmt: off
WORDINGS = [
    # what, one wording, the other, verdict
    ("tone placement",     "Hoà bình lập lại ở miền nào?",       "Hòa bình lập lại ở miền nào?",       SAME),
    ("tone placement, uy", "Ai bị bắt ở Thuỵ Khuê?",             "Ai bị bắt ở Thụy Khuê?",             SAME),
    ("i and y",            "Lý luận Mác ra đời ở đâu?",          "Lí luận Mác ra đời ở đâu?",          SAME),
    ("ky and ki",          "Đại hội nhiệm kỳ đầu họp ở đâu?",    "Đại hội nhiệm kì đầu họp ở đâu?",    SAME),
    ("đ is no d",          "Ai giữ đầu cầu?",                    "Ai giữ dầu cầu?",                    NEAR),
    ("case, punctuation",  "Đại hội II, họp ở đâu?",             "ĐẠI HỘI II họp ở đâu",               SAME),
    ("dashes, quotes",     "Thuyết Mác - Lênin ra đời ở “đâu”?", "Thuyết Mác – Lênin ra đời ở đâu?",   SAME),
    ("a word changed",     "Đảng họp Đại hội đầu tiên ở đâu?",   "Đảng mở Đại hội đầu tiên ở đâu?",    NEAR),
    ("a word more",        "Đại hội II của Đảng họp ở đâu?",     "Đại hội II của Đảng ta họp ở đâu?",  NEAR),
    ("VI and VII",         "Đại hội VI của Đảng họp ở đâu?",     "Đại hội VII của Đảng họp ở đâu?",    OTHER),
    ("VI and 6",           "Đại hội lần thứ VI họp ở đâu?",      "Đại hội lần thứ 6 họp ở đâu?",       NEAR),
    ("VI and in words",    "Đại hội lần thứ VI họp ở đâu?",      "Đại hội lần thứ sáu họp ở đâu?",     NEAR),
    ("6th and 7th",        "Đại hội lần thứ sáu họp ở đâu?",     "Đại hội lần thứ bảy họp ở đâu?",     OTHER),
    ("3rd and 13th",       "Đại hội lần thứ ba họp ở đâu?",      "Đại hội lần thứ mười ba họp ở đâu?", OTHER),
    ("another year",       "Năm 1930 Đảng họp ở đâu?",           "Năm 1935 Đảng họp ở đâu?",           OTHER),
    ("a day with zeros",   "Ngày 03/02/1930 Đảng họp ở đâu?",    "Ngày 3/2/1930 Đảng họp ở đâu?",      NEAR),
    ("other words",        "Thủ đô nước ta là nơi nào?",         "Cơ quan Trung ương đóng ở đâu?",     OTHER),
]
# fmt: on


def verdict(one: Question, other: Question) -> str:
    pairs = find_duplicates([replace(one, number="1"), replace(other, number="2")])
    if not pairs:
        return OTHER
    assert pairs[0].same_key
    assert (pairs[0].likeness == 1) == (fingerprint(one) == fingerprint(other))
    return SAME if pairs[0].likeness == 1 else NEAR


@pytest.mark.parametrize("what,one,other,expected", WORDINGS, ids=[row[0] for row in WORDINGS])
def test_wordings_with_the_same_choices_and_key(what: str, one: str, other: str, expected: str) -> None:
    first, second = make_question(one, PLACES, (0,)), make_question(other, PLACES, (0,))
    assert verdict(first, second) == verdict(second, first) == expected


@pytest.mark.parametrize("form", ["NFC", "NFD", "NFKD"])
def test_unicode_forms_do_not_count(form: str) -> None:
    text, choices = "Đường lối đổi mới đề ra ở Đại hội nào?", ("Đại hội VI", "Đại hội Bảy")
    one = make_question(text, choices, (0,))
    other = make_question(
        unicodedata.normalize(form, text),
        tuple(unicodedata.normalize(form, choice) for choice in choices),
        (0,),
    )
    assert verdict(one, other) == SAME
    assert wording_key(one) == wording_key(other)


@pytest.mark.parametrize("name", FILES)
def test_one_word_changed_is_found_in_the_demo_banks(name: str) -> None:
    """Every question with any one of its words changed, but its numbers, is still found."""
    for question in read((BANKS / name).read_bytes(), name).questions:
        words = question.text.split()
        for place, word in enumerate(words):
            if numerals(loose_words(word)):
                continue
            text = " ".join((*words[:place], "khác", *words[place + 1 :]))
            [pair] = find_duplicates([replace(question, number="n", text=text)], [question])
            assert pair.same_key, text


def test_the_same_stem_with_other_choices_is_another_question() -> None:
    one = make_question("Chọn phương án đúng.", ("Đảng ra đời năm 1930", "Đảng ra đời năm 1935"), (0,), "1")
    other = make_question("Chọn phương án đúng.", ("Đại hội I ở Ma Cao", "Đại hội I ở Hà Nội"), (0,), "2")
    assert find_duplicates([one, other]) == ()


def test_the_same_question_with_two_keys_is_a_conflict() -> None:
    text = "Câu 1. Đại hội I họp ở đâu?\nA. Hà Nội\nB. Ma Cao\nĐáp án: B\n\nCâu 2. Đại hội I họp ở đâu?\n"
    report = read(f"{text}A. Ma Cao\nB. Hà Nội\nĐáp án: B\n".encode(), "a.txt")
    assert [(one.code, one.severity) for one in report.problems] == [("conflicting-keys", "error")]
    assert report.importable == ()
