"""The chain of the log: every event carries a hash of itself and of the one before it. Pure.

Whoever changes, removes or moves a line has to change every later hash as well, and then the last one differs
from what was written down or exported before.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

DEPLOYMENT = 0  # the chain of what belongs to no contest; a contest's chain has the contest's number
BEGINNING = "0" * 64
_FIELDS = (
    *("chain", "sequence", "id", "at", "actor_kind", "actor_id", "actor_name"),
    *("action", "contest_id", "subject", "detail", "before"),
)


@dataclass(frozen=True, slots=True)
class Link:
    """Where an event stands: its chain, its place from 1, the hash before it, and its own."""

    chain: int
    sequence: int
    before: str
    hash: str


def chain_of(contest_id: int | None) -> int:
    """The chain that an event belongs to."""
    return DEPLOYMENT if contest_id is None else contest_id


def record_of(event: Mapping[str, Any]) -> dict[str, Any]:
    """An event as it is hashed and exported. Large numbers are text: other readers of JSON round them."""
    values = {name: event[name] for name in _FIELDS}
    at: datetime = values["at"]
    values["at"] = at.astimezone(UTC).isoformat(timespec="microseconds")
    for name in ("id", "actor_id"):
        values[name] = None if values[name] is None else str(values[name])
    return values


def hash_of(record: Mapping[str, Any]) -> str:
    """SHA-256 of a record's fields as compact JSON with sorted names; other fields do not count."""
    text = json.dumps(
        {name: record[name] for name in _FIELDS}, ensure_ascii=False, sort_keys=True, separators=(",", ":")
    )
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def next_link(chain: int, length: int, last: str, event: Mapping[str, Any]) -> Link:
    """The link of the event that comes after `length` others, of which the last has the hash `last`."""
    place = {"chain": chain, "sequence": length + 1, "before": last}
    return Link(chain, length + 1, last, hash_of(record_of({**event, **place})))
