"""Which statements of a migration would let people wait, when a table is large and in use.

PostgreSQL only: SQLite is stopped for its migrations. Words in, verdict out; `migrations/env.py` asks.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

_NOT_ALONE = "its lock stays until the whole step ends; use migrations.online, where each change is alone"
_QUICK = {"now", "current_timestamp", "transaction_timestamp", "statement_timestamp", "cast"}


@dataclass(frozen=True, slots=True)
class Scene:
    """What a verdict depends on beside the words.

    `is_proven` tells whether a validated check says that this column of this table is never empty,
    `is_alone` whether the statement is a transaction by itself.
    """

    is_large: Callable[[str], bool]
    is_proven: Callable[[str, str], bool]
    is_alone: bool


# The words after ALTER TABLE x; the first that fits tells.
_CHANGES: tuple[tuple[str, str], ...] = (
    (r"rename\b", "the release that still runs asks for the old name; add a new one beside it"),
    (r"add column .*\b(generated|serial|bigserial|smallserial)\b", "every row is written anew"),
    (
        r"add column .*\b(unique|primary key|references|check)\b",
        "all rows are read under lock; add the constraint by itself (online.add_check, add_foreign_key)",
    ),
    (
        r"add column (?!.*\bdefault\b).*\bnot null\b",
        "rows that are there have no value; give a constant default, or fill and online.set_not_null",
    ),
    (r"alter column \w+ (set data )?type\b", "every row is written anew; add a second column and fill it"),
    (
        r"add (constraint \w+ )?(check|foreign key)\b(?!.*\bnot valid\b)",
        "all rows are read under lock; online.add_check or online.add_foreign_key",
    ),
    (
        r"add (constraint \w+ )?(unique|primary key)\b(?! using index\b)",
        "an index is built under lock; online.add_unique",
    ),
    (r"add (constraint \w+ )?exclude\b", "an index is built under lock"),
    (r"set (logged|unlogged|tablespace)\b", "every row is written anew"),
)
_TABLE = r'(?:if exists )?(?:only )?"?(?P<table>\w+)"?'
# Whole statements on a table.
_STATEMENTS: tuple[tuple[str, str], ...] = (
    (
        rf"create (?:unique )?index (?!concurrently\b).*? on {_TABLE}",
        "nobody can write until the index is built; online.add_index",
    ),
    (
        rf"(?:update|delete from) {_TABLE}(?!.*\blimit\b)",
        "all these rows are locked until the step ends; online.fill",
    ),
    (rf"(?:truncate(?: table)?|cluster|lock(?: table)?|vacuum \(?full\)?) {_TABLE}", "it shuts the table"),
    (rf"reindex (?:table|index) (?!concurrently\b){_TABLE}", "nobody can write meanwhile; add CONCURRENTLY"),
)
_DEFAULT = re.compile(r"add column .*\bdefault\b(?P<value>.*)")
_CALLED = re.compile(r"(\w+) ?\(")
_NEVER_EMPTY = re.compile(r"alter column (?P<column>\w+) set not null\b")


def danger(statement: str, scene: Scene) -> str | None:
    """Why this statement must not run while people take part, or None."""
    words = " ".join(re.sub(r"--[^\n]*", " ", statement).replace('"', "").lower().split())
    for pattern, why in _STATEMENTS:
        if (found := re.match(pattern, words)) and scene.is_large(found["table"]):
            return f"{found['table']}: {why}"
    altered = re.match(rf"alter table {_TABLE} (?P<change>.*)", words)
    if altered is None or not scene.is_large(altered["table"]):
        return None
    why_not = _change(altered["table"], altered["change"], scene)
    return f"{altered['table']}: {why_not}" if why_not else None


def _change(table: str, change: str, scene: Scene) -> str | None:
    for pattern, why in _CHANGES:
        if re.match(pattern, change):
            return why
    if (given := _DEFAULT.match(change)) and set(_CALLED.findall(given["value"])) - _QUICK:
        return "every row is written anew, because the default differs from row to row; add it empty, fill it"
    never = _NEVER_EMPTY.match(change)
    if never and not scene.is_proven(table, never["column"]):
        return "all rows are read under lock; online.set_not_null proves it first"
    return None if scene.is_alone else _NOT_ALONE
