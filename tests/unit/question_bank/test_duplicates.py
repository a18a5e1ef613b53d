"""Duplicates by choices, key and shared words; conflicts; nothing quadratic."""

import random
import time

import pytest

from question_bank.duplicates import find_duplicates, group
from question_bank.fingerprints import fingerprint, wording_key
from question_bank.values import Image, Likeness
from tests.support.questions import make_question

CITIES = ("Hà Nội", "Huế", "Vinh", "Đà Nẵng")


def pairs(*questions, against=()):
    numbered = [make_question(*question, number=str(n)) for n, question in enumerate(questions, start=1)]
    return [(p.a, p.b, p.likeness, p.same_key) for p in find_duplicates(numbered, against)]


# fmt: off
CASES = [
    ("exactly the same",
     ("Đại hội I họp ở đâu?", CITIES, (0,)), ("Đại hội I họp ở đâu?", CITIES, (0,)), (1.0, True)),
    ("other case, punctuation, tone placement and order of choices",
     ("Hoà bình lập lại ở đâu?", CITIES, (0,)), ("hòa bình, lập lại ở đâu", CITIES[::-1], (3,)), (1.0, True)),
    ("reworded, more than 40 % shared",
     ("Đại hội I của Đảng họp ở đâu?", CITIES, (0,)),
     ("Đại hội lần thứ I của Đảng được họp ở đâu?", CITIES, (0,)), (0.73, True)),
    ("reworded, less than 40 % shared",
     ("Thủ đô nước ta là thành phố nào?", CITIES, (0,)), ("Cơ quan đầu não đóng ở đâu?", CITIES, (0,)), None),
    ("same choices, other key, other question",
     ("Đại hội I họp ở đâu?", CITIES, (0,)), ("Đại hội II họp ở đâu?", CITIES, (1,)), None),
    ("same wording and choices, other key",
     ("Đại hội I họp ở đâu?", CITIES, (0,)), ("Đại hội I họp ở đâu?", CITIES, (1,)), (1.0, False)),
    ("same wording, other choices, key offered and called wrong",
     ("Đại hội I họp ở đâu?", CITIES, (0,)),
     ("Đại hội I họp ở đâu?", ("Hà Nội", "Sơn La", "Vinh", "Lạng Sơn"), (3,)), (0.67, False)),
    ("same wording, other choices, same key",
     ("Đại hội I họp ở đâu?", CITIES, (0,)),
     ("Đại hội I họp ở đâu?", ("Hà Nội", "Sơn La", "Lào Cai", "Lạng Sơn"), (0,)), (0.57, True)),
    ("same stem, altogether other choices",
     ("Chọn câu đúng.", ("a1", "a2", "a3"), (0,)), ("Chọn câu đúng.", ("b1", "b2", "b3"), (0,)), None),
    ("statements that differ in a number",
     ("Đại hội lần thứ 3 của Đảng họp tại Hà Nội.", ("Đúng", "Sai"), (0,)),
     ("Đại hội lần thứ 4 của Đảng họp tại Hà Nội.", ("Đúng", "Sai"), (0,)), None),
    ("statements that are nearly the same",
     ("Đại hội lần thứ 3 của Đảng họp tại thủ đô Hà Nội năm ấy.", ("Đúng", "Sai"), (0,)),
     ("Đại hội lần thứ 3 của Đảng đã họp tại thủ đô Hà Nội năm ấy.", ("Đúng", "Sai"), (0,)), (0.94, True)),
    ("another number, the same key",
     ("Chủ tịch Đại hội II là ai?", CITIES, (0,)), ("Chủ tịch Đại hội III là ai?", CITIES, (0,)), None),
    ("a number more, otherwise alike",
     ("Đảng ta được thành lập ở đâu?", CITIES, (0,)),
     ("Năm 1930 Đảng ta được thành lập ở đâu?", CITIES, (0,)), (0.78, True)),
    ("a number more, and other words",
     ("Đại hội VII bầu ai làm Tổng Bí thư?", CITIES, (0,)),
     ("Ai làm Tổng Bí thư ở cả Đại hội VII và Đại hội VIII?", CITIES, (0,)), None),
    ("one right answer more",
     ("Nơi nào?", CITIES, (0,)), ("Nơi nào?", CITIES, (0, 1)), (1.0, False)),
]
# fmt: on


@pytest.mark.parametrize("what,first,second,expected", CASES, ids=[case[0] for case in CASES])
def test_pairs(what, first, second, expected):
    assert pairs(first, second) == ([] if expected is None else [("1", "2", *expected)])


def test_against_the_bank():
    bank = [make_question("Đại hội I họp ở đâu?", CITIES, (0,), number=f"bank {n}") for n in (7, 8)]
    found = pairs(("đại hội i họp ở đâu", CITIES, (0,)), ("Đại hội V họp ở đâu?", CITIES, (3,)), against=bank)
    assert found == [("bank 7", "1", 1.0, True)]


def test_a_thousand_copies_are_a_thousand_lines():
    copies = [make_question(number=str(n)) for n in range(1000)]
    found = find_duplicates(copies)
    assert len(found) == 999
    assert {pair.a for pair in found} == {"0"}


def test_a_conflict_is_not_lost_among_many_variants():
    wording = "Chọn phương án đúng."
    many = [make_question(wording, ("Hà Nội", f"nơi {n}", f"chỗ {n}"), (0,), str(n)) for n in range(300)]
    odd = make_question(wording, ("Hà Nội", "nơi 250", "chỗ 250"), (1,), "odd")
    assert Likeness("250", "odd", 1.0, same_key=False) in find_duplicates([*many, odd])


def test_near_duplicates_are_found_in_a_large_block():
    dice = random.Random(4)
    words = [f"từ{n}" for n in range(3000)]
    texts = [" ".join(dice.sample(words, 12)) + " là đúng?" for _ in range(4000)]
    texts[3999] = texts[17].replace(" là đúng?", " có đúng không?")
    questions = [make_question(text, CITIES, (0,), str(n)) for n, text in enumerate(texts)]
    assert [(pair.a, pair.b) for pair in find_duplicates(questions)] == [("17", "3999")]


def test_time_grows_with_the_bank_not_with_its_square():
    def seconds(count: int) -> float:
        dice = random.Random(5)
        words = [f"từ{n}" for n in range(400)]
        questions = [
            make_question(" ".join(dice.choices(words, k=14)), CITIES, (dice.randrange(4),), str(n))
            for n in range(count)
        ]
        start = time.process_time()
        find_duplicates(questions)
        return time.process_time() - start

    seconds(200)
    # Five times as many questions: twenty-five times the work if it were quadratic.
    assert seconds(5000) < 20 * max(seconds(1000), 0.02)


def test_fingerprints():
    one = make_question("Hoà bình ở đâu?", CITIES, (0,))
    assert fingerprint(one) == fingerprint(make_question("hòa bình ở đâu", CITIES[::-1], (3,)))
    other_key = make_question("Hoà bình ở đâu?", CITIES, (1,))
    assert fingerprint(one) != fingerprint(other_key)
    assert wording_key(one) == wording_key(other_key)
    assert len(fingerprint(one)) == 64


def test_pictures_tell_questions_apart():
    def pictured(data: bytes, choice: int | None = None):
        return make_question("Hình nào?", images=(Image("a.png", "image/png", data, choice=choice),))

    assert fingerprint(pictured(b"1")) != fingerprint(pictured(b"2"))
    assert fingerprint(pictured(b"1")) != fingerprint(pictured(b"1", choice=0))
    assert not find_duplicates([pictured(b"1"), pictured(b"2")]) or all(
        pair.likeness < 1 for pair in find_duplicates([pictured(b"1"), pictured(b"2")])
    )


def test_groups_follow_the_relations():
    related = [Likeness("1", "2", 0.9, True), Likeness("2", "5", 0.5, True), Likeness("7", "8", 1.0, False)]
    assert group([str(n) for n in range(1, 9)], related) == {"1": 0, "2": 0, "5": 0, "7": 1, "8": 1}
    assert group(["1", "2"], ()) == {}
