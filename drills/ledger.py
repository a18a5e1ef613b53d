"""What the server has acknowledged, kept outside the server, and whether the database still has it."""

import threading
from dataclasses import dataclass, field
from http.client import HTTPConnection

from flask import Flask
from sqlalchemy import select

from quiz.attempts.models import Attempt
from quiz.core.database import db


@dataclass
class Ledger:
    """Acknowledged sheets and receipts by the attempt's code, the requests' waits and the strange replies.

    `lines` are the connections that people opened, to be closed at the end.

    `asks` are the seconds of every single request, `waits` those from the first try to the
    acknowledgement of a save, `strange` statuses that no fault explains.
    """

    acknowledged: dict[str, tuple[int, dict[str, list[int]]]] = field(default_factory=dict)
    receipts: dict[str, str] = field(default_factory=dict)
    waits: list[float] = field(default_factory=list)
    asks: list[float] = field(default_factory=list)
    strange: list[str] = field(default_factory=list)
    refused: dict[int, int] = field(default_factory=dict)
    lines: list[HTTPConnection] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def saved(self, code: str, revision: int, answers: dict[str, list[int]], wait: float) -> None:
        """The server said that this sheet is stored."""
        with self._lock:
            if revision >= self.acknowledged.get(code, (0, {}))[0]:
                self.acknowledged[code] = (revision, dict(answers))
            self.waits.append(wait)

    def failed(self, status: int) -> None:
        """A request was not answered (0) or answered with this status."""
        with self._lock:
            self.refused[status] = self.refused.get(status, 0) + 1

    def wonder(self, what: str) -> None:
        """Something that must not happen."""
        with self._lock:
            self.strange.append(what)

    def lost(self, app: Flask) -> list[str]:
        """Acknowledged sheets that the database does not have, or has in an older state."""
        with app.app_context():
            rows = db.session.execute(select(Attempt.code, Attempt.revision, Attempt.answers)).all()
            db.session.remove()
        stored = {code: (revision, answers) for code, revision, answers in rows}
        return [
            code
            for code, (revision, answers) in self.acknowledged.items()
            if code not in stored
            or stored[code][0] < revision
            or (stored[code][0] == revision and stored[code][1] != answers)
        ]

    def worst(self) -> float:
        """The longest wait for an acknowledgement, in seconds."""
        return max(self.waits, default=0.0)

    def share(self, part: float) -> float:
        """The wait that this part of all saves did not exceed, in seconds."""
        ordered = sorted(self.waits)
        return ordered[min(len(ordered) - 1, int(part * len(ordered)))] if ordered else 0.0

    def figures(self, lost: list[str]) -> str:
        """The counts in words."""
        refused = ", ".join(f"{count} x {status or 'cut'}" for status, count in sorted(self.refused.items()))
        strange = f", strange: {sorted(set(self.strange))[:3]}" if self.strange else ""
        return (
            f"{len(self.waits)} saves, lost {len(lost)}, retried: {refused or 'none'}, "
            f"worst wait {self.worst():.1f} s{strange}"
        )
