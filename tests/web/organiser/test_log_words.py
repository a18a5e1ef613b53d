"""The log speaks in words: every key that a service writes has one, and changed values are no Python."""

import ast

import pytest
from flask import Flask

from quiz.organiser.labels import KEYS
from quiz.organiser.log_names import NAMES
from quiz.organiser.log_words import detail_words
from tests.support.sources import python_files, short, tree

_WRITERS = {"record", "_record", "_log", "_report"}
_OTHERS = {"actor", "now", "contest_id", "changes", "subject"}


def test_every_figure_that_is_written_has_its_words() -> None:
    nameless = {
        f"{short(path)}: {keyword.arg}"
        for path in python_files("quiz")
        for call in ast.walk(tree(path))
        if isinstance(call, ast.Call)
        if getattr(call.func, "attr", getattr(call.func, "id", "")) in _WRITERS
        for keyword in call.keywords
        if keyword.arg and keyword.arg not in NAMES.keys() | KEYS.keys() | _OTHERS
    }
    assert not nameless


@pytest.mark.parametrize(
    "change, words",
    [
        ("round 2 minutes: 20 → 25", "vòng 2, thời gian làm bài: 20 → 25"),
        ("round 2 practice: False → True", "vòng 2, vòng thi thử: tắt → bật"),
        (
            "round 1 closes_at: 2026-11-22T17:00:00+07:00 → 2026-11-23T17:00:00+07:00",
            "vòng 1, giờ đóng: 17:00 Chủ nhật 22/11/2026 → 17:00 thứ Hai 23/11/2026",
        ),
        ("round 1 prediction: None → {'target': 'participants'}", "vòng 1, câu dự đoán"),
        ("round 1 finish: submit → run_out", "vòng 1, bài đang làm lúc đóng vòng"),
        ("list 3 rounds: [1] → [1, 2]", "bảng chung 3, các vòng"),
        ("prizes", "số giải"),
    ],
)
def test_a_change_in_words(app: Flask, change: str, words: str) -> None:
    with app.test_request_context():
        assert detail_words({"changes": [change]}) == (words,)
