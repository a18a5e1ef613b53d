"""A log as a file: whatever is done to a line is found and named."""

import hashlib
import hmac
import json
from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from quiz.audit.chain import BEGINNING, Link, hash_of, next_link, record_of
from quiz.audit.lines import End, Fault, Verdict, compare, verify, write

KEY = "a1b2c3d4"
Lines = list[str]


def sign(text: str) -> str:
    return hmac.new(b"key of the tests", text.encode(), hashlib.sha256).hexdigest()


def make_log(lengths: dict[int, int], subject: str = "vòng %s") -> Lines:
    """Chains of these lengths as a file."""
    records, ends = [], {}
    for chain, length in lengths.items():
        last = BEGINNING
        for n in range(length):
            event = {
                "id": 2**53 + n,
                "at": datetime(2026, 11, 22, 3, n, tzinfo=UTC),
                "actor_kind": "staff",
                "actor_id": 7,
                "actor_name": "Nguyễn Thị Minh Hà",
                "action": "round_opened",
                "contest_id": chain or None,
                "subject": subject % n,
                "detail": {"changed": ["title"], "rate": 0.1, "words": "“Đã mở”\u2028"},
            }
            link: Link = next_link(chain, n, last, event)
            place = {"chain": link.chain, "sequence": link.sequence, "before": link.before}
            records.append({**record_of({**event, **place}), "hash": link.hash})
            last = link.hash
        ends[chain] = End(length, last)
    return list(write(records, ends, sign, KEY))


def check(lines: Lines) -> Verdict:
    return verify(lines, sign, KEY)


def faults(lines: Lines) -> list[tuple[Fault, int, int | None]]:
    return [(one.fault, one.line, one.sequence) for one in check(lines).findings]


def edited(line: str, **changes: object) -> str:
    return json.dumps(json.loads(line) | changes, ensure_ascii=False)


def with_new_hash(line: str, **changes: object) -> str:
    record = json.loads(line) | changes
    return json.dumps(record | {"hash": hash_of(record)}, ensure_ascii=False)


def test_a_whole_file() -> None:
    verdict = check(make_log({0: 3, 7: 4}))
    assert verdict.findings == ()
    assert verdict.is_sealed
    assert (verdict.events, verdict.ends[7].length) == (7, 4)
    assert check(make_log({})).findings == ()


@pytest.mark.parametrize(
    "damage, found",
    [
        (lambda x: [*x[:1], edited(x[1], subject="vòng 9"), *x[2:]], [(Fault.CHANGED, 2, 2)]),
        (lambda x: [*x[:1], edited(x[1], at="2020-01-01"), *x[2:]], [(Fault.CHANGED, 2, 2)]),
        (lambda x: [*x[:1], edited(x[1], detail={}), *x[2:]], [(Fault.CHANGED, 2, 2)]),
        (lambda x: [*x[:1], with_new_hash(x[1], subject="vòng 9"), *x[2:]], [(Fault.UNLINKED, 3, 3)]),
        (lambda x: [*x[:3], with_new_hash(x[3], subject="vòng 9"), x[4]], [(Fault.OTHER_END, 5, 4)]),
        (lambda x: [x[0], *x[2:]], [(Fault.MISSING, 2, 3)]),
        (lambda x: x[1:], [(Fault.MISSING, 1, 2)]),
        (lambda x: [*x[:3], x[4]], [(Fault.END_MISSING, 4, 3)]),
        (lambda x: [x[0], x[2], x[1], *x[3:]], [(Fault.MISSING, 2, 3), (Fault.MOVED, 3, 2)]),
        (lambda x: [x[0], x[0], *x[1:]], [(Fault.REPEATED, 2, 1)]),
        (lambda x: x[:4], [(Fault.CUT, 4, None)]),
        (lambda x: x[:2], [(Fault.CUT, 2, None)]),
        (lambda _: [], [(Fault.CUT, 0, None)]),
        (lambda x: [*x, x[3]], [(Fault.AFTER_END, 6, 4)]),
        (lambda x: [x[0][:40], *x[1:]], [(Fault.UNREADABLE, 1, None), (Fault.MISSING, 2, 2)]),
        (lambda x: ["[]", *x], [(Fault.UNREADABLE, 1, None)]),
        (lambda x: [edited(x[0], sequence="một"), *x[1:]], [(Fault.UNREADABLE, 1, None)]),
        (lambda x: [*x[:4], edited(x[4], ends={})], [(Fault.SEAL_BROKEN, 5, None), (Fault.NOT_LISTED, 5, 4)]),
    ],
)
def test_what_is_done_to_a_line_is_named(
    damage: Callable[[Lines], Lines], found: list[tuple[Fault, int, int | None]]
) -> None:
    told = [
        (fault, line, place if isinstance(place, int) else None)
        for fault, line, place in faults(damage(make_log({7: 4})))
    ]
    assert told[: len(found)] == found


def test_a_chain_that_is_gone_is_missed() -> None:
    lines = make_log({0: 2, 7: 3})
    assert faults([*lines[:2], lines[-1]]) == [(Fault.END_MISSING, 3, 0)]


def test_a_file_made_anew_lacks_the_seal() -> None:
    """Whoever has no key can compute every hash anew, but not the seal."""
    other = list(write([], {}, lambda text: hashlib.sha256(text.encode()).hexdigest(), KEY))
    assert faults(other) == [(Fault.SEAL_BROKEN, 1, None)]


def test_the_seal_of_another_installation_is_left_unchecked() -> None:
    verdict = verify(make_log({7: 2}), sign, "00000000")
    assert (verdict.findings, verdict.is_sealed) == ((), None)
    assert verify(make_log({7: 2})).is_sealed is None


def test_history_written_anew_differs_from_the_earlier_file() -> None:
    """The whole chain computed anew, as someone with the database and the key could: an older file tells."""
    earlier = check(make_log({7: 3}))
    assert compare(earlier, make_log({7: 5})) == ()
    [found] = compare(earlier, make_log({7: 5}, subject="đợt %s"))
    assert (found.fault, found.line, found.chain, found.sequence) == (Fault.HISTORY_CHANGED, 3, 7, 3)
    [gone] = compare(earlier, make_log({7: 2}))
    assert (gone.fault, gone.sequence) == (Fault.HISTORY_CHANGED, 3)
