"""A passage as pages and citations use it. Pure."""

import re
from dataclasses import dataclass

_ADDRESS = re.compile(r"([a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?)/([1-9][0-9]{0,5})")


@dataclass(frozen=True, slots=True)
class PassageView:
    """A passage with its document. `mark` counts from 1 and is never used again, `position` is its place."""

    document_slug: str
    document_title: str
    mark: int
    headings: tuple[str, ...]
    text: str
    is_current: bool
    position: int

    @property
    def address(self) -> str:
        """What a citation keeps: "slug/mark"."""
        return f"{self.document_slug}/{self.mark}"

    @property
    def heading(self) -> str:
        """The nearest heading above the passage; empty if there is none."""
        return self.headings[-1] if self.headings else ""


def parse_address(address: str) -> tuple[str, int] | None:
    """The document's slug and the mark in "slug/mark", or None for anything else."""
    found = _ADDRESS.fullmatch(address)
    return (found[1], int(found[2])) if found else None
