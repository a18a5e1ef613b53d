"""Defects inside a wording that only a person can mend: notes of editors, glued titles, broken words."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from question_bank.answer_keys import LETTERS
from question_bank.folding import fold
from question_bank.problems import problem
from question_bank.values import Problem

NOTE = re.compile(
    r"[(\[](?:(?:đã\s+)?sửa|chỉnh|cần\s|xem lại|kiểm tra lại|thêm vào|bỏ đi|cập nhật|note|todo|\?\?)"
    r"[^)\]]{0,60}[)\]]",
    re.IGNORECASE,
)
SITE = re.compile(
    r"(?:https?://|www\.)\S+|\b(?:vndoc|hoatieu|123doc\w*|thuvienhoclieu|loigiaihay|vietjack|doctailieu|studocu|scribd|tailieu\.vn)\b\S*",
    re.IGNORECASE,
)
# A site that nobody knows, behind other words.
DOMAIN = re.compile(
    r"(?<=\S)\s+[(\[–-]?\s*(?:[a-z0-9][a-z0-9-]{1,40}\.){1,3}(?:vn|com|net|org|info|edu|gov|me)(?:/\S*)?[)\].]?\s*$",
    re.IGNORECASE,
)
_ABOUT_SITES = re.compile(
    r"trang|địa chỉ|website|web|tên miền|cổng|báo|mạng|email|thư điện tử|internet", re.IGNORECASE
)
# The end of a syllable on its own behind an open one: "cấ p", "đườ ng".
BROKEN = re.compile(
    r"(?<![\w-])[a-zđà-ỹ]*[aăâeêioôơuưyà-ỹ] (?:p|t|n|c|ng|nh|ch)(?![\w.)'’-])",
)
_SHORTEST_TITLE = 12


def wording_problems(
    number: str, place: str, stem: str, choices: Sequence[str], titles: Collection[str]
) -> list[Problem]:
    """Warnings about the words of a question; `titles` are folded lines from around the questions."""
    found: list[Problem] = []
    for text in (stem, *choices):
        if note := NOTE.search(text):
            found.append(problem("editing-note", place, number, text=note[0]))
        if broken := BROKEN.search(text):
            found.append(problem("broken-word", place, number, text=broken[0]))
    for index, text in enumerate(choices):
        if glued := _glued(text, titles) or _unknown_site(text, stem, choices):
            found.append(problem("watermark", place, number, letter=LETTERS[index], text=glued[:80]))
    return found


def folded_titles(lines: Collection[str]) -> frozenset[str]:
    """Lines that may have been glued to a choice, ready to be compared."""
    return frozenset(title for line in lines if len(title := fold(line)) >= _SHORTEST_TITLE)


def _glued(text: str, titles: Collection[str]) -> str:
    if site := SITE.search(text):
        return site[0]
    folded = fold(text)
    return next((text for title in titles if folded.endswith(title) and len(folded) > len(title)), "")


def _unknown_site(text: str, stem: str, choices: Sequence[str]) -> str:
    """A domain behind a choice, unless the question is about sites or other choices name others."""
    found = DOMAIN.search(text)
    if found is None or _ABOUT_SITES.search(stem):
        return ""
    named = {other[0].strip().lower() for choice in choices if (other := DOMAIN.search(choice))}
    return found[0].strip() if len(named) == 1 else ""
