"""Hostile words in every stored field that people fill, and the check that no page lets them run (A18)."""

from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import String, Table, Text, select, text, update
from sqlalchemy.orm import Session

from quiz.core.database import Base, JsonText

_TIMES = "7919*7919"  # what a template engine would make 62710561 of
COMPUTED = "62710561"
WORDS = (
    "\"><img src=x data-xss onerror=alert(1)> '><svg data-xss onload=alert(1)>"
    f"</title></textarea></script><script data-xss>alert(1)</script> {{{{{_TIMES}}}}} ${{{_TIMES}}}"
)
LINK = "javascript:alert(1)//"
_OPENS = {"href", "src", "action", "formaction", "poster", "data", "xlink:href"}


def poison(session: Session) -> int:
    """Put the words into every text that people read, in columns and inside structures; how many there were.

    What people write has a space or a letter of Vietnamese in it; slugs, codes, states and keys have neither.
    """
    for trigger in ("audit_events_refuse_update", "audit_events_refuse_delete"):
        session.execute(text(f"DROP TRIGGER IF EXISTS {trigger}"))
    changed = 0
    for table in Base.metadata.sorted_tables:
        columns = [one for one in table.columns if isinstance(one.type, (String, Text, JsonText))]
        for row in list(session.execute(select(table)).mappings()):
            values = {one.name: _poisoned(row[one.name]) for one in columns if row[one.name] is not None}
            values = {name: value for name, value in values.items() if value != row[name]}
            if values:
                session.execute(update(table).where(*_key(table, row)).values(values))
                changed += len(values)
    return changed


def _key(table: Table, row: Any) -> list[Any]:
    return [column == row[column.name] for column in table.primary_key.columns]


def _poisoned(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _poisoned(one) for name, one in value.items()}
    if isinstance(value, list):
        return [_poisoned(one) for one in value]
    if not isinstance(value, str):
        return value
    if value.startswith(("http://", "https://")):
        return LINK + value
    is_written = (" " in value or not value.isascii()) and not value[:4].isdigit()
    return f"{value} {WORDS}" if is_written and not value.startswith("$argon2") else value


class _Reader(HTMLParser):
    """What a browser would make of the page: what could run, and where it leads."""

    def __init__(self) -> None:
        super().__init__()
        self.faults: list[str] = []
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            target = (value or "").strip().lower().replace("\t", "").replace("\n", "")
            if name == "data-xss" or name.startswith("on"):
                self.faults.append(f"<{tag} {name}>")
            if name in _OPENS and target.startswith(("javascript:", "vbscript:", "data:text")):
                self.faults.append(f"<{tag} {name}={target[:40]}>")
            if tag == "a" and name == "href" and value:
                self.links.append(value)


def faults_and_links(page: str) -> tuple[list[str], list[str]]:
    """What is wrong with a page of hostile words, and the links on it."""
    reader = _Reader()
    reader.feed(page)
    return reader.faults + (["a template was computed"] if COMPUTED in page else []), reader.links


def inside(links: list[str]) -> Iterator[str]:
    """The links that stay on this site, as paths with their query."""
    for link in links:
        parts = urlsplit(link)
        if not parts.netloc and parts.scheme == "" and parts.path.startswith("/"):
            yield parts.path + (f"?{parts.query}" if parts.query else "")
