"""Lists of answers as they come out of copying and pasting, and what only looks like one."""

import time

import pytest

from question_bank.reading import read
from tests.support.questions import codes, key_line

THREE = "".join(f"Câu {n}. Số nào là {n}?\nA. Số {n}\nB. Số {n + 10}\n" for n in (1, 2, 3))


def _read(text):
    return read(text.encode(), "de.txt")


@pytest.mark.parametrize(
    "listed",
    [
        "ĐÁP ÁN: 1A, 2B, 3B",
        "Bảng đáp án: 1-A; 2-B; 3-B",
        "Đáp án đề 1: 1.A 2.B 3.B",
        "ĐÁP ÁN: 1A, 2B,\n3B",
        "ĐÁP ÁN\n1\n2\n3\nA\nB\nB",
        "ĐÁP ÁN\nCâu\n1\n2\n3\nĐáp án\nA\nB\nB",
        "ĐÁP ÁN\n1\nA\n2\nB\n3\nB",
        "ĐÁP ÁN\n1\n2\nA\nB\n3\nB",
    ],
)
def test_list_is_understood(listed):
    report = _read(f"{THREE}{listed}\n")
    assert (key_line(report), codes(report)) == ("1A 2B 3B", [])


@pytest.mark.parametrize("listed", ["ĐÁP ÁN\n1\n2\n3\nA\nB", "ĐÁP ÁN: 1A, 2B, 1B", "ĐÁP ÁN: 1A, 2B, 4B"])
def test_list_that_does_not_add_up_gives_no_keys(listed):
    report = _read(f"{THREE}{listed}\n")
    assert not report.questions
    assert report.has_errors


def test_pairs_below_a_question_that_asks_for_pairs_are_no_list():
    text = THREE.replace("Câu 2", "Đáp án: A\nCâu 2").replace("Câu 3", "Đáp án: A\nCâu 3")
    report = _read(f"{text}Đáp án: 1-B, 2-A, 3-B\n")
    assert key_line(report) == "1A 2A"
    assert codes(report) == ["unknown-key"]


def test_a_list_behind_each_part_is_about_that_part():
    second = THREE.replace("Số", "Chữ")
    report = _read(f"PHẦN I\n{THREE}ĐÁP ÁN: 1A, 2B, 3B\nPHẦN II\n{second}ĐÁP ÁN: 1B, 2A, 3A\n")
    assert key_line(report) == "1A 2B 3B 2.1B 2.2A 2.3A"


@pytest.mark.parametrize("line", ["Đáp án", "Đáp án\n1", "ĐÁP ÁN: 1A, 2B, 3B", "Đáp án\nCâu"])
def test_many_titles_take_no_time(line):
    begun = time.process_time()
    _read(THREE + f"{line}\n" * 20_000)
    assert time.process_time() - begun < 8


@pytest.mark.parametrize(
    "stem,texts,warned",
    [
        ("Nghề nào làm ra dao?", ("Nghề rèn", "Nghề gốm dethithu.vn"), True),
        ("Nghề nào làm ra dao?", ("Nghề rèn dethithu.vn", "Nghề gốm dethithu.vn"), True),
        ("Trang nào đăng thể lệ?", ("Cổng tỉnh caobang.gov.vn", "Không có"), False),
        ("Ai đăng thể lệ?", ("Tỉnh A, tinha.gov.vn", "Tỉnh B, tinhb.gov.vn"), False),
        ("Ai đăng thể lệ?", ("dethithu.vn", "Tỉnh B"), False),
    ],
)
def test_unknown_site_behind_a_choice(stem, texts, warned):
    report = _read(f"Câu 1. {stem}\nA. {texts[0]}\nB. {texts[1]}\nĐáp án: A\n")
    assert [choice.text for choice in report.questions[0].choices] == list(texts)
    assert ("watermark" in codes(report)) is warned
