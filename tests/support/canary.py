"""A person whose data are looked for: wherever one of these texts stands, the person can be found."""

from collections.abc import Iterator
from datetime import date

from sqlalchemy import text

from quiz.core.database import Base, db
from quiz.core.names import name_key, sort_key
from quiz.core.phones import national_form, spaced_form

NAME = "Quàng Thị Hoàng Yến"
PHONE = "+84987650321"
NATIONAL_ID = "014162003217"
BORN = date(1962, 3, 27)
# As people, pages, files and databases write them; the masked name, the last three digits and the year are
# no traces: the product shows these on purpose.
TRACES = (
    *(NAME, name_key(NAME), sort_key(NAME), "Hoàng Yến"),
    *(PHONE, national_form(PHONE), spaced_form(PHONE), PHONE[3:], "87650321", "7650321"),
    *(NATIONAL_ID, NATIONAL_ID[-8:]),
    *(BORN.isoformat(), "27/03/1962", "27/3/1962", "27-03-1962", "19620327"),
)


def found_in(words: str) -> list[str]:
    """The traces that stand in a text, capitals or not."""
    low = words.casefold()
    return [trace for trace in TRACES if trace.casefold() in low]


def found_in_database() -> list[str]:
    """The traces in any column of any table, as "table: trace". Needs an application context."""
    return [f"{table}: {trace}" for table, words in _rows() for trace in found_in(words)]


def values_in_database(*values: str) -> list[str]:
    """Where any of these values stands, as the tables' names: keyed hashes and ciphers of the person."""
    return [table for table, words in _rows() for value in values if value in words]


def _rows() -> Iterator[tuple[str, str]]:
    for table in Base.metadata.tables:
        for row in db.session.execute(text(f"SELECT * FROM {table}")):
            yield table, "\n".join(str(value) for value in row)
