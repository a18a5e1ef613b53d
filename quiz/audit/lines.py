"""The log as a file: one event a line as JSON, and a last line that says where every chain ends. Pure.

The file can be checked anywhere, with this module and nothing else, by `verify`.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from quiz.audit.chain import BEGINNING, hash_of

Sign = Callable[[str], str]
_FORM = "timhieu-log-1"
_MOST_FINDINGS = 100


class Fault(StrEnum):
    """What can be wrong with a file."""

    UNREADABLE = "unreadable"  # not a line of such a file
    CHANGED = "changed"  # the line is not what its hash was made from
    UNLINKED = "unlinked"  # the line before it is not the one that it was written after
    MISSING = "missing"  # lines between this one and the one before it
    MOVED = "moved"  # the line comes too late
    REPEATED = "repeated"
    CUT = "cut"  # the file ends before its last line
    END_MISSING = "end_missing"  # a chain goes on beyond its last line here
    NOT_LISTED = "not_listed"  # the last line knows fewer events of a chain
    OTHER_END = "other_end"  # the last event is not the one that the last line names
    AFTER_END = "after_end"  # something stands after the last line
    SEAL_BROKEN = "seal_broken"  # the last line was not written by the installation
    HISTORY_CHANGED = "history_changed"  # an earlier file says otherwise


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault: the line of the file, the chain and the place in it, as far as they are known."""

    fault: Fault
    line: int
    chain: int | None = None
    sequence: int | None = None


@dataclass(frozen=True, slots=True)
class End:
    """Where a chain ends."""

    length: int
    hash: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a check found. `is_sealed` is None where the seal could not be checked."""

    events: int
    ends: Mapping[int, End]
    findings: tuple[Finding, ...]
    is_sealed: bool | None


def write(
    records: Iterable[Mapping[str, Any]], ends: Mapping[int, End], sign: Sign, key: str
) -> Iterator[str]:
    """The lines of the file. `key` names the key behind `sign`, so that another installation knows."""
    for record in records:
        yield _dump(record)
    last: dict[str, Any] = {
        "form": _FORM,
        "ends": {str(chain): {"length": end.length, "hash": end.hash} for chain, end in sorted(ends.items())},
        "key": key,
    }
    yield _dump({**last, "seal": sign(_dump(last))})


def verify(lines: Iterable[str], sign: Sign | None = None, key: str = "") -> Verdict:
    """Whether nothing was changed, left out, moved or cut off."""
    check = _Check(sign, key)
    for number, line in enumerate(lines, start=1):
        check.take(number, line)
    return check.verdict()


def compare(verdict: Verdict, later: Iterable[str]) -> tuple[Finding, ...]:
    """Whether the chains of a file that was verified earlier go on in a later file as they were."""
    left = dict(verdict.ends)
    found = []
    for number, line in enumerate(later, start=1):
        record = _load(line)
        end = left.get(record.get("chain", -1)) if record else None
        if record and end is not None and record.get("sequence") == end.length:
            chain = record["chain"]
            del left[chain]
            if record.get("hash") != end.hash:
                found.append(Finding(Fault.HISTORY_CHANGED, number, chain, end.length))
    found += [Finding(Fault.HISTORY_CHANGED, 0, chain, end.length) for chain, end in left.items()]
    return tuple(found)


class _Check:
    """Reads the lines one by one, so that a file of any size can be checked."""

    def __init__(self, sign: Sign | None, key: str) -> None:
        self._sign, self._key = sign, key
        self._ends: dict[int, End] = {}
        self._findings: list[Finding] = []
        self._events = self._lines = 0
        self._is_closed = False
        self._is_sealed: bool | None = None

    def take(self, number: int, line: str) -> None:
        """The next line of the file."""
        self._lines = number
        if not line.strip():
            return
        record = _load(line)
        if self._is_closed:
            self._find(Fault.AFTER_END, record or {})
        elif record is None:
            self._find(Fault.UNREADABLE, {})
        elif "ends" in record:
            self._close(record)
        else:
            self._event(record)

    def verdict(self) -> Verdict:
        """What was found in all lines."""
        if not self._is_closed:
            self._find(Fault.CUT, {})
        return Verdict(self._events, self._ends, tuple(self._findings), self._is_sealed)

    def _find(self, fault: Fault, record: Mapping[str, Any]) -> None:
        if len(self._findings) < _MOST_FINDINGS:
            chain, sequence = record.get("chain"), record.get("sequence")
            self._findings.append(Finding(fault, self._lines, chain, sequence))

    def _event(self, record: dict[str, Any]) -> None:
        try:
            made = hash_of(record)
            chain, sequence = int(record["chain"]), int(record["sequence"])
        except (KeyError, TypeError, ValueError):
            self._find(Fault.UNREADABLE, record)
            return
        self._events += 1
        end = self._ends.get(chain, End(0, BEGINNING))
        if sequence <= end.length:
            self._find(Fault.REPEATED if sequence == end.length else Fault.MOVED, record)
            return
        if sequence > end.length + 1:
            self._find(Fault.MISSING, record)
        elif record["before"] != end.hash:
            self._find(Fault.UNLINKED, record)
        if made != record.get("hash"):
            self._find(Fault.CHANGED, record)
        self._ends[chain] = End(sequence, str(record.get("hash")))

    def _close(self, record: dict[str, Any]) -> None:
        self._is_closed = True
        seal = record.pop("seal", None)
        if self._sign is not None and record.get("key") == self._key:
            self._is_sealed = seal == self._sign(_dump(record))
            if not self._is_sealed:
                self._find(Fault.SEAL_BROKEN, {})
        try:
            listed = {
                int(chain): End(int(end["length"]), str(end["hash"])) for chain, end in record["ends"].items()
            }
        except (AttributeError, KeyError, TypeError, ValueError):
            self._find(Fault.UNREADABLE, {})
            return
        for chain in sorted({*listed, *self._ends}):
            here, there = self._ends.get(chain, End(0, BEGINNING)), listed.get(chain, End(0, BEGINNING))
            if here != there:
                shorter = Fault.END_MISSING if here.length < there.length else Fault.NOT_LISTED
                fault = Fault.OTHER_END if here.length == there.length else shorter
                self._find(fault, {"chain": chain, "sequence": here.length})


def _dump(record: Mapping[str, Any]) -> str:
    return json.dumps(record, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _load(line: str) -> dict[str, Any] | None:
    try:
        record = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return record if isinstance(record, dict) else None
