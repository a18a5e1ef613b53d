"""Taking typed values out of a parsed TOML table, collecting every problem on the way. Pure.

A reader never stops at the first mistake: it notes the problem, hands out a stand-in and goes on, so that
an organiser sees all there is to mend at once.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from difflib import get_close_matches
from enum import StrEnum
from typing import Any, TypeVar, cast

from quiz.contests.definition_lines import Path
from quiz.contests.definition_problems import dotted, listed

E = TypeVar("E", bound=StrEnum)
K = TypeVar("K")

MAX_LINE, MAX_PROSE, MAX_SLUG = 300, 20_000, 40
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\x85\u2028\u2029\ud800-\udfff]")
_TYPE_NAMES = {
    str: "chữ trong dấu ngoặc kép",
    bool: "true hoặc false",
    int: "số nguyên",
    Decimal: "số",
    dict: "bảng { … }",
    list: "danh sách [ … ]",
}


@dataclass(slots=True)
class Found:
    """Problems by path, in the order of finding; lines are added at the end."""

    problems: list[tuple[Path, str, str]] = field(default_factory=list)

    def add(self, path: Path, message: str, mend: str) -> None:
        """Note one."""
        self.problems.append((path, message, mend))


class Table:
    """One table of the definition. Ask for each key once, then call `done`."""

    def __init__(self, data: dict[str, Any], path: Path, found: Found) -> None:
        self.data = data
        self.path = path
        self.found = found
        self._asked: list[str] = []

    def has(self, key: str) -> bool:
        """Whether the key is given."""
        return key in self.data

    def text(self, key: str, *, example: str | None = None, most: int = MAX_LINE, prose: bool = False) -> str:
        """A text, trimmed and composed. Required if there is an example, else empty when missing."""
        value = self._typed(key, str, f'"{example}"' if example else None)
        if value is None:
            return ""
        text = unicodedata.normalize("NFC", value).strip()
        if _CONTROL.search(text) or ("\n" in text and not prose):
            self.problem(
                key, f"“{key}” có ký tự điều khiển hoặc xuống dòng.", "Viết lại trên một dòng chữ thường."
            )
        elif len(text) > most:
            self.problem(key, f"“{key}” dài {len(text)} ký tự.", f"Rút còn nhiều nhất {most} ký tự.")
        elif not text and example:
            self.problem(key, f"“{key}” để trống.", f'Ví dụ: {key} = "{example}".')
        return text

    def prose(self, key: str) -> str:
        """A longer text, which may have paragraphs."""
        return self.text(key, most=MAX_PROSE, prose=True)

    def slug(self, key: str, *, example: str | None = None) -> str:
        """A short name for addresses and commands; empty when missing and not required."""
        slug = self.text(key, example=example)
        if slug:
            self._check_slug(key, (*self.path, key), slug, example or "son-la")
        return slug

    def slugs(self, key: str, *, example: str) -> tuple[str, ...]:
        """A list of different short names; empty when missing."""
        slugs: list[str] = []
        for index, item in enumerate(self._typed(key, list, None) or []):
            path = (*self.path, key, index)
            slug = unicodedata.normalize("NFC", item).strip() if isinstance(item, str) else str(item)
            self._check_slug(key, path, slug, example)
            if slug in slugs:
                self.found.add(path, f"“{slug}” có hai lần trong “{key}”.", "Xóa một chỗ.")
            slugs.append(slug)
        return tuple(slugs)

    def _check_slug(self, key: str, path: Path, slug: str, example: str) -> None:
        if not (_SLUG.fullmatch(slug) and len(slug) <= MAX_SLUG):
            self.found.add(
                path,
                f"“{key}” là “{slug[:MAX_LINE]}”.",
                f"Chỉ dùng chữ thường không dấu, chữ số và gạch nối, nhiều nhất {MAX_SLUG} ký tự, "
                f"ví dụ: {example}.",
            )

    def integer(
        self, key: str, low: int, high: int, *, default: int | None = None, required: bool = True
    ) -> int:
        """A whole number within bounds. Required unless there is a default."""
        value = self._typed(key, int, str(low) if default is None and required else None)
        if value is None:
            return low if default is None else default
        if not low <= value <= high:
            self.problem(key, f"“{key}” là {value}.", f"Nhận từ {low} đến {high}.")
            return low
        return value

    def optional_integer(self, key: str, low: int, high: int) -> int | None:
        """A whole number within bounds, or None when missing."""
        number = self.integer(key, low, high, required=False)
        return number if self.has(key) else None

    def number(self, key: str, low: Decimal, high: Decimal, *, example: str) -> Decimal:
        """An exact number above `low` and up to `high`."""
        value = self._typed(key, Decimal, example)
        if value is None:
            return high
        if not low < value <= high:
            self.problem(
                key, f"“{key}” là {value}.", f"Nhận số lớn hơn {low}, nhiều nhất {high}, ví dụ: {example}."
            )
            return high
        return value

    def flag(self, key: str, *, default: bool) -> bool:
        """true or false."""
        value = self._typed(key, bool, None)
        return default if value is None else value

    def choice(self, key: str, default: E | None, allowed: Sequence[E]) -> E:
        """One of the allowed words. Required unless there is a default."""
        value = self._typed(key, str, f'"{allowed[0]}"' if default is None else None)
        if value is None:
            return allowed[0] if default is None else default
        return self._one_of(key, (*self.path, key), value, allowed)

    def choices(self, key: str, default: tuple[E, ...], allowed: Sequence[E]) -> tuple[E, ...]:
        """A list of different allowed words."""
        value = self._typed(key, list, None)
        if value is None:
            return default
        chosen: list[E] = []
        for index, item in enumerate(value):
            path = (*self.path, key, index)
            if not isinstance(item, str):
                self.found.add(path, f"“{key}” chỉ gồm các từ.", f"Các từ được dùng: {listed(allowed)}.")
                continue
            word = self._one_of(key, path, item, allowed)
            if word in chosen:
                self.found.add(path, f"“{item}” có hai lần trong “{key}”.", "Xóa một chỗ.")
            chosen.append(word)
        return tuple(chosen)

    def words(self, key: str) -> tuple[str, ...]:
        """A list of short texts or whole numbers, as texts."""
        words = []
        for index, item in enumerate(self._typed(key, list, None) or []):
            is_number = isinstance(item, int) and not isinstance(item, bool)
            word = (
                unicodedata.normalize("NFC", str(item)).strip() if is_number or isinstance(item, str) else ""
            )
            if not word or len(word) > MAX_SLUG or _CONTROL.search(word) or "\n" in word:
                self.found.add(
                    (*self.path, key, index), f"“{key}” chỉ gồm các số.", f'Ví dụ: {key} = [1, 2, "3a"].'
                )
            words.append(word)
        return tuple(words)

    def integers(
        self, key: str, low: int, high: int, *, example: str, repeated: bool = False
    ) -> tuple[int, ...]:
        """Whole numbers within bounds, different unless they may be repeated; empty when missing."""
        numbers: list[int] = []
        for index, item in enumerate(self._typed(key, list, None) or []):
            is_number = isinstance(item, int) and not isinstance(item, bool)
            if not is_number or not low <= item <= high or (item in numbers and not repeated):
                self.found.add(
                    (*self.path, key, index),
                    f"“{key}” không nhận “{str(item)[:MAX_SLUG]}”.",
                    f"Các số từ {low} đến {high}{'' if repeated else ', mỗi số một lần'}: {example}.",
                )
            else:
                numbers.append(item)
        return tuple(numbers)

    def table(self, key: str) -> "Table":
        """An inner table; an empty one when missing, which then misses what it must hold."""
        value = self._typed(key, dict, None)
        return Table(value or {}, (*self.path, key), self.found)

    def tables(self, key: str, *, example: str) -> list["Table"]:
        """A list of tables; empty when missing."""
        value = self.raw(key, None)
        if value is None:
            return []
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            self.problem(key, f"“{key}” phải là danh sách các bảng.", f"Viết: {example}.")
            return []
        return [Table(item, (*self.path, key, index), self.found) for index, item in enumerate(value)]

    def problem(self, key: str, message: str, mend: str) -> None:
        """Note a problem with one key of this table."""
        self.found.add((*self.path, key), message, mend)

    def done(self) -> None:
        """Report the keys nobody asked for."""
        for key in self.data:
            if key not in self._asked:
                close = get_close_matches(key, self._asked, n=1)
                guess = f"Có phải “{close[0]}”? " if close else ""
                where = f" trong {dotted(self.path)}" if self.path else ""
                self.problem(
                    key,
                    f"Không có khóa “{key}”{where}.",
                    f"{guess}Các khóa được dùng: {listed(self._asked)}.",
                )

    def _one_of(self, key: str, path: Path, value: str, allowed: Sequence[E]) -> E:
        for word in allowed:
            if word.value == value:
                return word
        close = get_close_matches(value, list(allowed), n=1)
        guess = f"Có phải “{close[0]}”? " if close else ""
        self.found.add(
            path, f"“{key}” không nhận “{value}”.", f"{guess}Các giá trị được dùng: {listed(allowed)}."
        )
        return allowed[0]

    def raw(self, key: str, example: str | None) -> Any:
        """The raw value; a missing one is a problem if there is an example."""
        self._asked.append(key)
        if key in self.data:
            return self.data[key]
        if example is not None:
            where = f" trong {dotted(self.path)}" if self.path else ""
            self.problem(key, f"Thiếu “{key}”{where}.", f"Thêm: {key} = {example}.")
        return None

    def _typed(self, key: str, kind: type[K], example: str | None) -> K | None:
        """The value if it is of the type; whole numbers pass for exact ones."""
        value = self.raw(key, example)
        if value is None:
            return None
        is_flag = isinstance(value, bool)
        if kind is Decimal and isinstance(value, int) and not is_flag:
            return cast(K, Decimal(value))
        is_endless = isinstance(value, Decimal) and not value.is_finite()
        if not isinstance(value, kind) or (is_flag and kind is not bool) or is_endless:
            given = f", ví dụ: {key} = {example}" if example else ""
            self.problem(key, f"“{key}” sai kiểu giá trị.", f"Cần {_TYPE_NAMES[kind]}{given}.")
            return None
        return value
