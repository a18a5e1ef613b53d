"""Names and dates of birth of entrants and of people on lists are encrypted; keyed hashes find them.

Works with the data key of the running settings, in batches; going down needs the key too. The folding of
names and the order of name lists are as they were when this was written.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op
from flask import current_app

revision: str = "0031"
down_revision: str | None = "0030"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

_AT_ONCE = 1000
_ERASED = "Đã xóa dữ liệu"
_LIKE_D = str.maketrans("ÐðƉɖ", "ĐđĐđ")
# What is sealed of each table; purposes are "table.column".
_SEALED = {
    "entries": ("name", "birth_date"),
    "roster_people": ("name", "birth_date", "code"),
    "barred_people": ("name", "birth_date", "note"),
}
_WRITTEN = {
    "entries": ("name", "birth_date", "name_key", "name_words", "sort_key", "is_erased"),
    "roster_people": ("name", "birth_date", "name_key", "name_words", "code", "code_key"),
    "barred_people": ("name", "birth_date", "name_key", "note"),
}
_Row = dict[str, Any]


def upgrade() -> None:
    for table in _SEALED:
        _rewrite(table, _sealed)


def downgrade() -> None:
    for table in _SEALED:
        _rewrite(table, _opened)


def _rewrite(table: str, made: Callable[[str, _Row], _Row]) -> None:
    """Every row of a table anew, in the order of its key."""
    names = ("contest_id", "id", *_WRITTEN[table])
    rows = sa.table(table, *(sa.column(name) for name in names))
    change = (
        sa.update(rows)
        .where(rows.c.contest_id == sa.bindparam("in_contest"), rows.c.id == sa.bindparam("with_id"))
        .values({name: sa.bindparam(f"new_{name}") for name in _WRITTEN[table]})
    )
    for batch in _batches(rows):
        op.get_bind().execute(
            change,
            [
                {"in_contest": row["contest_id"], "with_id": row["id"]}
                | {f"new_{name}": value for name, value in made(table, row).items()}
                for row in batch
            ],
        )


def _batches(rows: sa.TableClause) -> Iterator[list[_Row]]:
    key = sa.tuple_(rows.c.contest_id, rows.c.id)
    wanted = sa.select(rows).order_by(rows.c.contest_id, rows.c.id).limit(_AT_ONCE)
    batch = [dict(row) for row in op.get_bind().execute(wanted).mappings()]
    while batch:
        yield batch
        last = batch[-1]
        further = wanted.where(key > (last["contest_id"], last["id"]))
        batch = [dict(row) for row in op.get_bind().execute(further).mappings()]


def _sealed(table: str, row: _Row) -> _Row:
    keyring, contest = current_app.extensions["keyring"], row["contest_id"]
    words, is_erased = _fold(row["name"]).split(), table == "entries" and row["name"] == _ERASED
    tokens = {keyring.blind_index(f"name word:{contest}", word)[:12] for word in words}
    new = {
        "name_key": "" if is_erased else keyring.blind_index(f"name:{contest}", " ".join(words)),
        "name_words": "" if is_erased else " ".join(sorted(tokens)),
        "is_erased": is_erased,
        "sort_key": "",
    }
    if table == "roster_people":
        new["code_key"] = keyring.blind_index(f"roster code:{contest}", _fold_code(row["code"]))
    new |= {name: _changed(keyring.encrypt, table, name, row[name]) for name in _SEALED[table]}
    return {name: new[name] for name in _WRITTEN[table]}


def _opened(table: str, row: _Row) -> _Row:
    keyring = current_app.extensions["keyring"]
    opened = {name: _changed(keyring.decrypt, table, name, row[name]) for name in _SEALED[table]}
    is_erased = bool(row.get("is_erased"))
    new = {
        "name_key": "" if is_erased else _fold(opened["name"]),
        "name_words": "",
        "is_erased": is_erased,
        "sort_key": "zz" if is_erased else _sort_key(opened["name"]),
    }
    if table == "roster_people":
        new["code_key"] = _fold_code(opened["code"])
    return {name: (opened | new)[name] for name in _WRITTEN[table]}


def _changed(change: Callable[[str, str, str], str], table: str, name: str, value: str | None) -> Any:
    return None if value is None else change(f"{table}.{name}", value, "")


def _fold(text: str) -> str:
    letters = (
        c if c.isalnum() else " "
        for c in unicodedata.normalize("NFKD", text.translate(_LIKE_D).casefold()).replace("đ", "d")
        if not unicodedata.combining(c) and c not in "'\u2019`\u02bc" and unicodedata.category(c) != "Cf"
    )
    return " ".join("".join(letters).split())[:300]


def _fold_code(code: str) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFC", code)).casefold()


_LETTERS = {
    ("a", "\u0306"): "1",
    ("a", "\u0302"): "2",
    ("e", "\u0302"): "1",
    ("o", "\u0302"): "1",
    ("o", "\u031b"): "2",
    ("u", "\u031b"): "1",
}
_TONES = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}


def _sort_key(name: str) -> str:
    words = name.casefold().replace("-", " ").split()
    parts = words[-1:], words[1:-1], words[:1] if len(words) > 1 else []
    return "".join(_part_key(part) for part in parts)[:300]


def _part_key(words: list[str]) -> str:
    encoded = [_word_key(word) for word in words]
    return "01".join(letters for letters, _ in encoded) + "00" + "".join(tone for _, tone in encoded)


def _word_key(word: str) -> tuple[str, str]:
    letters: list[str] = []
    tone = "0"
    for char in unicodedata.normalize("NFD", word):
        if char in _TONES:
            tone = _TONES[char] if tone == "0" else tone
        elif unicodedata.combining(char):
            place = _LETTERS.get((letters[-1][0], char)) if letters else None
            if place and letters[-1][1] == "0":
                letters[-1] = letters[-1][0] + place
        elif char == "đ":
            letters.append("d1")
        elif "a" <= char <= "z":
            letters.append(char + "0")
        elif "0" <= char <= "9":
            letters.append("1" + char)
        elif char.isalnum():
            letters.append(f"z9{ord(char):06x}")
    return "".join(letters), tone
