"""Statements that are right or wrong, without choices of their own."""

from __future__ import annotations

import re
from collections.abc import Sequence

from question_bank.formats.lines.endings import Answer
from question_bank.formats.lines.key_tables import Entry

_WORDS = {"đúng": True, "đ": True, "true": True, "t": True} | dict.fromkeys(("sai", "s", "false", "f"), False)
_ANY = r"\b(?:đúng|sai|đ|s|true|false|t|f)\b"
_WORD = re.compile(_ANY, re.IGNORECASE)
_LIST = re.compile(rf"(?:[(\[]?[a-h]?[)\]]?\s*[.:)–—-]?\s*{_ANY}[\s,;.|/–—-]*){{2,8}}", re.IGNORECASE)
_RUN = re.compile(r"[ĐS]{2,8}")


def true_or_false(answers: Sequence[Answer], entries: Sequence[Entry]) -> bool | None:
    """For a statement without choices: what all its answers say, "Đúng" or "Sai"."""
    texts = [*(answer.text for answer in answers), *(entry.letters for entry in entries)]
    said = {_WORDS.get(text.strip(" .()").lower()) for text in texts if text}
    return said.pop() if len(said) == 1 else None


def is_list(text: str, count: int) -> bool:
    """`a) Đúng; b) Sai; …`, `Đ S S Đ`, `ĐSSĐ`: one word for each of `count` statements."""
    bare = text.strip()
    if _RUN.fullmatch(bare):
        return len(bare) == count
    return len(bare) < 200 and _LIST.fullmatch(bare) is not None and len(_WORD.findall(bare)) == count
