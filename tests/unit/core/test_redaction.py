"""What is taken out of a text, and what is left alone."""

import pytest

from quiz.core.redaction import personal_in, redact


@pytest.mark.parametrize(
    "text, left",
    [
        ("phone +84901234567 taken", "phone [phone] taken"),
        ("0901234567", "[phone]"),
        ("0901 234 567, 0901.234.567", "[phone], [phone]"),
        ("GET /manage/c/x/entrants?q=0901234567 HTTP/1.1", "GET /manage/c/x/entrants?[left out] HTTP/1.1"),
        ("q=%2B84901234567", "q=[phone]"),
        ("84901234567", "[phone]"),
        ("id 014162003217!", "id [id number]!"),
        ("to huong.lo@example.vn", "to [mail]"),
        ("postgresql://quiz:mat-khau@db.example.vn/quiz", "postgresql://quiz:[mail]/quiz"),
    ],
)
def test_personal_numbers_and_addresses_go(text, left):
    assert redact(text) == left
    assert personal_in(text)


@pytest.mark.parametrize(
    "text",
    [
        "closed 12 attempts of contest 3, entry 124713925571354624",
        "2026-11-22 03:00:00.123456 took 0.912345678 s",
        "09•• ••• 567",
        "attempt 1-0k3m9v2x7q8r5t1w6y4z0a2b3c, receipt TH-7K4M9-2QX4C",
        "duration 1790123456789 ms",
        "hotline 0212 385 0000",
        "GET /attempts/<code>/sheet 200",
        "SELECT code FROM attempts WHERE contest_id = ? AND entry_id/2 = ?",
        "sha256 0f3c4ba912345678901234567890",
    ],
)
def test_times_keys_and_figures_stay(text):
    assert redact(text) == text
    assert not personal_in(text)


def test_known_secrets_go_wherever_they_stand():
    assert redact("key=abcdef, again abcdef", ["abcdef", ""]) == "key=[secret], again [secret]"


@pytest.mark.parametrize(
    "text, left",
    [
        (
            "Error handling request /attempts/1-0k3m9v2x7q8r5t1w6y/sheet",
            "Error handling request /attempts/[code]/sheet",
        ),
        ("GET /join/a-long-token HTTP/1.1", "GET /join/[code] HTTP/1.1"),
        ("GET /c/x/standings?round=2&q=Huong HTTP/1.1", "GET /c/x/standings?[left out] HTTP/1.1"),
        (
            "taken\nDETAIL:  Key (name)=(Huong) exists.\n[SQL: INSERT]",
            "taken\nDETAIL: [left out]\n[SQL: INSERT]",
        ),
        ("no\nDETAIL:  Failing row contains (3, Lò\nThị Hương).", "no\nDETAIL: [left out]\n"),
    ],
)
def test_keys_and_searches_in_addresses_and_values_of_rows_go(text, left):
    assert redact(text) == left
