"""The demo's sheet and CSV file are read completely and exactly as their README says."""

import re
from collections import Counter
from pathlib import Path

import pytest

from question_bank.reading import read
from tests.support.questions import key_line

BANKS = Path(__file__).parents[3] / "demo" / "banks"


def keys_in_readme(name: str) -> str:
    section = (BANKS / "README.md").read_text("utf-8").split(f"## `{name}`")[1]
    found = re.search(r"^Đáp án: (.+)$", section, re.MULTILINE)
    assert found
    return found[1].strip()


@pytest.mark.parametrize(
    "name,count,levels",
    [
        ("lich-su-dai-hoi.xlsx", 64, {"Nhận biết": 34, "Thông hiểu": 28, "Vận dụng": 2}),
        ("van-ban-son-la.csv", 28, {"Nhận biết": 14, "Thông hiểu": 14}),
    ],
)
def test_read_exactly(name, count, levels):
    report = read((BANKS / name).read_bytes(), name)
    assert report.problems == ()
    assert report.duplicates == ()
    assert len(report.questions) == count
    assert key_line(report) == keys_in_readme(name)
    assert Counter(question.level for question in report.questions) == levels
    for question in report.questions:
        assert len(question.choices) == 4
        assert all([question.text, question.topic, question.source, question.key_from == "column"])


def test_topics_of_the_sheet():
    report = read((BANKS / "lich-su-dai-hoi.xlsx").read_bytes(), "lich-su-dai-hoi.xlsx")
    romans = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV"]
    counts = [6, 5, 5, 5, 4, 5, 4, 4, 4, 3, 4, 4, 4, 7]
    assert Counter(question.topic for question in report.questions) == {
        f"Đại hội {roman}": count for roman, count in zip(romans, counts, strict=True)
    }
    first = report.questions[0]
    assert first.place == "sheet “Ngân hàng câu hỏi”, row 2"
    assert [choice.text for choice in first.choices] == [
        "27–31/3/1935",
        "11–19/02/1951",
        "14–31/10/1930",
        "03–07/02/1930",
    ]


def test_report_has_the_documented_form():
    report = read((BANKS / "van-ban-son-la.csv").read_bytes(), "van-ban-son-la.csv").as_json()
    assert list(report) == ["file", "format", "questions", "problems", "skipped", "duplicates"]
    assert report["file"] == "van-ban-son-la.csv"
    assert report["format"] == "csv"
    assert report["questions"][0] == {
        "number": "1",
        "place": "line 2",
        "kind": "single",
        "text": "Kế hoạch số 351-KH/TU của Ban Thường vụ Tỉnh ủy Sơn La được ban hành ngày nào?",
        "choices": ["10/02/2025", "09/7/2025", "16/7/2019", "05/7/2025"],
        "correct": [3],
        "key_from": "column",
        "topic": "Văn bản Sơn La 2025",
        "level": "Nhận biết",
        "source": "Văn bản của Chủ tịch UBND tỉnh Sơn La (2025) về tuyên truyền đại hội đảng bộ các cấp"
        " - tài liệu gốc của dự án",
        "explanation": None,
        "images": 0,
    }
