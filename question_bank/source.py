"""A file handed to a reader: its name, its bytes, and what can be learnt from them safely."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from question_bank import archives, encodings

Progress = Callable[[int, int], None]


def silent(done: int, total: int) -> None:
    """The progress callback of those who do not want to know."""


def part(progress: Progress, start: float, end: float) -> Progress:
    """The callback for one part of the work, as a share of the whole: `part(told, 0, 0.8)`."""

    def told(done: int, total: int) -> None:
        share = start + (end - start) * (done / total if total else 1)
        progress(round(1000 * share), 1000)

    return told


@dataclass(frozen=True)
class Source:
    """What a reader gets. `data` is at most `limits.MAX_FILE_BYTES` and has passed `archives.check`."""

    name: str
    data: bytes
    progress: Progress = silent

    @cached_property
    def extension(self) -> str:
        """The last part of the name, lower case, without the dot; empty if there is none."""
        base = self.name.replace("\\", "/").rsplit("/", 1)[-1]
        return base.rsplit(".", 1)[-1].lower() if "." in base else ""

    @cached_property
    def decoded(self) -> encodings.Decoded | None:
        """The text of the file with its encoding, NFC, line ends as \\n; None if it is not text."""
        return encodings.decode(self.data)

    @property
    def text(self) -> str | None:
        """The text of the file, or None if it is not text."""
        return self.decoded.text if self.decoded else None

    @cached_property
    def members(self) -> frozenset[str]:
        """Names inside a zip file; empty when the file is not a zip."""
        return archives.names(self.data)
