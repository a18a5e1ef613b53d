"""A short run of `make fuzz`, and text that Hypothesis makes up: reports keep every promise."""

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from question_bank.formats import FORMATS
from question_bank.reading import read
from question_bank.values import Severity
from tests.support.fuzzing import OWN, caught, damaged_file, faults, samples

# Each file of these takes a process of its own.
_ISOLATED = {"xls", "ods"}
_LINES = st.sampled_from(
    [
        "Câu 1. Thủ đô?", "Câu 2: Cố đô? A. Huế B. Vinh", "1) Một?", "A. Huế", "B. Hà Nội",
        "*C. Vinh", "a) một",
        "C. Đà Nẵng D. Vinh", "[x] B. Hà Nội", "Đáp án: B", "Đáp án đúng là: C. Vinh", "ĐÁP ÁN", "1-A 2-B",
        "Câu\t1\t2", "Đáp án\tA\tB", "PHẦN II. ĐỊA LÝ", "Lời giải", "Nguồn: Sách", "HẾT", "", "1", "A", "A.",
        "Caâu 1. Thaân phuï laø ai?", "C©u 2. §¶ng?", "||||", "ANSWER: B", "{=a ~b}", "::x:: y {T}",
    ]
)  # fmt: skip


@pytest.mark.parametrize("form", [entry.name for entry in FORMATS])
def test_damaged_files_of_every_format(form):
    for seed in range(25 if form in _ISOLATED else 150):
        name, data = damaged_file(form, seed)
        report = read(data, name, format=form if seed % 2 else None)
        assert faults(report) == [], seed
        if form in OWN and "corrupt-file" in {problem.code for problem in report.problems}:
            assert caught(form, name, data) == "", seed


def test_there_are_sound_files_of_every_format():
    assert [form for form, files in samples().items() if not files] == []
    assert {
        form for form, files in samples().items() for name, data in files if faults(read(data, name))
    } == set()


@pytest.mark.parametrize("form", sorted(OWN))
def test_a_seed_always_gives_the_same_file(form):
    assert damaged_file(form, 7) == damaged_file(form, 7)
    assert damaged_file(form, 7) != damaged_file(form, 8)


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(lines=st.lists(_LINES | st.text(max_size=40), max_size=25))
@example(lines=["Câu 1.Âu 1.âu 1."])
def test_lines_in_any_order(lines):
    data = "\n".join(lines).encode("utf-8", "surrogatepass")
    for form in ("text", "aiken", "gift"):
        assert faults(read(data, "dán", format=form)) == []
        assert caught(form, "dán", data) == ""
    assert faults(read(data, "dán vào")) == []


@settings(max_examples=150, deadline=None)
@given(
    data=st.binary(max_size=400), extension=st.sampled_from(["", ".xlsx", ".docx", ".csv", ".xml", ".zip"])
)
@example(data=b"PK\x03\x04", extension=".docx")
@example(data=b"<?xml", extension="")
def test_any_bytes(data, extension):
    assert faults(read(data, "tệp" + extension)) == []


def test_warnings_alone_do_not_hide_that_nothing_was_read():
    rows = ["STT,Mức độ,Lạ,Câu hỏi,A,B,Đáp án", "1,,,,,,", "2,,,,,,"]
    report = read("\n".join(rows).encode(), "a.csv")
    assert report.questions == ()
    assert any(problem.severity is Severity.ERROR for problem in report.problems)
