"""Finding the same question twice without comparing every pair.

Wording alone gives false alarms ("Đại hội II họp ở đâu?", "Đại hội III họp ở đâu?"), so a duplicate is:
the same set of choices, the same key and at least 40 % shared words; or the same wording and the same key.
Numbers are no words like others: "Chủ tịch Đảng tại Đại hội II" and "… III" may well be the same person.
The same wording whose keys contradict each other is a conflict: `same_key` is false.

Questions are only compared inside a block (equal choices and key, or equal wording); in a large block
only those that share a rare word or pair of words. Each question is reported against its first twin and
its nearest relatives, never against all of them: a thousand copies give a thousand lines, not a million.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from question_bank.answer_keys import is_true
from question_bank.fingerprints import choice_keys, picture_keys
from question_bank.folding import loose_words
from question_bank.source import silent
from question_bank.values import Likeness, Question

SHARED_WORDS = 0.4
# One question has a number that the other does not mention.
SHARED_WORDS_BESIDE_A_NUMBER = 0.7
# Right/wrong statements have no choices to tell them apart; their words have to do it alone.
SHARED_WORDS_OF_STATEMENTS = 0.85

_DIGITS = re.compile(r"\d+")
_ROMAN = re.compile(r"x{0,3}(?:i[xv]|v?i{1,3}|v|x)|x{1,3}")

_ALL_PAIRS_UP_TO = 48
_RARE_TOKENS = 8
_COMMON = 64
_RELATIVES = 5
_STEP = 500


@dataclass(frozen=True, slots=True)
class _Entry:
    """One question, taken apart for comparing. `position` orders the bank before the new ones."""

    position: int
    number: str
    wording: tuple[str, ...]
    words: frozenset[str]
    numerals: frozenset[str]
    choices: frozenset[str]
    key: frozenset[str]
    is_statement: bool
    is_new: bool


def find_duplicates(
    questions: Sequence[Question],
    against: Iterable[Question] = (),
    progress: Callable[[int, int], None] = silent,
) -> tuple[Likeness, ...]:
    """Pairs within `questions`, and between them and `against` (the bank); the later one is `b`.

    Pairs inside `against` are not looked for. The order is that of `b` in the file.
    """
    bank = list(against)
    entries = [
        _entry(place, question, place >= len(bank)) for place, question in enumerate([*bank, *questions])
    ]
    by_substance, by_wording = _blocks(entries)
    total = len(by_substance) + len(by_wording)
    found: dict[tuple[int, int], Likeness] = {}
    for done, block in enumerate(by_substance):
        _compare_same_substance(block, found)
        if done % _STEP == 0:
            progress(done, total)
    for done, block in enumerate(by_wording, start=len(by_substance)):
        _compare_same_wording(block, found)
        if done % _STEP == 0:
            progress(done, total)
    progress(total, total)
    return tuple(found[pair] for pair in sorted(found, key=lambda pair: (pair[1], pair[0])))


def shared_words(a: frozenset[str], b: frozenset[str]) -> float:
    """Words in both, as a share of the words in either."""
    either = len(a | b)
    return len(a & b) / either if either else 1.0


def _entry(position: int, question: Question, is_new: bool) -> _Entry:
    words = tuple(loose_words(question.text)) or (question.text.strip(),)
    wording = words + picture_keys(question)
    choices = choice_keys(question)
    truths = [is_true(choice.text) for choice in question.choices]
    return _Entry(
        position=position,
        number=question.number,
        wording=wording,
        words=frozenset(wording),
        numerals=frozenset(number for word in words for number in _numerals(word)),
        choices=frozenset(choices),
        key=frozenset(choices[index] for index in question.correct),
        is_statement=len(truths) == 2 and None not in truths,
        is_new=is_new,
    )


def _blocks(entries: Sequence[_Entry]) -> tuple[list[list[_Entry]], list[list[_Entry]]]:
    by_substance: dict[tuple[frozenset[str], frozenset[str]], list[_Entry]] = defaultdict(list)
    by_wording: dict[tuple[str, ...], list[_Entry]] = defaultdict(list)
    for entry in entries:
        by_substance[entry.choices, entry.key].append(entry)
        by_wording[entry.wording].append(entry)
    return _worth_comparing(by_substance.values()), _worth_comparing(by_wording.values())


def _worth_comparing(blocks: Iterable[list[_Entry]]) -> list[list[_Entry]]:
    return [block for block in blocks if len(block) > 1 and any(entry.is_new for entry in block)]


def _compare_same_substance(block: Sequence[_Entry], found: dict[tuple[int, int], Likeness]) -> None:
    """Report each entry against its first twin, or else against its nearest relatives."""
    first_of: dict[tuple[str, ...], _Entry] = {}
    different: list[_Entry] = []
    for entry in block:
        twin = first_of.setdefault(entry.wording, entry)
        if twin is entry:
            different.append(entry)
        elif entry.is_new:
            found[twin.position, entry.position] = Likeness(twin.number, entry.number, 1.0, same_key=True)
    for entry, earlier in _candidates(different):
        if not entry.is_new:
            continue
        verdicts = [(_same_substance(other, entry), other) for other in earlier]
        close = [(verdict, other) for verdict, other in verdicts if verdict is not None]
        close.sort(key=lambda pair: (-pair[0].likeness, pair[1].position))
        for verdict, other in close[:_RELATIVES]:
            found.setdefault((other.position, entry.position), verdict)


def _same_substance(a: _Entry, b: _Entry) -> Likeness | None:
    """Equal choices and key: enough shared words make it the same question."""
    likeness = shared_words(a.words, b.words)
    wanted = SHARED_WORDS_OF_STATEMENTS if a.is_statement else SHARED_WORDS
    if a.numerals != b.numerals:
        if a.is_statement or not (a.numerals <= b.numerals or b.numerals <= a.numerals):
            return None
        wanted = SHARED_WORDS_BESIDE_A_NUMBER
    # Words may be equal in another order; only equal wordings are 1.
    figure = min(round(likeness, 2), 0.99)
    return Likeness(a.number, b.number, figure, same_key=True) if likeness >= wanted else None


def _numerals(word: str) -> list[str]:
    """Numbers in digits (`3/2/1930` are three) and in Roman letters."""
    return [word] if _ROMAN.fullmatch(word) else _DIGITS.findall(word)


def _compare_same_wording(block: Sequence[_Entry], found: dict[tuple[int, int], Likeness]) -> None:
    """Equal wording: the same key again, or keys that contradict each other."""
    offering: dict[str | frozenset[str], list[_Entry]] = defaultdict(list)
    seen: set[tuple[frozenset[str], frozenset[str]]] = set()
    for entry in block:
        if (entry.choices, entry.key) in seen:
            continue  # reported as the twin of the first
        seen.add((entry.choices, entry.key))
        # Equal choices have a list of their own: such a conflict must not be lost in a crowd.
        handles: tuple[str | frozenset[str], ...] = (entry.choices, *sorted(entry.choices))
        if entry.is_new:
            others = {other.position: other for handle in handles for other in offering[handle]}
            _report_nearest(entry, others.values(), found)
        for handle in handles:
            if len(offering[handle]) < _COMMON:
                offering[handle].append(entry)


def _report_nearest(entry: _Entry, others: Iterable[_Entry], found: dict[tuple[int, int], Likeness]) -> None:
    """Conflicts first, then the nearest."""
    judged = ((_same_wording(other, entry), other.position) for other in others)
    pairs = [(verdict, position) for verdict, position in judged if verdict is not None]
    pairs.sort(key=lambda pair: (pair[0].same_key, -pair[0].likeness, pair[1]))
    for verdict, position in pairs[:_RELATIVES]:
        found.setdefault((position, entry.position), verdict)


def _same_wording(a: _Entry, b: _Entry) -> Likeness | None:
    """Other choices with another key are another question; a key that the other calls wrong is a conflict."""
    overlap = shared_words(a.choices, b.choices)
    likeness = round((1 + overlap) / 2, 2)
    if a.key == b.key:
        return Likeness(a.number, b.number, likeness, same_key=True)
    contradicts = bool((a.key - b.key) & b.choices or (b.key - a.key) & a.choices)
    return Likeness(a.number, b.number, likeness, same_key=False) if contradicts else None


def _candidates(entries: Sequence[_Entry]) -> Iterable[tuple[_Entry, Sequence[_Entry]]]:
    """Each entry with the earlier ones worth comparing."""
    if len(entries) <= _ALL_PAIRS_UP_TO:
        for place, entry in enumerate(entries):
            yield entry, entries[:place]
        return
    tokens = [_tokens(entry) for entry in entries]
    frequency: dict[str, int] = defaultdict(int)
    for one in tokens:
        for token in one:
            frequency[token] += 1
    having: dict[str, list[int]] = defaultdict(list)
    for place, entry in enumerate(entries):
        rare = sorted(tokens[place], key=lambda token: (frequency[token], token))[:_RARE_TOKENS]
        near = {other for token in rare for other in having[token]}
        yield entry, [entries[other] for other in sorted(near)]
        for token in rare:
            if len(having[token]) < _COMMON:
                having[token].append(place)


def _tokens(entry: _Entry) -> frozenset[str]:
    """Words and neighbouring pairs of words."""
    pairs = (f"{first} {second}" for first, second in zip(entry.wording, entry.wording[1:], strict=False))
    return entry.words | frozenset(pairs)


def group(numbers: Iterable[str], pairs: Iterable[Likeness]) -> dict[str, int]:
    """A group number for each question that has relatives, so that one paper takes only one of them."""
    leader = {number: number for number in numbers}

    def find(number: str) -> str:
        while leader[number] != number:
            leader[number] = leader[leader[number]]
            number = leader[number]
        return number

    for pair in pairs:
        if pair.a in leader and pair.b in leader:
            leader[find(pair.b)] = find(pair.a)
    members: dict[str, list[str]] = defaultdict(list)
    for number in leader:
        members[find(number)].append(number)
    related = [names for names in members.values() if len(names) > 1]
    return {number: place for place, names in enumerate(related) for number in names}
